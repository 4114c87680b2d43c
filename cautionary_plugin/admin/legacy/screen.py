"""The lists that were brought in, and the declaration that each is destroyed (A39)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import LegacyImport
from cautionary_plugin.rules.posts import Power


def _declared(row: LegacyImport) -> str:
    return instant(row.declared_at) if row.declared_at else str(_("Not yet declared destroyed"))


class LegacyScreen(RecordScreen):
    """One line a list."""

    path = "cautionary/legacy"
    label = _("Legacy lists")
    icon = "upload"
    order = 860
    needs = Power.IMPORT
    empty = _("No list has been brought in yet.")
    columns = (
        Column(_("List"), str),
        Column(_("Register"), lambda row: row.register.name),
        Column(_("Brought in"), lambda row: instant(row.imported_at)),
        Column(_("Entered"), lambda row: row.entered),
        Column(_("Held"), lambda row: row.held),
        Column(_("Refused"), lambda row: row.refused),
        Column(_("Old list"), _declared),
    )

    def rows(self, request: GatedRequest) -> QuerySet[LegacyImport]:
        return LegacyImport.objects.select_related("register", "imported_by", "declared_by")

    def links(self, request: GatedRequest) -> list[Button]:
        url = reverse("cautionary_legacy_upload")
        return [Button(_("Bring in a list"), url, posts=False)]

    def facts(self, request: GatedRequest, row: LegacyImport) -> list[tuple[Any, Any]]:
        told = [(column.heading, column.text(row)) for column in self.columns]
        return [*told, (_("Brought in by"), name_of(row.imported_by)), (_("SHA-256"), row.digest)]

    def history(self, request: GatedRequest, row: LegacyImport) -> list[tuple[Any, str, str]]:
        lines = [(row.imported_at, name_of(row.imported_by), str(_("Brought in")))]
        if row.declared_at:
            declared = (row.declared_at, name_of(row.declared_by), str(_("Declared destroyed")))
            lines.insert(0, declared)
        return lines

    def buttons(self, request: GatedRequest, row: LegacyImport) -> list[Button]:
        if row.declared_at or Power.DECLARE_DESTROYED not in request.standing.powers(row.register):
            return []
        url = reverse("cautionary_legacy_declare", args=[row.pk])
        return [Button(_("I declare that the old list is destroyed, in every copy"), url)]
