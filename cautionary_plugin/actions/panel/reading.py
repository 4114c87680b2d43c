"""Who may look at an item of the agenda: those who run the meeting, and those who decide (B11)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AgendaItem, Appointment
from cautionary_plugin.rules.errors import NoSeat, NotReady
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import Act, Capacity


def check_may_look(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """The person runs the meeting, is a member, or is a briefed deputy at this very meeting.

    Members see nothing of an item before it is opened or its papers are released.

    :raises NotYourPost, BriefingLapsed: no post of the panel, or not briefed.
    :raises Excluded: shut out of the case.
    :raises NoSeat: a deputy whom nobody briefed for this meeting (B8).
    :raises NotReady: there is nothing to see yet.
    :raises NoSuchEntry: the file is not read any more.
    """
    standing = standing_of(by, at=at)
    register = item.meeting.register
    standing.check_any_power(frozenset({Power.RUN_MEETINGS, Power.SIT_ON_PANEL}), register)
    check_not_shut_out(item.case, by)
    check_in_use(item.case_file, at=at)
    if _runs_meetings(standing, item):
        standing.check_may_handle(Power.RUN_MEETINGS, register)
        return
    standing.check_may_handle(Power.SIT_ON_PANEL, register)
    if not _is_member(standing, item):
        _check_briefed_deputy(item, by)
    if item.state == ItemState.LISTED and item.papers_at is None:
        sentence = "The item is not open yet, and its papers are not released."
        raise NotReady(sentence, missing=[sentence])


@action
def look_at_item(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """Open an item's page; that somebody did is recorded.

    :raises NotAllowed, NotReady: see :func:`check_may_look`.
    """
    check_may_look(item, by=by, at=at)
    register, reference = item.meeting.register, item.case.reference
    record(act=Act.READ_CASE, by=by, at=at, register=register, reference=reference)


def _runs_meetings(standing: Standing, item: AgendaItem) -> bool:
    """As clerk, chair or owner; whoever stands in for the chair looks as a deputy looks (B8)."""
    return any(
        Power.RUN_MEETINGS in powers and not (each.as_deputy and Power.SIT_ON_PANEL in powers)
        for each, powers in _posts(standing, item)
    )


def _is_member(standing: Standing, item: AgendaItem) -> bool:
    return any(
        Power.SIT_ON_PANEL in powers and not each.as_deputy
        for each, powers in _posts(standing, item)
    )


def _posts(standing: Standing, item: AgendaItem) -> list[tuple[Appointment, frozenset[Power]]]:
    """The appointments that count on this panel's register, with their powers."""
    return [
        (each, powers_of(each.post.kind))
        for each in standing.appointments
        if each.post.register_id in (None, item.meeting.register_id)
    ]


def _check_briefed_deputy(item: AgendaItem, by: Any) -> None:
    deputies = item.meeting.attendees.filter(capacity=Capacity.DEPUTY, user=by)
    if not deputies.filter(briefed_at__isnull=False).exists():
        raise NoSeat("You deputise at the panel, but were not briefed for this meeting.")
