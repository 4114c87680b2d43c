"""The search weighs few and finds the same as if it weighed all, however much is shared."""

import pytest
from hypothesis import HealthCheck, given, settings

from cautionary_plugin.lookup import asked, evidence, search
from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.plan import plan
from cautionary_plugin.lookup.weigh import weigh
from tests.lookup.test_index_properties import questions, registers

ENTRIES = 10_000


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(registers, questions)
def test_the_search_finds_whom_weighing_everybody_finds(
    monkeypatch: pytest.MonkeyPatch, register: list[Facts], question: Question
) -> None:
    monkeypatch.setattr(search, "ENOUGH_UNLIKELY", 1)
    [store] = Index(enumerate(register))._stores.among(None)
    terms = plan(asked.read(question), store)
    least = evidence.least_possible(len(store))
    everybody = [round(weigh(terms, record).bits, 6) for record in store.records.values()]
    found = [round(one.bits, 6) for _, one in search.best(terms, store, 2)]
    likeliest = sorted(everybody, reverse=True)[:2]
    assert [bits for bits in found if bits >= least] == [one for one in likeliest if one >= least]


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the records that a search weighs."""
    counted: list[int] = []

    def counting(*given: object) -> object:
        counted.append(1)
        return weigh(*given)

    monkeypatch.setattr(search, "weigh", counting)
    return counted


def _street(number: int) -> Facts:
    name = f"{chr(97 + number % 26) * 4}{chr(97 + number // 26 % 26) * 3}a Smith"
    line = f"{number // 300 + 1} Mill Lane"
    flat = f"Flat {number % 300 + 1}"
    return Facts(names=(name,), addresses=(Address((flat, line, "Wareley"), "SG12 0AB"),))


@pytest.fixture(scope="module")
def street() -> Index:
    """A register in which all are Smiths of one street and one postcode, 300 flats to a block."""
    return Index((number, _street(number)) for number in range(ENTRIES))


@pytest.mark.parametrize(
    "typed",
    [
        "mill lane",
        "smith",
        "smyth mill ln wareley sg12 0ab",
        "1 mill lane SG120AB",
        "flat 7 1 mill lane",
        "j smith 12 mill lane",
    ],
)
def test_a_register_in_one_street_is_searched_by_weighing_few(
    street: Index, weighed: list[int], typed: str
) -> None:
    assert len(street.search(Question(anything=typed))) == 5
    assert 5 <= len(weighed) <= search.MOST_WEIGHED


def test_one_flat_among_thousands_in_one_street_is_found(street: Index) -> None:
    found = street.search(Question(anything="flat 217, 12 mill lane, wareley sg12 0ab"))
    assert found[0].key == 11 * 300 + 216
    assert found[0].score > found[1].score


def test_one_name_among_thousands_of_one_surname_is_found(street: Index) -> None:
    name = _street(4_321).names[0]
    assert 4_321 in {match.key for match in street.search(Question(name=name), limit=20)}
