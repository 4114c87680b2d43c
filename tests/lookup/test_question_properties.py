"""What must hold of every question: in whatever order it is typed, and of whomever."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Address, Facts, Match, Question
from cautionary_plugin.lookup.index import Index
from tests.lookup.registers import addresses, days, entries, names, people, premises, registers

unkind = settings(max_examples=100, deadline=None)


def _shown(found: list[Match]) -> list[tuple[object, str, float]]:
    return [(one.key, one.strength, one.score) for one in found if one.strength != "unlikely"]


def _of(entry: Facts) -> Question:
    """All that an entry says, typed as it is recorded."""
    address = entry.addresses[0] if entry.addresses else Address()
    return Question(
        name=next(iter(entry.names), ""),
        alias=" ".join(entry.names[1:]),
        born_on=entry.born_on or str(entry.approximate_birth_year or ""),
        address=", ".join(address.lines),
        postcode=address.postcode,
        phone=next(iter(entry.phones), ""),
        email=next(iter(entry.emails), ""),
    )


@unkind
@given(registers, names, names, st.randoms())
def test_the_order_of_words_does_not_matter_in_the_one_box(
    register: list[Facts], name: str, alias: str, chance: random.Random
) -> None:
    words = f"{name} {alias}".split()
    chance.shuffle(words)
    index = Index(enumerate(register))
    assert index.search(Question(anything=" ".join(words))) == index.search(
        Question(anything=f"{name} {alias}")
    )


@unkind
@given(registers, names, days, addresses, st.randoms())
def test_the_order_of_facts_does_not_matter_in_the_one_box(
    register: list[Facts], name: str, day: object, address: Address, chance: random.Random
) -> None:
    facts = [name, f"{day:%d/%m/%Y}", ", ".join(address.lines), address.postcode, "07700 900123"]
    asked = Question(anything=", ".join(facts))
    chance.shuffle(facts)
    index = Index(enumerate(register))
    assert _shown(index.search(Question(anything=", ".join(facts)))) == _shown(index.search(asked))


@unkind
@given(st.lists(entries, min_size=1, max_size=30), st.data())
def test_a_question_equal_to_an_entry_finds_it(register: list[Facts], data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(register))
    found = Index(enumerate(register)).search(_of(asked), limit=len(register))
    assert asked in [register[match.key] for match in found if match.strength != "unlikely"]


@unkind
@given(registers, people | premises, st.data())
def test_one_fact_equal_to_that_of_an_entry_is_never_silent(
    register: list[Facts], asked: Facts, data: st.DataObject
) -> None:
    """A name, a house, a phone number by itself: shown, or "several may be meant"."""
    whole = _of(asked)
    facts = [
        Question(name=whole.name),
        Question(address=whole.address, postcode=whole.postcode),
        Question(address=whole.address),
        Question(phone=whole.phone),
        Question(email=whole.email),
    ]
    question = data.draw(st.sampled_from([one for one in facts if not one.is_empty()]))
    found = Index([*enumerate(register), ("asked", asked)]).search(question, limit=20)
    assert "asked" in [match.key for match in found if match.strength != "unlikely"]


@unkind
@given(registers, entries, entries, st.integers(1, 4))
def test_a_new_entry_hides_nobody_who_scores_higher(
    register: list[Facts], asked: Facts, newcomer: Facts, limit: int
) -> None:
    question = _of(asked)
    index = Index(enumerate([*register, asked]))
    before = index.search(question, limit=limit)
    index.add("new", newcomer)
    after = index.search(question, limit=limit)
    scores = {match.key: match.score for match in after}
    now = {match.key: match.score for match in index.search(question, limit=20)}
    gone = [match.key for match in before if match.key not in scores]
    assert all(now[key] <= min(scores.values()) for key in gone)


@pytest.mark.parametrize("alike", [60, 190])
def test_all_of_one_name_are_found_up_to_the_number_that_is_weighed(alike: int) -> None:
    crowd = [(number, Facts(names=("William Smith",))) for number in range(alike)]
    found = Index(crowd).search(Question(name="William Smith"), limit=alike)
    assert {match.key for match in found} == set(range(alike))


@pytest.mark.parametrize("fact", ["born_on", "address", "phone"])
@pytest.mark.parametrize("place", [0, 6_000])
def test_one_of_thousands_of_one_name_is_found_by_a_second_fact(fact: str, place: int) -> None:
    """Whether it came first or last; a name alone then gives a few, in no true order."""
    register: list[tuple[object, Facts]] = [
        (
            number,
            Facts(
                names=("William Smith",),
                born_on=date(1930, 1, 1) + timedelta(days=number * 7 % 25_000),
                addresses=(Address((f"{number % 400 + 1} Mill Road",), "SG12 0AB"),),
            ),
        )
        for number in range(6_000)
    ]
    one = Facts(
        names=("William Smith",),
        born_on=date(1999, 12, 31),
        addresses=(Address(("14 Mill Road",), "SG12 9ZZ"),),
        phones=("07700 900123",),
    )
    register.insert(place, ("asked", one))
    typed = {"name": "William Smith", fact: getattr(_of(one), fact)}
    postcode = {"postcode": "SG12 9ZZ"} if fact == "address" else {}
    assert Index(register).search(Question(**typed, **postcode))[0].key == "asked"
