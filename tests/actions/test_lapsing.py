"""Entries end by the clock, live or held, late or not."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cautionary_plugin.actions import lapsing
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import Entry, LookupState, Review
from cautionary_plugin.rules.states import EntryState, ReviewState
from cautionary_plugin.rules.vocabulary import WhyEnded
from tests.council import Council, found_council
from tests.whole_files import entry_on, open_file, person_on, removed, secrets

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def council(db: None, tmp_path: Path) -> Council:
    return found_council()


def make(council: Council, days: int, **facts: object) -> Entry:
    file = open_file(NOW - 400 * DAY)
    person_on(file)
    end = NOW + days * DAY
    return entry_on(council, file, at=NOW - 400 * DAY, expires_at=end, **facts)


@pytest.mark.clause("A32")
def test_entry_ends_on_its_day_though_the_job_runs_ten_days_late(council: Council) -> None:
    over, held = make(council, -10), make(council, -3, state=EntryState.HELD)
    live = make(council, 1)

    assert lapse_entries(at=NOW) == 2

    for entry in (over, held):
        end = entry.expires_at
        entry.refresh_from_db()
        assert (entry.state, entry.why_ended, entry.ended_at) == (
            EntryState.ENDED,
            WhyEnded.EXPIRED,
            end,
        )
    live.refresh_from_db()
    assert live.state == EntryState.LIVE


def test_lookup_still_agrees_with_the_rows(council: Council) -> None:
    for days in (-2, -1, 5):
        make(council, days)
    make(council, -1, state=EntryState.HELD)
    assert len(bring_up_to_date()) == 3

    lapse_entries(at=NOW)

    assert len(bring_up_to_date()) == 1
    assert LookupState.objects.get().entries == 1


def test_clock_set_back_ends_nothing(council: Council) -> None:
    make(council, -1)

    assert lapse_entries(at=NOW - 30 * DAY) == 0


def test_what_ended_before_stays_as_it_ended(council: Council) -> None:
    entry = removed(make(council, -1), at=NOW - 5 * DAY, why=WhyEnded.APPEAL)

    assert lapse_entries(at=NOW) == 0

    entry.refresh_from_db()
    assert (entry.why_ended, entry.ended_at) == (WhyEnded.APPEAL, NOW - 5 * DAY)


def test_reviews_that_waited_on_it_are_abandoned(council: Council) -> None:
    over, live = make(council, -1), make(council, 1)
    states = (ReviewState.OPEN, ReviewState.CLOSED)
    for entry in (over, live):
        for state in states:
            Review.objects.create(
                case_file=entry.case_file,
                entry=entry,
                state=state,
                opened_at=NOW - DAY,
                **secrets(Review),
            )

    lapse_entries(at=NOW)

    found = {(each.entry_id, each.state) for each in Review.objects.all()}
    assert found == {
        (over.pk, ReviewState.ABANDONED),
        (over.pk, ReviewState.CLOSED),
        (live.pk, ReviewState.OPEN),
        (live.pk, ReviewState.CLOSED),
    }


def test_many_end_in_batches(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lapsing, "BATCH", 2)
    for _entry in range(5):
        make(council, -1)

    assert lapse_entries(at=NOW) == 5
    assert LookupState.objects.get().entries == 0
