"""Meetings of the panel: planned, changed, cancelled, opened, closed (B6)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import AgendaItem, MailKind, Meeting, Register
from cautionary_plugin.rules import meetings as rules
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, Excluded, IllegalMove, NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import ItemState, MeetingState, check_move
from cautionary_plugin.rules.vocabulary import Act, Capacity, MeetingMode, Route

from .agenda import fill_agenda, next_meeting
from .invitations import invite_panel, tell_everybody
from .urgent import lapse_unratified, unratified

NOT_REACHED = "The meeting closed before the item was reached."
LOOKED_BACK = timedelta(days=365)


@action
def plan_meeting(
    *,
    register: Register,
    starts_at: datetime,
    ends_at: datetime,
    mode: MeetingMode | str,
    place: str,
    link: str,
    by: Any,
    at: datetime,
) -> Meeting:
    """Plan a meeting: members and clerk are invited, and what waits comes on its agenda.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises IllegalMove: the register has no panel.
    :raises BadInput: under the field that cannot be.
    :raises AlreadyDone: the panel has a meeting at this time already.
    """
    check_runs(register, by=by, at=at)
    if register.route != Route.PANEL:
        raise IllegalMove("A director decides on this register, and no panel.")
    facts = _facts(starts_at, ends_at, mode, place, link, at)
    [reference] = take_references(Prefix.MEETING, 1, at=at)  # one planner at a time from here
    _check_free(register, facts, but=None)
    meeting = Meeting(reference=reference, register=register, called_by=by, called_at=at, **facts)
    _save(meeting, None)
    invite_panel(meeting=meeting, at=at)
    fill_agenda(meeting=meeting, at=at)
    note(meeting, by=by, at=at)
    return meeting


@action
def change_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    mode: MeetingMode | str,
    place: str,
    link: str,
    by: Any,
    at: datetime,
) -> Meeting:
    """Another time or place; everybody who is invited is told, and calendars follow.

    :raises NotYourPost, BadInput, AlreadyDone: as :func:`plan_meeting`.
    :raises IllegalMove: it has begun, is over, or was cancelled.
    """
    meeting = lock(meeting)
    check_runs(meeting.register, by=by, at=at)
    check_planned(meeting)
    facts = _facts(starts_at, ends_at, mode, place, link, at)
    if all(getattr(meeting, name) == value for name, value in facts.items()):
        return meeting
    _check_free(meeting.register, facts, but=meeting)
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    _save(meeting, [*facts, "sequence"])
    tell_everybody(MailKind.MEETING_CHANGED, meeting=meeting, at=at)
    invite_panel(meeting=meeting, at=at)
    note(meeting, by=by, at=at)
    return meeting


@action
def cancel_meeting(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """The meeting does not take place: its cases wait for another, and everybody is told.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises IllegalMove: it has begun, is over, or was cancelled before.
    """
    meeting = _lock(meeting)
    check_runs(meeting.register, by=by, at=at)
    check_move(MeetingState, meeting.state, MeetingState.CANCELLED, by=Power.RUN_MEETINGS)
    for item in _listed(meeting):
        check_move(ItemState, item.state, ItemState.REMOVED, by=Power.RUN_MEETINGS)
        item.state, item.closed_at = ItemState.REMOVED, at
        item.save(update_fields=["state", "closed_at"])
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence"])
    tell_everybody(MailKind.MEETING_CANCELLED, meeting=meeting, at=at)
    _take_to_the_next(meeting, at=at)
    note(meeting, by=by, at=at)
    return meeting


@action
def open_meeting(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """The panel is in session; who holds a seat and what waits is looked at once more.

    A clerk who opens it is there; everybody else is noted as they come.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises IllegalMove: it is in session, is over, or was cancelled.
    :raises NotReady: its time is hours away.
    :raises AlreadyDone: another meeting of this panel is in session.
    """
    meeting = _lock(meeting)
    register = meeting.register
    check_runs(register, by=by, at=at)
    check_move(MeetingState, meeting.state, MeetingState.OPEN, by=Power.RUN_MEETINGS)
    rules.check_may_open(meeting.starts_at, at=at)
    if Meeting.objects.filter(register=register, state=MeetingState.OPEN).exists():
        raise AlreadyDone("Another meeting of this panel is in session. Close it first.")
    meeting.state, meeting.opened_by, meeting.opened_at = MeetingState.OPEN, by, at
    meeting.save(update_fields=["state", "opened_by", "opened_at"])
    invite_panel(meeting=meeting, at=at)
    meeting.attendees.filter(user=by, capacity=Capacity.CLERK, came_at=None).update(came_at=at)
    fill_agenda(meeting=meeting, at=at)
    note(meeting, by=by, at=at)
    return meeting


@action
def close_meeting(*, meeting: Meeting, by: Any, at: datetime) -> Meeting:
    """The meeting is over: what was not reached is adjourned, and goes to the next one.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises IllegalMove: it is not in session.
    :raises Excluded: an urgent addition would end with it, and ``by`` is excluded from its case.
    :raises NotReady: an item is still open.
    """
    meeting = _lock(meeting)
    check_runs(meeting.register, by=by, at=at)
    _check_may_end_additions(meeting, by=by, at=at)
    check_move(MeetingState, meeting.state, MeetingState.CLOSED, by=Power.RUN_MEETINGS)
    listed = _listed(meeting)
    if meeting.items.filter(state__in=[ItemState.OPEN, ItemState.VOTING]).exists():
        sentence = "An item is still open. Decide or adjourn it first."
        raise NotReady(sentence, missing=[sentence])
    for item in listed:
        check_move(ItemState, item.state, ItemState.ADJOURNED, by=Power.RUN_MEETINGS)
        item.state, item.closed_at, item.adjourned_because = ItemState.ADJOURNED, at, NOT_REACHED
        item.save(update_fields=["state", "closed_at", "adjourned_because"])
    meeting.state, meeting.closed_by, meeting.closed_at = MeetingState.CLOSED, by, at
    meeting.save(update_fields=["state", "closed_by", "closed_at"])
    meeting.attendees.present().update(left_at=at)
    lapse_unratified(meeting=meeting, at=at)
    _take_to_the_next(meeting, at=at)
    note(meeting, by=by, at=at)
    return meeting


def _check_may_end_additions(meeting: Meeting, *, by: Any, at: datetime) -> None:
    """Nobody ends an urgent addition by a close whose case they are excluded from (B11, B41)."""
    apart = shut_out_of_each(each.case_id for each in unratified(meeting, at=at))
    if any(by.pk in people for people in apart.values()):
        raise Excluded(
            "An urgent addition ends with this meeting, and you are excluded from its case. "
            "Somebody else who runs the meeting closes it."
        )


def gaps(register: Register, at: datetime) -> list[rules.Gap]:
    """The times of the last year, and now, in which the panel met too seldom (B6)."""
    today = timezone.localdate(at)
    held: list[date] = []
    planned: list[date] = []
    meetings = Meeting.objects.filter(register=register).exclude(state=MeetingState.CANCELLED)
    for state, starts_at in meetings.values_list("state", "starts_at"):
        day = timezone.localdate(starts_at)
        (planned if state == MeetingState.PLANNED else held).append(day)
    found = rules.gaps(held=held, planned=planned, today=today, most=register.meeting_days)
    return [gap for gap in found if not gap.until or gap.until >= today - LOOKED_BACK]


def check_runs(register: Register, *, by: Any, at: datetime) -> None:
    """``by`` runs the meetings of this register's panel.

    :raises NotYourPost: they do not.
    :raises BriefingLapsed: a lapse suspends at once.
    """
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, register)


def check_planned(meeting: Meeting) -> None:
    """The meeting lies ahead.

    :raises IllegalMove: it has begun, is over, or was cancelled.
    """
    if meeting.state != MeetingState.PLANNED:
        raise IllegalMove(f"The meeting stands at “{MeetingState(meeting.state).label}”.")


def note(meeting: Meeting, *, by: Any, at: datetime) -> None:
    """A line of the access record on a meeting."""
    record(act=Act.MEETING, by=by, at=at, register=meeting.register, reference=meeting.reference)


def _lock(meeting: Meeting) -> Meeting:
    """The register first: two meetings that hand cases on to each other do not wait in a ring."""
    Register.objects.select_for_update(no_key=True).get(pk=meeting.register_id)
    return lock(meeting)


def _facts(
    starts_at: datetime, ends_at: datetime, mode: str, place: str, link: str, at: datetime
) -> dict[str, Any]:
    place, link = " ".join(place.split()), link.strip()
    rules.check_plan(starts_at=starts_at, ends_at=ends_at, mode=mode, place=place, link=link, at=at)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "mode": MeetingMode(mode),
        "place": place if mode in rules.WITH_PLACE else "",
        "link": link if mode in rules.WITH_LINK else "",
    }


def _check_free(register: Register, facts: dict[str, Any], *, but: Meeting | None) -> None:
    meetings = Meeting.objects.filter(
        register=register,
        state__in=[MeetingState.PLANNED, MeetingState.OPEN],
        starts_at__lt=facts["ends_at"],
        ends_at__gt=facts["starts_at"],
    )
    others = meetings.exclude(pk=but.pk) if but else meetings
    if others.exists():
        raise AlreadyDone("The panel has a meeting at this time already.")


def _save(meeting: Meeting, fields: Sequence[str] | None) -> None:
    try:
        meeting.clean_fields(exclude=["opened_at", "closed_at"])
    except ValidationError as problem:
        raise BadInput(problem.message_dict) from problem
    meeting.save(update_fields=fields)


def _listed(meeting: Meeting) -> list[AgendaItem]:
    items = meeting.items.select_for_update().order_by("pk")
    return [item for item in items if item.state == ItemState.LISTED]


def _take_to_the_next(meeting: Meeting, *, at: datetime) -> None:
    following = next_meeting(meeting.register, at=at)
    if following is not None:
        fill_agenda(meeting=following, at=at)
