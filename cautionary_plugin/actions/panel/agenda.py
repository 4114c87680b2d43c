"""The agenda: what waits comes on it by itself, and the clerk puts it in order (B4, B12, B41)."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Max, QuerySet, Value, When

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import AgendaItem, Meeting, PanelCase, Register
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState, MeetingState, check_move
from cautionary_plugin.rules.vocabulary import Act, CaseKind

from .invitations import invite_for, uninvite_for

ON_AGENDA = (ItemState.LISTED, ItemState.OPEN, ItemState.VOTING)


def next_meeting(register: Register, *, at: datetime) -> Meeting | None:
    """The planned meeting that comes first, or None."""
    planned = Meeting.objects.filter(register=register, state=MeetingState.PLANNED, ends_at__gt=at)
    return planned.order_by("starts_at").first()


def waiting_cases(register: Register) -> QuerySet[PanelCase]:
    """Cases that wait for the panel on no agenda, in the order in which they come up.

    Ratifications first, since they lapse; then renewals, by the end of the entry; then the rest,
    by the day of referral.
    """
    listed = AgendaItem.objects.filter(state__in=ON_AGENDA)
    rank = Case(
        When(kind=CaseKind.RATIFICATION.value, then=Value(0)),
        When(kind=CaseKind.RENEWAL.value, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    due = Case(When(kind=CaseKind.RENEWAL.value, then=F("decide_by")))
    waiting: QuerySet[PanelCase] = PanelCase.objects.filter(
        register=register, state=CaseState.WAITING
    )
    return (
        waiting.exclude(pk__in=listed.values("case"))
        .annotate(rank=rank, due=due)
        .order_by("rank", F("due").asc(nulls_last=True), "referred_at", "pk")
    )


@action
def fill_agenda(*, meeting: Meeting, at: datetime, by: Any = None) -> list[AgendaItem]:
    """Everything that waits comes on the agenda.

    :param by: whoever asks for it; None where it happens by itself.
    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises IllegalMove: the meeting is over or was cancelled.
    """
    meeting = lock(meeting)
    if by is not None:
        _check_runs(meeting, by=by, at=at)
    _check_takes_items(meeting)
    items = [_put_on(meeting, case, at=at) for case in waiting_cases(meeting.register)]
    return [item for item in items if item is not None]


@action
def list_on_next(*, case: PanelCase, at: datetime) -> AgendaItem | None:
    """A case comes on the agenda of the next planned meeting, if there is one."""
    meeting = next_meeting(case.register, at=at)
    return _put_on(lock(meeting), case, at=at) if meeting else None


@action
def list_case(*, meeting: Meeting, case: PanelCase, by: Any, at: datetime) -> AgendaItem:
    """Put a case on the agenda of one meeting.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: ``by`` is shut out of the case.
    :raises IllegalMove: the meeting is over, or the case is decided or another panel's.
    :raises AlreadyDone: it is on an agenda.
    """
    meeting = lock(meeting)
    _check_runs(meeting, by=by, at=at)
    _check_takes_items(meeting)
    check_not_shut_out(case, by)
    if case.register_id != meeting.register_id:
        raise IllegalMove("The case is before another panel.")
    item = _put_on(meeting, case, at=at)
    if item is None:
        raise AlreadyDone("The case is on an agenda already, or is decided.")
    _note(item, by=by, at=at)
    return item


@action
def take_off(*, item: AgendaItem, by: Any, at: datetime) -> AgendaItem:
    """Take an item off the agenda; its case waits for another meeting.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: ``by`` is shut out of the case.
    :raises IllegalMove: it was begun, decided or taken off before.
    """
    meeting = lock(item.meeting)
    item = lock(item)
    _check_runs(meeting, by=by, at=at)
    check_not_shut_out(item.case, by)
    check_move(ItemState, item.state, ItemState.REMOVED, by=Power.RUN_MEETINGS)
    item.state, item.closed_at = ItemState.REMOVED, at
    item.save(update_fields=["state", "closed_at"])
    _number(_others(item))
    uninvite_for(item=item, at=at)
    _note(item, by=by, at=at)
    return item


@action
def move_item(*, item: AgendaItem, to: int, by: Any, at: datetime) -> AgendaItem:
    """Give an item another number on the agenda; the others make room.

    :param to: from 1; beyond the end means last.
    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: ``by`` is shut out of the case.
    :raises IllegalMove: the item was begun or is closed.
    :raises BadInput: under ``to``: no number of an agenda.
    """
    meeting = lock(item.meeting)
    _check_runs(meeting, by=by, at=at)
    item = lock(item)
    check_not_shut_out(item.case, by)
    if item.state != ItemState.LISTED:
        raise IllegalMove("Only what is still to come can be moved.")
    if to < 1:
        raise BadInput({"to": ["The first number is 1."]})
    others = _others(item)
    _number([*others[: to - 1], item, *others[to - 1 :]])
    item.refresh_from_db()
    _note(item, by=by, at=at)
    return item


def current_item(case: PanelCase) -> AgendaItem | None:
    """The item under which a case is on an agenda now, or None."""
    items: QuerySet[AgendaItem] = case.items.filter(state__in=ON_AGENDA)
    return items.select_related("meeting", "case").first()


def number_of(item: AgendaItem) -> int:
    """The number under which the agenda shows an item, from 1; what was taken off has none."""
    shown = item.meeting.items.exclude(state=ItemState.REMOVED).order_by("position", "pk")
    keys = list(shown.values_list("pk", flat=True))
    return keys.index(item.pk) + 1 if item.pk in keys else 1


def _put_on(meeting: Meeting, case: PanelCase, *, at: datetime) -> AgendaItem | None:
    """A new item at its place; None where the case waits no more, or is on an agenda."""
    case = lock(case)
    if case.state != CaseState.WAITING or current_item(case):
        return None
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        case_file=case.case_file, meeting=meeting, case=case, position=last + 1, listed_at=at
    )
    if case.kind == CaseKind.RATIFICATION:
        _bring_forward(item)
    invite_for(item=item, at=at)
    return item


def _bring_forward(item: AgendaItem) -> None:
    """A ratification comes before whatever else has not begun."""
    others = _others(item)
    for place, other in enumerate(others):
        if other.state == ItemState.LISTED and other.case.kind != CaseKind.RATIFICATION:
            _number([*others[:place], item, *others[place:]])
            item.refresh_from_db()
            return


def _others(item: AgendaItem) -> list[AgendaItem]:
    """The rest of the agenda in its order, without what was taken off."""
    items = item.meeting.items.exclude(pk=item.pk).exclude(state=ItemState.REMOVED)
    return list(items.select_related("case").order_by("position", "pk"))


def _number(items: list[AgendaItem]) -> None:
    for position, each in enumerate(items, start=1):
        if each.position != position:
            AgendaItem.objects.filter(pk=each.pk).update(position=position)


def _check_runs(meeting: Meeting, *, by: Any, at: datetime) -> None:
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, meeting.register)


def _check_takes_items(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        raise IllegalMove(f"The meeting stands at “{MeetingState(meeting.state).label}”.")


def _note(item: AgendaItem, *, by: Any, at: datetime) -> None:
    record(
        act=Act.MEETING,
        by=by,
        at=at,
        register=item.meeting.register,
        reference=item.case.reference,
    )
