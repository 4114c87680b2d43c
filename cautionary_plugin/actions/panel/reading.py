"""Who may look at an item of the agenda: those who run the meeting, and those who decide (B11)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AgendaItem
from cautionary_plugin.rules.errors import NoSeat
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.vocabulary import Act, Capacity

OPENS = (Power.RUN_MEETINGS, Power.SIT_ON_PANEL)


def check_may_look(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """The person runs the meeting, is a member, or is a briefed deputy at this very meeting.

    :raises NotYourPost, BriefingLapsed: no post of the panel, or not briefed.
    :raises Excluded: shut out of the case.
    :raises NoSeat: a deputy whom nobody briefed for this meeting (B8).
    :raises NoSuchEntry: the file is not read any more.
    """
    standing = standing_of(by, at=at)
    register = item.meeting.register
    held = standing.powers(register)
    standing.check_any_power(frozenset(OPENS), register)
    standing.check_may_handle(next(power for power in OPENS if power in held), register)
    check_not_shut_out(item.case, by)
    check_in_use(item.case_file, at=at)
    if Power.RUN_MEETINGS not in held and not _is_member(standing, item):
        _check_briefed_deputy(item, by)


@action
def look_at_item(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """Open an item's page; that somebody did is recorded.

    :raises NotAllowed: see :func:`check_may_look`.
    """
    check_may_look(item, by=by, at=at)
    register, reference = item.meeting.register, item.case.reference
    record(act=Act.READ_CASE, by=by, at=at, register=register, reference=reference)


def _is_member(standing: Standing, item: AgendaItem) -> bool:
    return any(
        Power.SIT_ON_PANEL in powers_of(each.post.kind)
        and not each.as_deputy
        and each.post.register_id in (None, item.meeting.register_id)
        for each in standing.appointments
    )


def _check_briefed_deputy(item: AgendaItem, by: Any) -> None:
    deputies = item.meeting.attendees.filter(capacity=Capacity.DEPUTY, user=by)
    if not deputies.filter(briefed_at__isnull=False).exists():
        raise NoSeat("You deputise at the panel, but were not briefed for this meeting.")
