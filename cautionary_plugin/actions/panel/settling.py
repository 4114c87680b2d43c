"""What the ratification of an urgent addition settles, and what it leaves behind (B41)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.access import record
from cautionary_plugin.models import AgendaItem, Entry, PanelCase, UrgentAddition
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import THE_CLOCK, CaseState, ItemState, check_move
from cautionary_plugin.rules.vocabulary import Act, CaseKind


def settle_addition(entry: Entry, *, ratified: bool, at: datetime) -> None:
    """The panel has met on it, and that is known of the addition from now on."""
    unsettled = UrgentAddition.objects.filter(entry=entry, ratified=None)
    unsettled.update(ratified=ratified, settled_at=at)


def withdraw_referrals(case: PanelCase, *, by: Any, at: datetime) -> None:
    """The report was referred besides: it is decided with the ratification, and waits no more."""
    others = PanelCase.objects.filter(
        report=case.report,
        register=case.register,
        kind=CaseKind.REFERRAL,
        state=CaseState.WAITING,
    )
    for other in others.exclude(report=None).exclude(pk=case.pk).select_for_update():
        check_move(CaseState, other.state, CaseState.WITHDRAWN, by=Power.RUN_MEETINGS)
        take_off_agendas(other, at=at)
        other.state, other.settled_at, other.withdrawn_by = CaseState.WITHDRAWN, at, by
        other.withdrawn_because = f"Decided with the ratification, {case.reference}."
        other.save()
        record(act=Act.ITEM, by=by, at=at, register=other.register, reference=other.reference)


def take_off_agendas(case: PanelCase, *, at: datetime) -> None:
    """The case is settled: what is still to come of it on an agenda does not come."""
    for item in AgendaItem.objects.filter(case=case, state=ItemState.LISTED):
        check_move(ItemState, item.state, ItemState.REMOVED, by=THE_CLOCK)
        item.state, item.closed_at = ItemState.REMOVED, at
        item.save(update_fields=["state", "closed_at"])
