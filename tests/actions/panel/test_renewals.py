"""Entries come before the panel again before they end, and nothing is renewed by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.actions.contact.lapsing import lapse_arrangements
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.panel.cases import open_case
from cautionary_plugin.actions.panel.renewals import open_renewals, renew_at_once
from cautionary_plugin.actions.panel.withdrawing import withdraw_leftovers
from cautionary_plugin.models import AgendaItem, Entry, Meeting, PanelCase, SinglePointOfContact
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import THE_CLOCK, CaseState, EntryState, ItemState
from cautionary_plugin.rules.vocabulary import CaseKind, MeetingMode, WhyEnded
from tests.factors import make_person
from tests.panel import Panel, found_panel
from tests.races import race
from tests.schedule import arranged, referred_case, schedule_report, scheduled

DAY = timedelta(days=1)
B4, B52 = pytest.mark.clause("B4"), pytest.mark.clause("B52")


@pytest.fixture
def panel(db: None) -> Panel:
    return found_panel()


@pytest.fixture
def entry(panel: Panel) -> Entry:
    """A live entry that the panel put on the schedule today."""
    case = referred_case(panel)
    entry = scheduled(panel, case)
    case.entry, case.state, case.settled_at = entry, CaseState.DECIDED, timezone.now()
    case.save()
    return entry


def _days_before_end(entry: Entry, days: int) -> datetime:
    return over_after(last_day(entry)) - days * DAY + timedelta(hours=9)


def _waiting(entry: Entry) -> list[PanelCase]:
    return list(PanelCase.objects.filter(entry=entry, state=CaseState.WAITING))


def _another_report(panel: Panel, entry: Entry, *, at: datetime, state: str) -> Any:
    """A report of what happened after the entry was made, joined to its file."""
    report = schedule_report(panel, make_person("second-reporter"))
    report.occurred_on, report.state = timezone.localdate(at), state
    report.changed_at = report.submitted_at = at
    report.save()
    report.case_file.joined_to = entry.case_file
    report.case_file.save()
    return report


@B4
def test_renewal_waits_for_the_panel_before_the_entry_ends(panel: Panel, entry: Entry) -> None:
    assert open_renewals(at=_days_before_end(entry, 62)) == 0
    assert open_renewals(at=_days_before_end(entry, 60)) == 1
    [case] = _waiting(entry)
    assert case.kind == CaseKind.RENEWAL
    assert case.decide_by == last_day(entry)
    assert case.presenter == panel.operations
    assert (case.risk, case.register, case.referred_by) == ("medium", panel.register, None)


@B4
def test_renewal_is_opened_once_however_often_and_late_the_run_is(entry: Entry) -> None:
    for days in (50, 50, 40, 1):
        open_renewals(at=_days_before_end(entry, days))
    assert len(_waiting(entry)) == 1


def test_renewal_that_the_panel_settled_is_not_opened_again(entry: Entry) -> None:
    open_renewals(at=_days_before_end(entry, 50))
    [case] = _waiting(entry)
    case.state, case.settled_at = CaseState.DECIDED, _days_before_end(entry, 40)
    case.save()
    assert open_renewals(at=_days_before_end(entry, 30)) == 0


def test_renewed_entry_comes_back_before_its_next_end(entry: Entry) -> None:
    open_renewals(at=_days_before_end(entry, 50))
    [case] = _waiting(entry)
    case.state, case.settled_at = CaseState.DECIDED, _days_before_end(entry, 40)
    case.save()
    Entry.objects.update(expires_at=entry.expires_at + 365 * DAY)
    entry.refresh_from_db()
    assert open_renewals(at=_days_before_end(entry, 300)) == 0
    assert open_renewals(at=_days_before_end(entry, 50)) == 1


@B52
def test_nothing_but_the_panel_lengthens_an_entry(panel: Panel, entry: Entry) -> None:
    at = _days_before_end(entry, 50)
    _another_report(panel, entry, at=at, state="countersigned")
    open_renewals(at=at)
    before = entry.expires_at
    entry.refresh_from_db()
    assert entry.expires_at == before
    assert lapse_entries(at=before + DAY) == 1
    entry.refresh_from_db()
    assert (entry.state, entry.why_ended) == (EntryState.ENDED, WhyEnded.EXPIRED)
    assert [case.state for case in entry.panel_cases.filter(kind=CaseKind.RENEWAL)] == [
        CaseState.WITHDRAWN
    ]


@B52
def test_new_substantiated_incident_comes_before_the_panel_at_once(
    panel: Panel, entry: Entry
) -> None:
    at = timezone.now() + 30 * DAY
    report = _another_report(panel, entry, at=at, state="countersigned")
    [case] = renew_at_once(case_file=report.case_file, at=at)
    assert (case.kind, case.report, case.entry) == (CaseKind.RENEWAL, report, entry)
    assert case.case_file == entry.case_file
    assert renew_at_once(case_file=report.case_file, at=at) == []


@B52
def test_daily_run_finds_a_new_incident_that_nobody_brought(panel: Panel, entry: Entry) -> None:
    at = timezone.now() + 30 * DAY
    _another_report(panel, entry, at=at, state="decided")
    assert open_renewals(at=at + 10 * DAY) == 1
    [case] = _waiting(entry)
    case.state, case.settled_at = CaseState.DECIDED, at + 11 * DAY
    case.save()
    assert open_renewals(at=at + 12 * DAY) == 0


@B52
@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_incident_that_nobody_has_substantiated_brings_nothing(
    panel: Panel, entry: Entry, state: str
) -> None:
    at = timezone.now() + 30 * DAY
    report = _another_report(panel, entry, at=at, state=state)
    assert renew_at_once(case_file=report.case_file, at=at) == []
    assert open_renewals(at=at) == 0


def test_day_of_a_renewal_follows_an_end_that_came_forward(entry: Entry) -> None:
    open_renewals(at=_days_before_end(entry, 50))
    Entry.objects.update(expires_at=entry.expires_at - 10 * DAY)
    entry.refresh_from_db()
    open_renewals(at=_days_before_end(entry, 30))
    [case] = _waiting(entry)
    assert case.decide_by == last_day(entry)


def test_entries_of_a_director_are_none_of_the_panels(panel: Panel, entry: Entry) -> None:
    Entry.objects.update(register=panel.council.register)
    assert open_renewals(at=_days_before_end(entry, 10)) == 0


def _on_agenda(panel: Panel, case: PanelCase, state: ItemState) -> AgendaItem:
    now = timezone.now()
    meeting = Meeting.objects.create(
        reference=f"MTG-{case.reference}",
        register=panel.register,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        mode=MeetingMode.ONLINE,
        called_at=now,
    )
    made: AgendaItem = AgendaItem.objects.create(
        case_file=case.case_file, meeting=meeting, case=case, position=1, state=state, listed_at=now
    )
    return made


def _case(panel: Panel, entry: Entry, kind: CaseKind) -> PanelCase:
    return open_case(
        kind=kind,
        register=panel.register,
        case_file=entry.case_file,
        entry=entry,
        risk=entry.risk,
        by=None,
        at=timezone.now(),
    )


@pytest.mark.parametrize("kind", [CaseKind.RENEWAL, CaseKind.RATIFICATION])
def test_case_of_an_entry_that_has_ended_is_withdrawn_and_leaves_the_agenda(
    panel: Panel, entry: Entry, kind: CaseKind
) -> None:
    case = _case(panel, entry, kind)
    item = _on_agenda(panel, case, ItemState.LISTED)
    end_entry(entry=entry, why=WhyEnded.APPEAL, by=Power.HEAR_SCHEDULE_REVIEWS, at=timezone.now())
    case.refresh_from_db()
    item.refresh_from_db()
    assert (case.state, item.state) == (CaseState.WITHDRAWN, ItemState.REMOVED)


@pytest.mark.parametrize("state", [ItemState.OPEN, ItemState.VOTING])
def test_case_that_the_panel_is_deciding_stays_with_the_panel(
    panel: Panel, entry: Entry, state: ItemState
) -> None:
    case = _case(panel, entry, CaseKind.RENEWAL)
    item = _on_agenda(panel, case, state)
    end_entry(entry=entry, why=WhyEnded.EXPIRED, by=THE_CLOCK, at=timezone.now())
    case.refresh_from_db()
    assert case.state == CaseState.WAITING
    item.state, item.closed_at = ItemState.ADJOURNED, timezone.now()
    item.save()
    assert withdraw_leftovers(at=timezone.now()) == 1
    assert withdraw_leftovers(at=timezone.now()) == 0


def test_what_becomes_of_an_unratified_addition_is_the_panels_to_say(
    panel: Panel, entry: Entry
) -> None:
    case = _case(panel, entry, CaseKind.RATIFICATION)
    end_entry(entry=entry, why=WhyEnded.UNRATIFIED, by="the panel", at=timezone.now())
    case.refresh_from_db()
    assert case.state == CaseState.WAITING


@pytest.mark.clause("B27")
def test_arrangement_without_an_entry_ends_with_its_term_unless_made_anew(panel: Panel) -> None:
    arrangement = arranged(panel)
    now = timezone.now()
    assert lapse_arrangements(at=now + 364 * DAY) == 0
    assert lapse_arrangements(at=now + 367 * DAY) == 1
    assert SinglePointOfContact.objects.get(pk=arrangement.pk).ended_at is not None
    assert lapse_arrangements(at=now + 368 * DAY) == 0


def test_arrangement_with_an_entry_lasts_as_long_as_the_entry(panel: Panel) -> None:
    case = referred_case(panel)
    arranged(panel, case=case, entry=scheduled(panel, case))
    assert lapse_arrangements(at=timezone.now() + 400 * DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_one_renewal() -> None:
    panel = found_panel()
    entry = scheduled(panel, referred_case(panel))
    at = _days_before_end(entry, 50)
    opened = race(lambda: open_renewals(at=at), lambda: open_renewals(at=at))
    assert sorted(opened) == [0, 1]
    assert len(_waiting(entry)) == 1
