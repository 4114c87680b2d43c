"""The papers: released in advance to those who decide, closed to whoever is excluded (B11, B14)."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.countersign import open_report
from cautionary_plugin.actions.evidence import add_evidence, open_evidence
from cautionary_plugin.actions.panel.agenda import take_off
from cautionary_plugin.actions.panel.attendance import confirm_briefing
from cautionary_plugin.actions.panel.conflicts import decide_conflict
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.papers import (
    has_papers_or_statement,
    open_names,
    open_papers,
    release_papers,
)
from cautionary_plugin.actions.reports import submit_report
from cautionary_plugin.models import (
    AccessRecord,
    Appointment,
    Briefing,
    Evidence,
    MailKind,
    Meeting,
    OutboxMessage,
    PanelCase,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BriefingLapsed,
    Excluded,
    IllegalMove,
    NoSuchEntry,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, CaseKind, PanelOutcome
from tests.council import brief, hold_post, list_entries, row
from tests.factors import make_person
from tests.life import REPORTED, drafted, submitted
from tests.panel import Panel, conflicted, deputised, found_panel, planned, seat_at, waiting_case
from tests.panel_items import panel_decision
from tests.storages import FOLDER, keep_evidence_in

pytestmark = pytest.mark.django_db

WORDS = b"He kept a marmalade guillotine behind the door."
Read = Callable[[Any], Any]


@pytest.fixture
def panel(settings: Any, tmp_path: Path) -> Panel:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_panel()


@pytest.fixture
def evidence(panel: Panel) -> Evidence:
    """A file that came with a report, which was then sent."""
    report = drafted(panel.council)
    kept = add_evidence(
        case_file=report.case_file,
        content=BytesIO(WORDS),
        name="notes.txt",
        by=report.reporter,
        at=timezone.now(),
    )
    submit_report(report=report, by=report.reporter, at=timezone.now())
    return kept


@pytest.fixture
def case(panel: Panel, evidence: Evidence) -> PanelCase:
    report = evidence.case_file.report
    report.refresh_from_db()
    return waiting_case(panel, report=report, risk="high")


@pytest.fixture
def meeting(panel: Panel, case: PanelCase) -> Meeting:
    return planned(panel)


def now() -> Any:
    return timezone.now()


def release(panel: Panel, meeting: Meeting) -> None:
    release_papers(meeting=meeting, by=panel.clerk, at=now())


def read(case: PanelCase, by: Any) -> Any:
    return open_papers(case=case, by=by, at=now())


def content(evidence: Evidence, by: Any) -> bytes:
    return b"".join(open_evidence(evidence=evidence, by=by, at=now()))


def told() -> set[Any]:
    return {each.to for each in OutboxMessage.objects.filter(kind=MailKind.PAPERS)}


@pytest.mark.clause("B14")
def test_released_to_members_briefed_deputies_presenter_and_legal_and_to_nobody_else(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    briefed = deputised(panel, meeting, "safety")
    deputised(panel, meeting, "care", briefed=False)
    conflicted(case, panel.customer)
    conflicted(case, panel.equality, decided=True, by=panel.chair)

    release(panel, meeting)

    assert told() == {
        panel.chair,
        panel.complaints,
        panel.safety,
        panel.care,
        briefed,
        panel.operations,
        panel.legal,
    }
    item = meeting.items.get()
    assert (item.papers_by, item.papers_at is not None) == (panel.clerk, True)


@pytest.mark.clause("B14")
def test_release_is_done_once_by_who_runs_the_meeting(panel: Panel, meeting: Meeting):
    for who in ("safety", "operations", "monitoring"):
        with pytest.raises(NotYourPost):
            release_papers(meeting=meeting, by=panel.people[who], at=now())
    release(panel, meeting)
    with pytest.raises(AlreadyDone):
        release(panel, meeting)
    with pytest.raises(AlreadyDone):
        release_papers(item=meeting.items.get(), by=panel.clerk, at=now())


def test_member_of_one_case_hears_of_a_meeting_once(panel: Panel, meeting: Meeting):
    waiting_case(panel, report=submitted(panel.council))
    release(panel, meeting)

    assert OutboxMessage.objects.filter(kind=MailKind.PAPERS, to=panel.chair).count() == 1


@pytest.mark.clause("B11")
def test_member_shut_out_of_one_case_hears_only_while_another_is_released(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    other = waiting_case(panel, report=submitted(panel.council))
    conflicted(case, panel.safety)

    release_papers(item=meeting.items.get(case=case), by=panel.clerk, at=now())
    assert panel.safety not in told()

    release_papers(item=meeting.items.get(case=other), by=panel.clerk, at=now())
    assert panel.safety in told()


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_releases_the_other_papers_only(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    other = waiting_case(panel, report=submitted(panel.council))
    conflicted(case, panel.chair)

    with pytest.raises(Excluded):
        release_papers(item=meeting.items.get(case=case), by=panel.chair, at=now())
    released = release_papers(meeting=meeting, by=panel.chair, at=now())

    assert [item.case for item in released] == [other]


@pytest.mark.clause("B14")
def test_members_read_after_the_release_and_clerk_and_chair_before(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    for who in ("clerk", "chair"):
        assert read(case, panel.people[who]).case == case
    for who in ("safety", "care"):
        with pytest.raises(NotReady):
            read(case, panel.people[who])

    release(panel, meeting)

    papers = read(case, panel.safety)
    (sheet,) = papers.sheets
    assert next(text for _label, text in sheet.subject) == REPORTED
    assert [account.text for account in sheet.accounts]
    assert [each.title for each in sheet.evidence]
    assert papers.case.statement.startswith("He comes to the counter")
    lines = AccessRecord.objects.filter(user=panel.safety, act=Act.READ_PAPERS)
    assert [line.reference for line in lines] == [case.reference]


@pytest.mark.clause("B8")
@pytest.mark.parametrize("post", ["safety", "chair"])
def test_deputy_reads_once_the_briefing_is_confirmed_for_this_meeting(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence, post: str
):
    release(panel, meeting)
    deputy = deputised(panel, meeting, post, briefed=False)
    with pytest.raises(NotReady):
        read(case, deputy)
    with pytest.raises(NotYourPost):
        content(evidence, deputy)

    confirm_briefing(attendee=seat_at(meeting, deputy), by=panel.people[post], at=now())

    assert read(case, deputy).case == case
    assert content(evidence, deputy) == WORDS


@pytest.mark.clause("B12")
@pytest.mark.clause("B13")
def test_presenter_reads_their_own_case_and_legal_what_they_are_invited_to(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    another = make_person("another-manager")
    hold_post(panel.council, another, PostKind.OPERATIONS_MANAGER)
    other = waiting_case(panel, report=submitted(panel.council), presenter=another)

    assert read(case, panel.operations).case == case
    assert read(case, panel.legal).case == case
    with pytest.raises(NotYourPost):
        read(other, panel.operations)
    with pytest.raises(NotYourPost):
        read(other, panel.legal)
    with pytest.raises(NotYourPost):
        read(case, another)


@pytest.mark.clause("B14")
@pytest.mark.parametrize("who", ["monitoring", "legaldirector", "mail"])
def test_papers_are_closed_to_everybody_else(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence, who: str
):
    release(panel, meeting)
    with pytest.raises(NotYourPost):
        read(case, panel.people[who])
    with pytest.raises(NotYourPost):
        content(evidence, panel.people[who])
    with pytest.raises(NotYourPost):
        read(case, panel.council.owner)


def test_post_that_ended_reads_no_more(panel: Panel, case: PanelCase, meeting: Meeting):
    release(panel, meeting)
    for who in ("safety", "operations", "legal", "clerk"):
        Appointment.objects.filter(user=panel.people[who]).update(ended_at=now())
        with pytest.raises(NotYourPost):
            read(case, panel.people[who])


def test_lapsed_briefing_suspends_a_member(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence
):
    release(panel, meeting)
    Briefing.objects.filter(user=panel.safety).update(
        briefed_on=timezone.localdate() - timedelta(days=3 * 365)
    )
    with pytest.raises(BriefingLapsed):
        read(case, panel.safety)
    with pytest.raises(NotYourPost):
        content(evidence, panel.safety)


@pytest.mark.clause("B11")
@pytest.mark.parametrize("act", ["papers", "names", "evidence"])
def test_declaration_after_reading_closes_everything_at_once(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence, act: str
):
    release(panel, meeting)
    acts: dict[str, Read] = {
        "papers": lambda by: read(case, by),
        "names": lambda by: open_names(case=case, by=by, at=now()),
        "evidence": lambda by: content(evidence, by),
    }
    opened = acts[act]
    assert opened(panel.safety)

    conflict = conflicted(case, panel.safety)

    with pytest.raises(Excluded):
        opened(panel.safety)
    assert opened(panel.care)
    decide_conflict(
        conflict=conflict, excluded=False, reasons="No relation.", by=panel.chair, at=now()
    )
    assert opened(panel.safety)


@pytest.mark.clause("B11")
def test_another_post_of_the_same_person_opens_no_way_round(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence
):
    hold_post(panel.council, panel.safety, PostKind.HEALTH_AND_SAFETY)
    hold_post(panel.council, panel.safety, PostKind.DIRECTOR)
    report = case.report
    assert content(evidence, panel.safety) == WORDS
    open_report(report=report, by=panel.safety, at=now())

    conflicted(case, panel.safety)

    with pytest.raises(Excluded):
        content(evidence, panel.safety)
    with pytest.raises(Excluded):
        open_report(report=report, by=panel.safety, at=now())


def test_papers_of_a_case_off_the_agenda_are_closed_to_members(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    release(panel, meeting)
    read(case, panel.safety)

    take_off(item=meeting.items.get(), by=panel.clerk, at=now())

    with pytest.raises(NotReady):
        read(case, panel.safety)


def test_papers_close_when_the_case_is_decided(panel: Panel):
    decision = panel_decision(panel, PanelOutcome.NO_ACTION)

    with pytest.raises(IllegalMove):
        read(decision.case, panel.safety)
    assert read(decision.case, panel.clerk).case == decision.case


def test_earlier_decisions_are_among_the_papers_but_not_those_one_was_excluded_from(panel: Panel):
    earlier = panel_decision(panel, PanelOutcome.NO_ACTION)
    close_meeting(meeting=earlier.item.meeting, by=panel.clerk, at=now())
    case = waiting_case(panel, report=earlier.case.report, kind=CaseKind.RECONSIDERATION)
    assert read(case, panel.clerk).decisions == [earlier]
    assert read(case, panel.chair).decisions == [earlier]

    PanelCase.objects.filter(pk=earlier.case.pk).update(state="waiting", settled_at=None)
    earlier.case.refresh_from_db()
    conflicted(earlier.case, panel.chair)

    assert read(case, panel.chair).decisions == []


@pytest.mark.clause("B14")
def test_item_has_papers_or_a_statement(panel: Panel):
    waiting_case(panel, statement="  ")
    meeting = planned(panel)
    item = meeting.items.get()
    assert has_papers_or_statement(item) is False
    release(panel, meeting)
    item.refresh_from_db()
    assert has_papers_or_statement(item) is True

    waiting_case(panel, report=submitted(panel.council), statement="She saw it.")
    assert has_papers_or_statement(meeting.items.last()) is True


def test_file_of_an_expired_entry_is_read_by_nobody(
    panel: Panel, case: PanelCase, meeting: Meeting
):
    (entry,) = list_entries(panel.council, row())
    type(entry).objects.filter(pk=entry.pk).update(
        starts_at=now() - timedelta(days=9), expires_at=now() - timedelta(days=1)
    )
    PanelCase.objects.filter(pk=case.pk).update(case_file=entry.case_file)
    case = PanelCase.objects.get(pk=case.pk)
    with pytest.raises(NoSuchEntry):
        read(case, panel.clerk)


def test_briefed_reader_of_the_register_reads_no_papers(
    panel: Panel, case: PanelCase, meeting: Meeting, evidence: Evidence
):
    release(panel, meeting)
    reader = make_person("reader")
    brief(panel.council, reader)
    with pytest.raises(NotYourPost):
        read(case, reader)
    with pytest.raises(NotYourPost):
        content(evidence, reader)
