"""The papers of a case: released in advance, to those who decide and nobody excluded (B14).

Members read them once they are released, a deputy once their briefing is confirmed, the presenter
their own case, Legal the cases that they are invited to. Exclusion closes them at once (B11).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.access.exclusion import check_not_shut_out, not_shut_out, shut_out_of_each
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.report_facts import ReportSheet
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import (
    AccessRecord,
    AgendaItem,
    Attendee,
    Entry,
    IncidentReport,
    MailKind,
    Meeting,
    PanelCase,
    PanelDecision,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    CautionaryError,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.states import CaseState, MeetingState
from cautionary_plugin.rules.vocabulary import Act, Capacity

from .agenda import ON_AGENDA, current_item
from .meetings import check_runs, note

READERS = frozenset({Power.RUN_MEETINGS, Power.SIT_ON_PANEL, Power.REFER, Power.ADVISE_PANEL})


@dataclass(frozen=True, repr=False)
class Papers:
    """What the panel reads before it decides. No ``repr``: it would tell names.

    :ivar sheets: the reports with their accounts and their evidence.
    :ivar decisions: what the panel has decided on the same file before.
    :ivar entry: the entry that is to be renewed, ratified or reconsidered.
    """

    case: PanelCase
    item: AgendaItem | None
    entry: Entry | None
    sheets: list[ReportSheet]
    decisions: list[PanelDecision]


@action
def release_papers(
    *, by: Any, at: datetime, meeting: Meeting | None = None, item: AgendaItem | None = None
) -> list[AgendaItem]:
    """From now on those who decide can read the papers; each of them is told, and nobody else.

    :param meeting: every item that is not released yet, but for those that ``by`` is shut out of.
    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: ``by`` is shut out of the case of the one item.
    :raises IllegalMove: the meeting is over or was cancelled.
    :raises AlreadyDone: all is released, or nothing is on the agenda.
    """
    if item is not None:
        meeting = item.meeting
    if meeting is None:
        raise TypeError("Of which meeting, or which item?")
    meeting = lock(meeting)
    check_runs(meeting.register, by=by, at=at)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        raise IllegalMove(f"The meeting stands at “{MeetingState(meeting.state).label}”.")
    if item is not None:
        check_not_shut_out(item.case, by)
    kept_back = meeting.items.filter(state__in=ON_AGENDA, papers_at=None).order_by("position")
    mine = kept_back.filter(not_shut_out(by, case="case"))
    wanted = mine.filter(pk=item.pk) if item is not None else mine
    released = [_release(each, by=by, at=at) for each in wanted.select_related("case")]
    if not released:
        raise AlreadyDone("All papers are released already, or nothing is on the agenda.")
    people = {reader.pk: reader for each in released for reader in readers_of(each)}
    queue_mail(
        kind=MailKind.PAPERS,
        to=people.values(),
        at=at,
        reference=meeting.reference,
        meeting=meeting,
    )
    note(meeting, by=by, at=at)
    return released


@action
def open_papers(
    *, by: Any, at: datetime, case: PanelCase | None = None, item: AgendaItem | None = None
) -> Papers:
    """Open the papers of a case; the reading is recorded.

    :raises Excluded: ``by`` is shut out of the case.
    :raises NotYourPost, BriefingLapsed: it is not theirs to read.
    :raises NotReady: they are not released, or the deputy's briefing is not confirmed.
    :raises IllegalMove: the case is decided, and its papers are closed.
    :raises NoSuchEntry: the file is not in use any more (A32).
    """
    case = case or (item.case if item else None)
    if case is None:
        raise TypeError("Of which case, or which item?")
    check_may_read(case, standing_of(by, at=at))
    check_in_use(case.case_file, at=at)
    reports = _reports(case)
    _note_reading(case, reports, by=by, at=at)
    day = timezone.localdate(at)
    return Papers(
        case=case,
        item=current_item(case),
        entry=case.entry,
        sheets=[ReportSheet.of(report, on=day) for report in reports],
        decisions=_earlier(case, by),
    )


@action
def open_names(*, case: PanelCase, by: Any, at: datetime) -> list[IncidentReport]:
    """Whom a case is about, so that a member can say whether they have a conflict of interest.

    It is asked before they read on (B9, B11); that it was opened is recorded.

    :returns: the reports, which name the employees concerned.
    :raises CautionaryError: as :func:`open_papers`.
    """
    check_may_read(case, standing_of(by, at=at))
    check_in_use(case.case_file, at=at)
    record(act=Act.READ_CASE, by=by, at=at, register=case.register, reference=case.reference)
    return _reports(case)


def check_may_read(case: PanelCase, standing: Standing) -> None:
    """The person may read the papers of this case now.

    :raises CautionaryError: as :func:`open_papers`.
    """
    by, register = standing.user, case.register
    check_not_shut_out(case, by)
    powers = standing.powers(register)
    if _runs_meetings(case, standing):
        standing.check_may_handle(Power.RUN_MEETINGS, register)
        return
    _check_open(case)
    item = current_item(case)
    if case.presenter_id == by.pk and Power.REFER in powers:
        standing.check_may_handle(Power.REFER, register)
    elif Power.ADVISE_PANEL in powers and _comes(item, by, Capacity.LEGAL):
        standing.check_may_handle(Power.ADVISE_PANEL, register)
    elif Power.SIT_ON_PANEL in powers:
        standing.check_may_handle(Power.SIT_ON_PANEL, register)
        _check_released(case, item, standing)
    else:
        raise NotYourPost("These papers are for the panel, and for those invited to the case.")


def may_read(case: PanelCase, standing: Standing) -> bool:
    """Whether the person may read the papers of this case now."""
    try:
        check_may_read(case, standing)
    except CautionaryError:
        return False
    return True


def has_read(case: PanelCase, *, by: Any) -> bool:
    """Whether somebody has opened these papers before."""
    opened = AccessRecord.objects.filter(act=Act.READ_PAPERS, user=by, reference=case.reference)
    return bool(opened.exists())


def has_papers_or_statement(item: AgendaItem) -> bool:
    """One of the two that an item needs before it opens (B14)."""
    return item.papers_at is not None or bool(item.case.statement.strip())


def readers_of(item: AgendaItem) -> list[Any]:
    """Who reads the papers of an item: seated and briefed, or invited to it; nobody excluded."""
    apart = shut_out_of_each([item.case_id])[item.case_id]
    return [
        each.user
        for each in _reading(item.meeting).filter(Q(case=None) | Q(case=item.case_id))
        if each.user_id not in apart
    ]


def released_to(user: Any, meeting: Meeting) -> bool:
    """Whether anything of this meeting is released that somebody is not shut out of."""
    items = meeting.items.filter(state__in=ON_AGENDA, papers_at__isnull=False)
    return bool(items.filter(not_shut_out(user, case="case")).exists())


def _reading(meeting: Meeting) -> Any:
    briefed = Q(capacity=Capacity.DEPUTY, briefed_at__isnull=False)
    by_part = Q(capacity__in=[Capacity.MEMBER, Capacity.PRESENTER, Capacity.LEGAL])
    people = meeting.attendees.filter(by_part | briefed, user__is_active=True)
    return people.select_related("user")


def _release(item: AgendaItem, *, by: Any, at: datetime) -> AgendaItem:
    item.papers_at, item.papers_by = at, by
    item.save(update_fields=["papers_at", "papers_by"])
    return item


def _check_open(case: PanelCase) -> None:
    if case.state != CaseState.WAITING:
        raise IllegalMove("The case is decided, and its papers are closed.")


def _check_released(case: PanelCase, item: AgendaItem | None, standing: Standing) -> None:
    """A member after the release; a deputy of this meeting once they are briefed for it (B8)."""
    if item is None or item.papers_at is None:
        raise _not_yet("The papers of this case are not released yet.")
    if not _holds_seat(case, standing):
        deputy = item.meeting.attendees.filter(user=standing.user, capacity=Capacity.DEPUTY)
        if not deputy.exclude(briefed_at=None).exists():
            raise _not_yet("The papers open once your briefing for this meeting is confirmed.")


def _not_yet(sentence: str) -> NotReady:
    return NotReady(sentence, missing=[sentence])


def _runs_meetings(case: PanelCase, standing: Standing) -> bool:
    """As clerk, chair or owner; whoever stands in for the chair reads as a deputy reads (B8)."""
    return any(
        Power.RUN_MEETINGS in powers_of(each.post.kind)
        and not (each.as_deputy and Power.SIT_ON_PANEL in powers_of(each.post.kind))
        and each.post.register_id in (None, case.register_id)
        for each in standing.appointments
    )


def _holds_seat(case: PanelCase, standing: Standing) -> bool:
    return any(
        Power.SIT_ON_PANEL in powers_of(each.post.kind)
        and not each.as_deputy
        and each.post.register_id in (None, case.register_id)
        for each in standing.appointments
    )


def _comes(item: AgendaItem | None, person: Any, capacity: Capacity) -> bool:
    if item is None:
        return False
    parts = Attendee.objects.filter(meeting=item.meeting_id, case=item.case_id, capacity=capacity)
    return bool(parts.filter(user=person).exists())


def _reports(case: PanelCase) -> list[IncidentReport]:
    """The report that was referred, and what stands on the file of the entry."""
    related = "register", "reporter", "typed_by", "service", "case_file"
    about = reports_about(case.entry) if case.entry else IncidentReport.objects.none()
    found = {report.pk: report for report in about.select_related(*related)}
    if case.report is not None:
        found.setdefault(case.report.pk, case.report)
    return list(found.values())


def _earlier(case: PanelCase, by: Any) -> list[PanelDecision]:
    """Earlier decisions on the same file or entry, without cases that the reader is shut out of."""
    same = Q(case__case_file=case.case_file_id)
    if case.entry_id is not None:
        same |= Q(entry=case.entry_id)
    found = PanelDecision.objects.filter(same).exclude(case=case.pk)
    found = found.filter(not_shut_out(by, case="case"))
    return list(found.select_related("case", "case_file").order_by("-recorded_at"))


def _note_reading(case: PanelCase, reports: list[IncidentReport], *, by: Any, at: datetime) -> None:
    for act, reference in [
        (Act.READ_PAPERS, case.reference),
        *((Act.READ_REPORT, report.reference) for report in reports),
    ]:
        record(act=act, by=by, at=at, register=case.register, reference=reference)
