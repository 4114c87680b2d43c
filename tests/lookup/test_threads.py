"""Threads that check while others list, withdraw, let lapse and erase: none is ever told wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.lookup.register import search
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.vocabulary import Purpose
from tests.council import Council, found_council, list_entries, make_reader, row
from tests.lookup.test_register import erase

GIVEN = ("Ada", "Osric", "Hepzibah", "Cuthbert")
FAMILY = {"Fenwick": "WX2 1AA", "Stoneycroft": "WX3 1AA"}
ALWAYS = {"name": "Wilfreda Pellinore", "postcode": "WX9 1AA"}


class People:
    """Who is listed for certain, and who for certain is no more, as far as commits tell."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.there: dict[UUID, dict[str, str]] = {}
        self.gone: dict[UUID, dict[str, str]] = {}
        self.over = Event()

    def come_and_go(self, family: str) -> None:
        """Bring people in one after another; each goes in another way."""
        ways = (self._withdraw, self._lapse, erase)
        for number, given in enumerate(GIVEN):
            person = {"name": f"{given} {family}", "postcode": FAMILY[family]}
            (entry,) = list_entries(self.council, row(**person, address=f"{number} Low Row"))
            key = entry.pk
            self.there[key] = person
            if number:
                del self.there[key]
                ways[number % len(ways)](entry)
                self.gone[key] = person

    def _withdraw(self, entry: Entry) -> None:
        by, now = self.council.owner, timezone.now()
        withdraw_entry(entry=entry, reasons="The wrong person.", by=by, at=now)

    def _lapse(self, entry: Entry) -> None:
        now = timezone.now()
        Entry.objects.filter(pk=entry.pk).update(expires_at=now, starts_at=now - timedelta(days=1))
        lapse_entries(at=timezone.now())

    def look(self, ask: Callable[..., set[Any]]) -> int:
        """Ask for everybody until all have come and gone; give how many questions were asked."""
        asked, last = 0, False
        while not last:  # once more after the last change
            last = self.over.is_set()
            for key, person in list(self.there.items()):
                found = ask(**person)
                assert key in found or key not in self.there
            for key, person in list(self.gone.items()):
                assert key not in ask(**person)
            assert ask(**ALWAYS)
            asked += 1
        return asked


@pytest.fixture
def people(transactional_db: None) -> People:
    council = found_council()
    list_entries(council, row(**ALWAYS, address="1 High Row"))
    return People(council)


def test_threads_are_told_what_is_committed_and_nothing_else(people: People) -> None:
    officer = make_reader(people.council)

    def by_check(**boxes: str) -> set[Any]:
        asked, purpose = Question(**boxes), Purpose.HOME_VISIT
        answer = check_register(question=asked, purpose=purpose, by=officer, at=timezone.now())
        assert answer.outcome in ("found", "none")
        return {finding.entry.pk for finding in answer.findings}

    def by_search(**boxes: str) -> set[Any]:
        found = search(Question(**boxes), limit=5, visible=set)
        return {match.key for match in found.matches}

    def closing(job: Callable[..., Any], *given: Any) -> Any:
        try:
            return job(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        looks = [pool.submit(closing, people.look, ask) for ask in (by_check, by_search)]
        writes = [pool.submit(closing, people.come_and_go, family) for family in FAMILY]
        try:
            for write in writes:
                write.result()
        finally:
            people.over.set()
        assert all(look.result() for look in looks)
    assert len(people.gone) == len(FAMILY) * (len(GIVEN) - 1)
    assert len(people.there) == len(FAMILY)
