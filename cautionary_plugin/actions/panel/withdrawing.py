"""Cases about an entry that has ended have nothing left to decide, and leave the agenda (B4)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AgendaItem, PanelCase
from cautionary_plugin.rules.states import (
    THE_CLOCK,
    CaseState,
    EntryState,
    ItemState,
    check_move,
)

from .invitations import uninvite_for

IN_HAND = (ItemState.OPEN, ItemState.VOTING)


@action
def withdraw_cases_of(entries: Iterable[Any], *, at: datetime) -> int:
    """What waits about entries that have ended is withdrawn; return how many there were.

    Called by whatever ends the entries, within its transaction. What the panel is deciding at
    this moment stays with the panel, and what somebody else holds is left to the daily run.

    :param entries: locked by the caller; they, or their keys.
    """
    return _withdraw(PanelCase.objects.filter(entry__in=list(entries)), at=at)


@action
def withdraw_leftovers(*, at: datetime) -> int:
    """As :func:`withdraw_cases_of`, for every entry that has ended: what was held at the time."""
    return _withdraw(PanelCase.objects.filter(entry__state=EntryState.ENDED), at=at)


def _withdraw(cases: QuerySet[PanelCase], *, at: datetime) -> int:
    decided_now = AgendaItem.objects.filter(case=OuterRef("pk"), state__in=IN_HAND)
    waiting = cases.filter(~Exists(decided_now), state=CaseState.WAITING).order_by("pk")
    found = list(waiting.select_for_update(of=("self",), skip_locked=True))
    for case in found:
        check_move(CaseState, case.state, CaseState.WITHDRAWN, by=THE_CLOCK)
        case.state, case.settled_at = CaseState.WITHDRAWN, at
        case.save(update_fields=["state", "settled_at"])
        _take_off(case, at=at)
    return len(found)


def _take_off(case: PanelCase, *, at: datetime) -> None:
    listed = case.items.filter(state=ItemState.LISTED).select_for_update(skip_locked=True)
    for item in listed:
        check_move(ItemState, item.state, ItemState.REMOVED, by=THE_CLOCK)
        item.state, item.closed_at = ItemState.REMOVED, at
        item.save(update_fields=["state", "closed_at"])
        uninvite_for(item=item, at=at)
