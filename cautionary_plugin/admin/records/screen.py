"""The access record, for the owner and the data protection officer (L5)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of, people_by_key, who_in_words
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.enrolment import ACCOUNT
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import AccessRecord, EmergencyAccess
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose

from .forms import RecordFilters


def _who(line: AccessRecord) -> str:
    return who_in_words(line.user_key, line.user)


def _purpose(line: AccessRecord) -> str:
    return Purpose(line.purpose).label if line.purpose else ""


def _outcome(line: AccessRecord) -> str:
    return Outcome(line.outcome).label if line.outcome else ""


def _reason(line: AccessRecord) -> list[tuple[Any, Any]]:
    """Why somebody took emergency access: for those who answer for it, and nobody else."""
    if line.act != Act.BROKE_GLASS:
        return []
    taken = EmergencyAccess.objects.filter(
        user=line.user, register=line.register, opened_at=line.at
    )
    return [(_("Reason"), access.reason) for access in taken]


def _whose(line: AccessRecord) -> list[tuple[Any, Any]]:
    """Whose second factor it was: mail and the record itself say it by the account's key alone."""
    key = line.reference.removeprefix(ACCOUNT)
    if key == line.reference:
        return []
    return [(_("Whose"), name_of(people_by_key([key]).get(key)) or f"#{key}")]


class AccessRecordScreen(RecordScreen):
    """Who did what, when, why and on which reference; never a name from the register."""

    path = "cautionary/access-record"
    label = _("Access record")
    icon = "history"
    order = 850
    needs = Power.SEE_ACCESS_RECORD
    filters = RecordFilters
    empty = _("Nothing has been recorded yet.")
    columns = (
        Column(_("When"), lambda line: instant(line.at)),
        Column(_("Who"), _who),
        Column(_("What"), lambda line: Act(line.act).label),
        Column(_("Purpose"), _purpose),
        Column(_("Outcome"), _outcome),
        Column(_("Reference"), lambda line: line.reference),
        Column(_("Screen"), lambda line: line.screen),
    )

    def rows(self, request: GatedRequest) -> QuerySet[AccessRecord]:
        answerable = request.standing.over(Power.SEE_ACCESS_RECORD) - {None}
        lines = AccessRecord.objects.filter(Q(register=None) | Q(register__in=answerable))
        return lines.select_related("user", "register")

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def links(self, request: GatedRequest) -> list[Button]:
        return [Button(_("Who looked, by month"), reverse("cautionary_who_looked"), posts=False)]

    def facts(self, request: GatedRequest, row: AccessRecord) -> list[tuple[Any, Any]]:
        told = [(column.heading, column.text(row)) for column in self.columns]
        place = (_("Line"), f"{row.number:,}" if row.number else _("Not linked yet"))
        digest = (_("Digest"), row.digest)
        return [*told, *_whose(row), place, digest, *_reason(row)]

    def history(self, request: GatedRequest, row: AccessRecord) -> list[tuple[Any, str, str]]:
        return [(row.at, _who(row), Act(row.act).label)]
