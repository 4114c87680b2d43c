"""The index of each process follows the database, and says so when it cannot (L4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.lookup import register as lookup_register
from cautionary_plugin.lookup.facts import Match, Question
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.register import bring_up_to_date, forget, search
from cautionary_plugin.models import Entry, LookupState
from cautionary_plugin.rules.errors import LookupOutOfStep
from tests.council import PLANTED, Council, found_council, list_entries, row

ASKED = Question(name=PLANTED, postcode="WX1 9ZZ")
ADA = {"name": "Ada Fenwick", "address": "1 Low Row, Weldham", "postcode": "WX2 1AA"}


def matches(question: Question = ASKED) -> list[Match]:
    return list(search(question, limit=5, visible=set).matches)


@action
def erase(entry: Entry) -> None:
    """As an erasure does it: the row goes, and the number tells every process."""
    entry.case_file.delete()
    advance(added=-1)


def elsewhere(act: Callable[[], Any]) -> Any:
    """Done by another thread, on a connection of its own, as another process would."""

    def run() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.fixture
def council(transactional_db: None) -> Council:
    return found_council()


@pytest.mark.clause("L4")
def test_entry_committed_by_somebody_else_is_found_by_the_next_search(council: Council) -> None:
    before = matches()

    (entry,) = elsewhere(lambda: list_entries(council))

    assert before == []
    assert [match.key for match in matches()] == [entry.pk]


def test_entry_of_a_transaction_that_was_rolled_back_is_not_found(council: Council) -> None:
    def roll_back() -> None:
        with transaction.atomic():
            list_entries(council)
            matches()
            transaction.set_rollback(True)

    roll_back()

    assert matches() == []


@pytest.mark.clause("L7")
def test_entry_erased_by_somebody_else_is_found_no_more(council: Council) -> None:
    kept, erased = list_entries(council, row(**ADA), row())
    assert [match.key for match in matches()] == [erased.pk]

    elsewhere(lambda: erase(erased))

    assert matches() == []
    assert bring_up_to_date().keys() == {kept.pk}


def test_entry_erased_while_another_is_made_leaves_no_trace(council: Council) -> None:
    (erased,) = list_entries(council)
    matches()

    def exchange() -> Entry:
        erase(erased)
        return list_entries(council, row(**ADA))[0]

    made = elsewhere(exchange)

    assert matches() == []
    assert bring_up_to_date().keys() == {made.pk}


def test_nothing_is_opened_while_nothing_changes(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_entries(council)
    matches()

    def fail(*_args: Any) -> Any:
        raise AssertionError("opened again")

    monkeypatch.setattr(lookup_register, "open_rows", fail)

    assert len(matches()) == 1


def test_only_what_is_new_is_opened(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    list_entries(council)
    matches()
    list_entries(council, row(**ADA))
    opened: list[Any] = []
    real = lookup_register.facts_of_person
    monkeypatch.setattr(
        lookup_register, "facts_of_person", lambda *facts: opened.append(facts) or real(*facts)
    )

    matches()

    assert [identity.names for identity, _born in opened] == [("Ada Fenwick",)]


def test_commit_between_two_reads_is_caught_up_with_and_is_no_fault(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_entries(council)
    real, others = lookup_register.history.snapshot, [lambda: list_entries(council, row(**ADA))]

    def state() -> LookupState:
        read = real()
        if others:
            elsewhere(others.pop())
        return read

    monkeypatch.setattr(lookup_register.history, "snapshot", state)

    assert len(bring_up_to_date()) == 2


def test_index_that_a_search_holds_is_not_emptied_under_it(council: Council) -> None:
    list_entries(council)

    held = bring_up_to_date()
    forget()

    assert len(held) == 1
    assert len(matches()) == 1


@pytest.mark.clause("L4")
def test_rows_past_the_actions_are_a_fault_until_they_are_mended(council: Council) -> None:
    entries = list_entries(council, row(), row(**ADA))
    matches()
    case_file = entries[0].case_file
    Entry.objects.filter(pk=entries[0].pk).delete()

    for _again in range(2):
        with pytest.raises(LookupOutOfStep):
            matches()
    case_file.delete()
    LookupState.objects.update(entries=1)

    assert len(matches(Question(name="Ada Fenwick", postcode="WX2 1AA"))) == 1


def test_number_that_went_back_fills_the_index_anew(council: Council) -> None:
    list_entries(council)
    list_entries(council, row(**ADA))
    matches()
    LookupState.objects.update(number=1)  # a backup of before the second list
    Entry.objects.filter(changed=2).delete()
    LookupState.objects.update(entries=1)

    assert len(bring_up_to_date()) == 1


def test_row_that_does_not_open_leaves_the_number_where_it_was(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_entries(council)

    def fail(*_args: Any) -> Any:
        raise OSError("no")

    with monkeypatch.context() as broken:
        broken.setattr(lookup_register, "facts_of_person", fail)
        with pytest.raises(OSError, match="no"):
            matches()

    assert len(matches()) == 1


class Ranked(Index):
    """An index that gives what it is told, so that the widening can be looked at."""

    def __init__(self, keys: list[int]) -> None:
        super().__init__()
        self.ranked, self.limits = keys, []

    def search(self, question: Question, limit: int = 5, groups: Any = None) -> list[Match]:
        self.limits.append(limit)
        return [Match(key=key, strength="possible", score=0.5) for key in self.ranked[:limit]]


@pytest.mark.parametrize(
    ("visible", "keys", "limits"),
    [
        (range(100), [0, 1], [3]),  # all may be seen: two, and one to tell that there are more
        (range(3, 100), [3, 4], [3, 12]),  # the first three may not
        (range(45, 100), [45, 46], [3, 12, 48]),
        ([], [], [3, 12, 48, 192]),
    ],
)
def test_search_is_widened_past_what_may_not_be_seen(
    visible: Any, keys: list[int], limits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Ranked(list(range(100)))
    monkeypatch.setattr(lookup_register, "bring_up_to_date", lambda: index)

    found = search(ASKED, limit=2, visible=lambda _keys: visible)

    assert ([match.key for match in found.matches], index.limits) == (keys, limits)


def test_many_threads_see_each_commit(council: Council) -> None:
    list_entries(council)

    def look(_turn: int) -> int:
        try:
            return len(matches())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(look, range(12)))

    assert counts == [1] * 12
