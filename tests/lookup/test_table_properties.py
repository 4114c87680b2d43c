"""What must hold of the tables of the index, whatever was put in and taken out before (L7)."""

import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index
from tests.lookup.registers import entries, registers
from tests.lookup.tables import contents

unkind = settings(max_examples=100, deadline=None)
texts = st.text(max_size=40) | st.text("0123456789/.- abcO\0\u202e\u200b@+", max_size=60)
odd = st.builds(
    lambda names, lines, postcode, number: Facts(
        names=tuple(names),
        addresses=(Address(tuple(lines), postcode, number),),
        phones=(number,),
        emails=(postcode,),
        identifiers=(number, *names),
    ),
    st.lists(texts, max_size=3),
    st.lists(texts, max_size=3),
    texts,
    texts,
)
somewhere = st.builds(
    lambda facts, group: replace(facts, group=group), entries | odd, st.sampled_from((None, 1, 2))
)
changes = st.lists(st.tuples(st.integers(0, 5), somewhere | st.none()), max_size=25)


@unkind
@given(registers, st.lists(somewhere, max_size=8))
@pytest.mark.clause("L7")
def test_what_was_removed_was_never_there(kept: list[Facts], gone: list[Facts]) -> None:
    index = Index(enumerate(kept))
    for number, one in enumerate(gone):
        index.add(("gone", number), one)
    for number in range(len(gone)):
        index.remove(("gone", number))
    assert contents(index) == contents(Index(enumerate(kept)))


@unkind
@given(changes, st.integers(1, 5))
def test_an_index_kept_up_to_date_is_as_one_filled_anew(
    history: list[tuple[int, Facts | None]], batch: int
) -> None:
    """Entries come, change and go, some of them in one update; a key comes back as another."""
    index, now = Index(), dict[int, Facts]()
    for start in range(0, len(history), batch):
        latest = dict(history[start : start + batch])
        changed = [(key, facts) for key, facts in latest.items() if facts is not None]
        removed = [key for key, facts in latest.items() if facts is None]
        index.update(changed, removed)
        now |= dict(changed)
        for key in removed:
            now.pop(key, None)
    assert contents(index) == contents(Index(now.items()))


@unkind
@given(changes, entries)
def test_an_index_kept_up_to_date_answers_as_one_filled_anew(
    history: list[tuple[int, Facts | None]], asked: Facts
) -> None:
    index, now = Index(), dict[int, Facts]()
    for key, facts in history:
        now.pop(key, None)
        if facts is None:
            index.remove(key)
        else:
            index.add(key, facts)
            now[key] = facts
    where = asked.addresses[0].lines if asked.addresses else ()
    question = Question(anything=" ".join((*asked.names, *where)))
    assert index.search(question) == Index(now.items()).search(question)


def _work(act: Any, *given: Any, **named: Any) -> int:
    """How many functions are called, ours and Python's own: as good as a clock, and always true."""
    calls = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act(*given, **named)
    finally:
        sys.setprofile(before)
    return calls


SMITHS = [
    (
        number,
        Facts(
            names=(f"William {chr(97 + number % 26) * 3}smith",),
            addresses=(Address((f"{number} Mill Road", "Wareley"), "SG12 0AB"),),
        ),
    )
    for number in range(300)
]
FILLINGS = (
    "a",
    "smith ",
    "1",
    "1/",
    "\u202eé",
    "SG1",
    "a@",
    "0 ",
    "mill road ",
    "(+44) ",
    "x" * 30,
)
MOST = 20_000  # calls of one question


@pytest.fixture(scope="module")
def smiths() -> Index:
    return Index(SMITHS)


@pytest.mark.parametrize("box", Question.__slots__)
@pytest.mark.parametrize("filling", FILLINGS)
def test_fifty_kilobytes_are_no_more_work_than_two(smiths: Index, box: str, filling: str) -> None:
    two, fifty = (Question(**{box: (filling * 50_000)[:length]}) for length in (2_000, 50_000))
    smiths.search(fifty)  # what is remembered from question to question is remembered by now
    smiths.search(two)
    work = _work(smiths.search, fifty)
    assert work <= _work(smiths.search, two) + 10
    assert work < MOST


@pytest.mark.parametrize("filling", FILLINGS)
def test_an_entry_of_fifty_kilobytes_is_no_more_work_than_one_of_two(filling: str) -> None:
    def entry(length: int) -> Facts:
        text = (filling * 50_000)[:length]
        where = Address((text,), text, text)
        return Facts(names=(text,), addresses=(where,), phones=(text,), emails=(text,))

    index = Index()
    index.add(1, entry(50_000))
    index.add(2, entry(2_000))
    assert _work(index.add, 1, entry(50_000)) <= _work(index.add, 2, entry(2_000)) * 1.1 + 10
