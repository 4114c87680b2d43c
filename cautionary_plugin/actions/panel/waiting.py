"""What waits for the posts around the panel, found anew each time (B6–B14, B19, B28–B30, B40).

Nothing is found of a case that the person is shut out of (B11). The number of queries depends on
the registers, and not on how much waits.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import (
    AccessRecord,
    AgendaItem,
    Attendee,
    DirectorReferral,
    EmailDivert,
    FollowUpAction,
    Meeting,
    Motion,
    Register,
)
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.states import DivertState, ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import Act, Capacity, Route

from .agenda import ON_AGENDA, next_meeting, waiting_cases
from .conflicts import conflicts_to_decide
from .meetings import gaps
from .seating import seats_at
from .urgent import unratified

Registers = list[Register]
AHEAD = (MeetingState.PLANNED, MeetingState.OPEN)


def votes_to_cast(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """The motion on which somebody sits and has not voted; no panel has two at a time (B19)."""
    me = standing.user.pk
    open_ones = Motion.objects.filter(
        not_shut_out(standing.user, case="item__case"),
        closed_at=None,
        item__state=ItemState.VOTING,
        item__meeting__register__in=registers,
        item__meeting__state=MeetingState.OPEN,
    )
    for motion in open_ones.select_related("item__meeting", "item__case"):
        voted = set(motion.votes.counting().values_list("post", flat=True))
        seats = seats_at(motion.item)
        if any(seat.person == me and post not in voted for post, seat in seats.items()):
            yield Task(Duty.VOTE, motion.item.case.reference, str(motion.item_id), _today(at))


def meetings_to_run(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """A meeting waits for whoever runs it from its day on, until it is closed (B6).

    The note says how many entries end with it, unless the panel ratifies them (B41).
    """
    in_session = Q(state=MeetingState.OPEN)
    has_come = Q(state=MeetingState.PLANNED, starts_at__lt=over_after(_today(at)))
    for meeting in Meeting.objects.filter(in_session | has_come, register__in=registers):
        provisional = unratified(meeting, at=at).filter(not_shut_out(standing.user, case="case"))
        told = [MeetingState(meeting.state).label, _to_ratify(provisional.count())]
        yield _of_meeting(Duty.MEETING, meeting, note="; ".join(filter(None, told)))


def meetings_to_plan(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """A panel that has met too seldom, or for which cases wait without a meeting (B6)."""
    for register in _with_panel(registers):
        if next_meeting(register, at=at) is not None:
            continue
        waiting = waiting_cases(register).filter(not_shut_out(standing.user)).count()
        if waiting or any(not gap.until for gap in gaps(register, at)):
            yield Task(Duty.PLAN_MEETING, register.name, register.slug, note=_cases(waiting))


def agendas_to_fill(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Cases that wait on no agenda although a meeting is planned (B4, B12)."""
    for register in _with_panel(registers):
        meeting = next_meeting(register, at=at)
        if meeting is None:
            continue
        waiting = waiting_cases(register).filter(not_shut_out(standing.user)).count()
        if waiting:
            yield _of_meeting(Duty.AGENDA, meeting, note=_cases(waiting))


def papers_to_release(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Meetings with papers that are still kept back (B14)."""
    kept_back = AgendaItem.objects.filter(
        not_shut_out(standing.user, case="case"),
        meeting=OuterRef("pk"),
        state__in=ON_AGENDA,
        papers_at=None,
    )
    ahead = Meeting.objects.filter(Exists(kept_back), register__in=registers, state__in=AHEAD)
    for meeting in ahead:
        yield _of_meeting(Duty.RELEASE, meeting)


def papers_to_read(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Papers that were released, and which the person has not opened (B13, B14)."""
    me = standing.user
    seated = Q(capacity=Capacity.MEMBER) | Q(capacity=Capacity.DEPUTY, briefed_at__isnull=False)
    legal = Q(capacity=Capacity.LEGAL, case=OuterRef("case"))
    comes = Attendee.objects.filter(
        seated | legal, meeting=OuterRef("meeting"), user=me, apologies_at=None
    )
    opened = AccessRecord.objects.filter(
        act=Act.READ_PAPERS, user=me, reference=OuterRef("case__reference")
    )
    items = AgendaItem.objects.filter(
        not_shut_out(me, case="case"),
        Exists(comes),
        ~Exists(opened),
        meeting__register__in=registers,
        meeting__state__in=AHEAD,
        state__in=ON_AGENDA,
        papers_at__isnull=False,
    )
    for item in items.select_related("meeting", "case"):
        reference = item.case.reference
        yield Task(Duty.PAPERS, reference, reference, timezone.localdate(item.meeting.starts_at))


def briefings_to_confirm(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Deputies for one's own post whose briefing is not confirmed (B8)."""
    mine = [each.post_id for each in standing.appointments if not each.as_deputy]
    meetings = Meeting.objects.filter(
        register__in=registers,
        state__in=AHEAD,
        attendees__capacity=Capacity.DEPUTY,
        attendees__post__in=mine,
        attendees__briefed_at=None,
    )
    for meeting in meetings.distinct():
        yield _of_meeting(Duty.BRIEFING, meeting)


def conflicts_waiting(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Declarations that are this person's to decide: before the meeting where possible (B11)."""
    found = conflicts_to_decide(_with_panel(registers), by=standing.user, at=at)
    items = AgendaItem.objects.filter(case__in=[each.case_id for each in found])
    listed = items.filter(state__in=ON_AGENDA).values_list("case", F("meeting__starts_at"))
    days = {case: timezone.localdate(starts_at) for case, starts_at in listed}
    for each in found:
        yield Task(Duty.CONFLICT, each.case.reference, str(each.pk), days.get(each.case_id))


def referrals_to_answer(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """What a panel found to be of high risk and put to the director."""
    known = not_shut_out(standing.user, case="decision__case")
    waiting = DirectorReferral.objects.filter(known, register__in=registers, answered_at=None)
    for each in waiting.select_related("decision__case"):
        yield Task(Duty.FROM_PANEL, each.decision.case.reference, str(each.pk))


def diverts_to_prepare(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Diverts that wait for councillors, for the letter, or to be asked for (B29, B30)."""
    prepared = EmailDivert.objects.filter(
        not_shut_out(standing.user, case="arrangement__case"),
        arrangement__register__in=registers,
        state=DivertState.PREPARED,
    )
    unanswered = Count("councillors", filter=Q(councillors__wants=None))
    for divert in prepared.annotate(unanswered=unanswered):
        note = f"answers waited for: {divert.unanswered}" if divert.unanswered else ""
        yield Task(Duty.DIVERT, divert.reference, divert.reference, note=note)


def diverts_to_switch(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """What whoever runs mail is to switch; of the customer nothing (B28)."""
    waiting = EmailDivert.objects.filter(
        not_shut_out(standing.user, case="arrangement__case"),
        arrangement__register__in=registers,
        state__in=(DivertState.REQUESTED, DivertState.ENDING),
    )
    for divert in waiting:
        label = DivertState(divert.state).label
        yield Task(Duty.SWITCH, divert.reference, divert.reference, note=label)


def follow_ups_late(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Actions whose day is over; until then they are their colleague's alone (B40)."""
    late = FollowUpAction.objects.filter(
        not_shut_out(standing.user, case="case"),
        case__register__in=registers,
        done_at=None,
        due_on__lt=_today(at),
    )
    for each in late.select_related("case"):
        yield Task(Duty.FOLLOW_UP, each.case.reference, str(each.pk), each.due_on)


def _of_meeting(duty: Duty, meeting: Meeting, *, note: str = "") -> Task:
    day = timezone.localdate(meeting.starts_at)
    return Task(duty, meeting.reference, meeting.reference, day, note)


def _with_panel(registers: Registers) -> Registers:
    return [each for each in registers if each.route == Route.PANEL]


def _cases(count: int) -> str:
    if not count:
        return ""
    return "1 case waits" if count == 1 else f"{count} cases wait"


def _to_ratify(count: int) -> str:
    if not count:
        return ""
    return f"{count} to ratify, or the {'entry ends' if count == 1 else 'entries end'}"


def _today(at: datetime) -> date:
    return timezone.localdate(at)
