"""What was erased, when and why: nothing about whom (L7)."""

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.access import record
from cautionary_plugin.admin.base import Column, FilterForm, RecordScreen
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import DeletionCertificate
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.vocabulary import Act

ANY: list[tuple[str, Any]] = [("", lazy("Any"))]


class CertificateFilters(FilterForm):
    """By why, and by the file's reference."""

    cause = forms.ChoiceField(label=lazy("Why"), choices=[*ANY, *Cause.choices()], required=False)
    file_reference = forms.CharField(label=lazy("File"), max_length=24, required=False)


def _finished(row: DeletionCertificate) -> str:
    return (
        instant(row.erased_at) if row.erased_at else _("Not finished: the next daily run goes on")
    )


def _entries(row: DeletionCertificate) -> str:
    return ", ".join(row.entry_references) or "–"


def _counted(row: DeletionCertificate) -> str:
    """Each kind of thing that was removed, and how many."""
    told = [f"{_kind(name)}: {number}" for name, number in row.removed.get("rows", {}).items()]
    if "versions" in row.removed:
        told.append(_("stored objects, with all versions: %s") % row.removed["versions"])
    return "\n".join(told)


def _kind(name: str) -> str:
    try:
        return str(apps.get_model("cautionary_plugin", name)._meta.verbose_name)
    except LookupError:
        return name


class CertificateScreen(RecordScreen):
    """One line a file."""

    path = "cautionary/certificates"
    label = lazy("Deletion certificates")
    icon = "bin"
    order = 700
    needs = Power.SEE_CERTIFICATES
    key = "number"
    filters = CertificateFilters
    empty = lazy("Nothing has been erased yet. The daily run erases what is due.")
    columns = (
        Column(lazy("Number"), lambda row: row.number),
        Column(lazy("File"), lambda row: row.file_reference),
        Column(lazy("Entries"), _entries),
        Column(lazy("Why"), lambda row: Cause(row.cause).label),
        Column(lazy("Erased"), _finished),
    )

    def rows(self, request: GatedRequest) -> QuerySet[DeletionCertificate]:
        return DeletionCertificate.objects.all()

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def facts(self, request: GatedRequest, row: DeletionCertificate) -> list[tuple[Any, Any]]:
        told = [(column.heading, column.text(row)) for column in self.columns]
        return [
            *told,
            (_("Begun"), instant(row.started_at)),
            (_("Removed"), _counted(row) or _("Nothing was left of it")),
            (_("Line in the journal"), f"{row.number} · {row.file_id}"),
        ]

    def history(
        self, request: GatedRequest, row: DeletionCertificate
    ) -> list[tuple[Any, str, str]]:
        lines = [(row.started_at, "", _("Begun: its key was destroyed"))]
        if row.erased_at:
            lines.insert(0, (row.erased_at, "", _("Erased")))
        return lines
