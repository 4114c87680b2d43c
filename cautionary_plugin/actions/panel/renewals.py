"""Entries on the schedule come before the panel again: before they end, or when it happens again.

Nothing is renewed by itself: without a decision the entry ends on its day, and its file is erased
(B4, B52).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import CaseFile, Entry, PanelCase, Register
from cautionary_plugin.rules.states import CaseState
from cautionary_plugin.rules.vocabulary import CaseKind, Route

from .cases import open_case
from .repeat import new_incidents


def open_renewals(*, at: datetime) -> int:
    """A renewal waits for the panel for each entry that ends soon, or about which there is more.

    However late this runs, and whoever else runs it: each is opened once.

    :returns: how many were opened.
    """
    opened = 0
    for register in Register.objects.filter(route=Route.PANEL).order_by("pk"):
        live = Entry.objects.live_at(at).filter(register=register).order_by("expires_at", "pk")
        for pk in live.values_list("pk", flat=True):
            opened += _renew(pk, at=at) is not None
    return opened


@action
def renew_at_once(*, case_file: CaseFile, at: datetime) -> list[PanelCase]:
    """Something new was reported or decided about a file: its entries come before the panel.

    Called by the act that substantiates it, in its transaction; the daily run finds what was not.
    """
    file = case_file.joined_to_id or case_file.pk
    live = Entry.objects.live_at(at).filter(case_file=file, register__route=Route.PANEL)
    opened = [_renew(pk, at=at) for pk in live.order_by("pk").values_list("pk", flat=True)]
    return [case for case in opened if case is not None]


@action
def _renew(pk: UUID, *, at: datetime) -> PanelCase | None:
    """Open the renewal of an entry, if it is time and nobody has."""
    entry = lock(Entry(pk=pk))
    if not Entry.objects.live_at(at).filter(pk=pk).exists():
        return None
    renewals = PanelCase.objects.filter(entry=entry, kind=CaseKind.RENEWAL)
    waiting = renewals.filter(state=CaseState.WAITING).first()
    if waiting is not None:
        _keep_day(waiting, entry)
        return None
    new = [each for each in new_incidents(entry) if not _dealt_with(renewals, each)]
    if not new and not _ends_soon(entry, renewals, at=at):
        return None
    first = first_case(entry)
    return open_case(
        kind=CaseKind.RENEWAL,
        register=entry.register,
        case_file=entry.case_file,
        entry=entry,
        report=new[-1] if new else (first.report if first else None),
        risk=entry.risk,
        presenter=first.presenter if first else None,
        decide_by=last_day(entry),
        by=None,
        at=at,
    )


def first_case(entry: Entry) -> PanelCase | None:
    """The case by which an entry came on the schedule, if the panel made it."""
    about = Q(decisions__entry=entry) | Q(entry=entry)
    return PanelCase.objects.filter(about).order_by("referred_at", "pk").first()


def _ends_soon(entry: Entry, renewals: Any, *, at: datetime) -> bool:
    """Whether the panel is to say if the entry goes on; it says so once for each end."""
    ahead = timezone.localdate(at) + timedelta(days=entry.register.renewal_days)
    soon = entry.expires_at <= over_after(ahead)
    return soon and not renewals.filter(decide_by=last_day(entry)).exists()


def _dealt_with(renewals: Any, report: Any) -> bool:
    """Whether a renewal was about this report, or was settled with the report on file."""
    return bool(renewals.filter(Q(report=report) | Q(settled_at__gte=report.changed_at)).exists())


def _keep_day(waiting: PanelCase, entry: Entry) -> None:
    """An appeal may have brought the end forward."""
    if waiting.decide_by != last_day(entry):
        waiting.decide_by = last_day(entry)
        waiting.save(update_fields=["decide_by"])
