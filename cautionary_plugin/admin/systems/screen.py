"""The list of named systems, and one system's page."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import key_of
from cautionary_plugin.actions.systems import EITHER, may_approve, may_end
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.conf import conf
from cautionary_plugin.models import AccessRecord, NamedSystem
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Purpose

LATEST = 100


class SystemScreen(RecordScreen):
    """Every system, those that may call first."""

    path = "cautionary/systems"
    label = _("Named systems")
    icon = "code"
    order = 520
    needs = EITHER
    key = "slug"
    empty = _(
        "No system is on file. Name one where a program, such as a diary of visits, is to check "
        "the register by itself. People need none: they call in their own session."
    )
    columns = (
        Column(_("Name"), lambda row: row.name),
        Column(_("May"), lambda row: _doings(row)),
        Column(_("Stands"), lambda row: stands(row)),
        Column(_("Until"), lambda row: day(row.ends_on)),
    )

    def rows(self, request: GatedRequest) -> QuerySet[NamedSystem]:
        related = "service", "made_by", "approved_by", "ended_by"
        return (
            NamedSystem.objects.select_related(*related)
            .prefetch_related("registers")
            .order_by("ended_at", "name", "slug")
        )

    def links(self, request: GatedRequest) -> list[Button]:
        if Power.KEEP_SYSTEMS not in request.standing.powers():
            return []
        return [Button(_("Name a system"), reverse("cautionary_system_name"), posts=False)]

    def facts(self, request: GatedRequest, row: NamedSystem) -> list[tuple[Any, Any]]:
        told = facts_of(row)
        if row.approved_at:
            told.append((_("Approved"), f"{instant(row.approved_at)}, {name_of(row.approved_by)}"))
        if row.ended_at:
            told.append((_("Ended"), f"{instant(row.ended_at)}, {name_of(row.ended_by)}"))
        return told

    def notice(self, request: GatedRequest, row: NamedSystem) -> Any:
        if not conf.API:
            return _("The interface for programs is switched off on this site (CAUTIONARY_API).")
        return "" if _may_call(row) else stands(row)

    def history(self, request: GatedRequest, row: NamedSystem) -> list[tuple[Any, str, str]]:
        """What was done about it, and what it has done."""
        about = AccessRecord.objects.filter(act=Act.SYSTEM, reference=row.slug)
        own = AccessRecord.objects.filter(user_key=key_of(row))
        lines = (about | own).select_related("user").order_by("-at")[:LATEST]
        return [(line.at, name_of(line.user) or row.name, Act(line.act).label) for line in lines]

    def buttons(self, request: GatedRequest, row: NamedSystem) -> list[Button]:
        if row.ended_at:
            return []
        found = []
        is_second = row.made_by_id != request.user.pk
        if row.approved_at is None and is_second and may_approve(row, request.standing):
            found.append(Button(_("Approve"), _url("approve", row), posts=False))
        if may_end(row, request.standing):
            found.append(Button(_("End it"), _url("end", row), posts=False))
        return found


def facts_of(row: NamedSystem) -> list[tuple[Any, Any]]:
    """What a system is, and what it is to be allowed."""
    return [
        (_("Name"), row.name),
        (_("Short name"), row.slug),
        (_("May"), _doings(row)),
        (_("On"), "\n".join(register.name for register in row.registers.all())),
        (_("For the service"), row.service.name),
        (_("For the purpose"), Purpose(row.purpose).label),
        (_("From the networks"), row.networks),
        (_("Checks and reports an hour, at most"), str(row.rate)),
        (_("Until"), day(row.ends_on)),
        (_("Named"), f"{instant(row.made_at)}, {name_of(row.made_by)}"),
    ]


def stands(row: NamedSystem) -> Any:
    """Whether it may call, in a few words."""
    if row.ended_at:
        return _("Ended")
    if row.approved_at is None:
        return _("Waits for its approval by a second person")
    return _("May call") if _may_call(row) else _("Its term is over")


def _may_call(row: NamedSystem) -> bool:
    in_force = row.approved_at is not None and row.ended_at is None
    return in_force and timezone.localdate() < row.ends_on


def _doings(row: NamedSystem) -> str:
    return "\n".join(doing.label for doing in sorted(row.doings))


def _url(name: str, row: NamedSystem) -> str:
    return reverse(f"cautionary_system_{name}", args=[row.slug])
