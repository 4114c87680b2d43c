"""What must hold of the index for every register and every question."""

import random
import threading
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Address, Facts, Match, Question
from cautionary_plugin.lookup.index import Index
from tests.lookup.tables import contents

GIVEN = "William Bill Mary Maria Mohammed Muhammad Siân Jon John".split()  # noqa: SIM905
FAMILY = "Smith Smyth Khan Kahn O'Brien Fairley Hawtrey Jones".split()  # noqa: SIM905
STREETS = ("Mill Road", "Mill Lane", "High Street", "St Johns Close")

names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))
addresses = st.builds(
    lambda number, street, postcode: Address((f"{number} {street}", "Wareley"), postcode),
    st.integers(1, 20),
    st.sampled_from(STREETS),
    st.sampled_from(("", "SG12 0AB", "SG12 0AD")),
)
facts = st.builds(
    Facts,
    names=st.lists(names, min_size=1, max_size=2, unique=True).map(tuple),
    born_on=st.none() | st.dates(date(1950, 1, 1), date(1955, 12, 31)),
    addresses=st.lists(addresses, max_size=2).map(tuple),
)
registers = st.lists(facts, min_size=1, max_size=8)
questions = st.builds(Question, name=names, born_on=st.sampled_from(("", "3/4/1952", "1953")))
unkind = settings(max_examples=60, deadline=None)


def _index(register: list[Facts]) -> Index:
    return Index(enumerate(register))


def _scores(found: list[Match]) -> dict[Any, float]:
    return {match.key: match.score for match in found}


@unkind
@given(registers, questions, st.randoms())
def test_the_order_of_entries_does_not_matter(
    register: list[Facts], question: Question, chance: random.Random
) -> None:
    shuffled = list(enumerate(register))
    chance.shuffle(shuffled)
    assert Index(shuffled).search(question) == _index(register).search(question)


@unkind
@given(registers, names, st.randoms())
def test_the_order_of_words_does_not_matter(
    register: list[Facts], name: str, chance: random.Random
) -> None:
    words = name.split()
    chance.shuffle(words)
    index = _index(register)
    assert index.search(Question(name=" ".join(words))) == index.search(Question(name=name))


@unkind
@given(registers, st.data())
def test_a_question_equal_to_an_entry_finds_it(register: list[Facts], data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(register))
    address = asked.addresses[0] if asked.addresses else Address()
    question = Question(
        name=asked.names[0],
        born_on=asked.born_on or "",
        address=" ".join(address.lines),
        postcode=address.postcode,
    )
    found = _index(register).search(question, limit=len(register))
    assert any(register[match.key] == asked and match.strength != "unlikely" for match in found)


@unkind
@given(registers, facts, questions, st.integers(1, 3))
def test_a_new_entry_never_hides_one_that_scores_higher(
    register: list[Facts], newcomer: Facts, question: Question, limit: int
) -> None:
    index = _index(register)
    index.add("new", newcomer)
    shown = _scores(index.search(question, limit=limit))
    everyone = _scores(index.search(question, limit=100))
    if "new" in shown:
        higher = {key for key, score in everyone.items() if score > shown["new"]}
        assert higher <= shown.keys()


@unkind
@given(registers, questions)
def test_replacing_an_entry_is_removing_and_adding(
    register: list[Facts], question: Question
) -> None:
    index = Index((number, Facts(names=("Olive Zimmerman",))) for number in range(len(register)))
    index.update(enumerate(register))
    assert index.search(question) == _index(register).search(question)


texts = st.text(max_size=40) | st.text("0123456789/.- abcO\0\u202e\u200b@+", max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(Question.__slots__, texts)))
def test_no_question_raises(boxes: dict[str, str]) -> None:
    index = Index([(1, Facts(names=("William Smith",), born_on=date(1970, 3, 4)))])
    assert all(0 <= match.score <= 1 for match in index.search(Question(**boxes)))


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=3), st.lists(texts, max_size=3), texts, texts)
def test_no_entry_raises(names: list[str], lines: list[str], postcode: str, phone: str) -> None:
    entry = Facts(
        names=tuple(names), addresses=(Address(tuple(lines), postcode, phone),), phones=(phone,)
    )
    index = Index([(1, entry)])
    index.search(Question(anything=" ".join([*names, *lines, postcode])))
    index.remove(1)
    assert contents(index) == contents(Index())


@pytest.mark.parametrize("box", Question.__slots__)
@pytest.mark.parametrize("filling", ["a", "smith ", "1", "1/", "\u202eé", "SG1", "a@", "0 "])
def test_fifty_kilobytes_in_a_box_are_answered(box: str, filling: str) -> None:
    index = Index([(1, Facts(names=("William Smith",)))])
    text = (filling * 50_000)[:50_000]
    assert len(index.search(Question(**{box: text}))) <= 1


@pytest.mark.parametrize("question", [Question(), Question(name=" \t"), Question(anything="\n")])
def test_an_empty_question_finds_nothing(question: Question) -> None:
    assert question.is_empty()
    assert Index([(1, Facts(names=("William Smith",)))]).search(question) == []


def test_a_search_sees_all_of_a_change_or_nothing() -> None:
    """Two entries always change places together; no search may see both or neither."""
    index = Index([("a", Facts(names=("William Smith",)))])
    smith = Facts(names=("William Smith",))
    seen: list[int] = []
    done = threading.Event()

    def swap() -> None:
        for _ in range(300):
            index.update([("b", smith)], removed=["a"])
            index.update([("a", smith)], removed=["b"])
        done.set()

    def look() -> None:
        last = False
        while not last:  # once more after the last change, so that each thread has looked
            last = done.is_set()
            seen.append(len(index.search(Question(name="William Smith"))))

    threads = [threading.Thread(target=swap), *(threading.Thread(target=look) for _ in range(3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) == {1}


def test_an_update_that_fails_changes_nothing() -> None:
    index = Index([("a", Facts(names=("William Smith",)))])

    def changes() -> Any:
        yield "b", Facts(names=("Mary Jones",))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.update(changes(), removed=["a"])
    assert index.keys() == {"a"}


def test_a_rare_name_alone_is_strong_in_a_register_that_can_tell() -> None:
    crowd = [(number, Facts(names=(f"John Smith{'x' * (number % 7)}",))) for number in range(1_200)]
    index = Index([*crowd, ("rare", Facts(names=("Peregrine Thistlewood",)))])
    match = index.search(Question(name="Peregrine Thistlewood"))[0]
    assert (match.key, match.strength) == ("rare", "strong")
    common = index.search(Question(name="John Smith"))
    assert {match.strength for match in common} <= {"possible", "unlikely"}
