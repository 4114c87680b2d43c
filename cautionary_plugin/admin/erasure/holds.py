"""The files that a legal hold keeps: reference, until when, who; never whom it is about (L13)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cautionary_plugin.access.exclusion import file_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.erasure import when_due
from cautionary_plugin.actions.holds import registers_of_each
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import LegalHold
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Purpose


def _standing(row: LegalHold) -> str:
    if row.lifted_at:
        return _("Lifted")
    return _("In force") if row.ends_on > timezone.localdate() else _("Over")


class HoldScreen(RecordScreen):
    """One line a hold."""

    path = "cautionary/holds"
    label = lazy("Legal holds")
    icon = "lock"
    order = 710
    needs = Power.PLACE_LEGAL_HOLDS
    empty = lazy("No file is held. Place a hold when a court or a claim needs a file kept.")
    columns = (
        Column(lazy("File"), lambda row: row.case_file.reference),
        Column(lazy("Standing"), _standing),
        Column(lazy("Until"), lambda row: day(row.ends_on)),
        Column(lazy("Placed by"), lambda row: name_of(row.placed_by)),
        Column(lazy("Placed"), lambda row: instant(row.placed_at)),
    )

    def rows(self, request: GatedRequest) -> QuerySet[LegalHold]:
        mine = {each.pk for each in request.standing.over(Power.PLACE_LEGAL_HOLDS) if each}
        held = LegalHold.objects.order_by().values_list("case_file", flat=True)
        theirs = [file for file, keys in registers_of_each(held).items() if keys & mine]
        known = LegalHold.objects.filter(file_not_shut_out(request.user), case_file__in=theirs)
        return known.select_related("case_file", "placed_by", "lifted_by")

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def links(self, request: GatedRequest) -> list[Button]:
        return [Button(_("Place a legal hold"), reverse("cautionary_place_hold"), posts=False)]

    def opened(self, request: GatedRequest, row: LegalHold) -> None:
        record(
            act=Act.VIEWED,
            by=request.user,
            at=request.now,
            reference=row.case_file.reference,
            purpose=Purpose.SUPERVISION,
        )

    def facts(self, request: GatedRequest, row: LegalHold) -> list[tuple[Any, Any]]:
        told = [(column.heading, column.text(row)) for column in self.columns]
        told += [(_("Reason"), row.reason), (_("Without this hold"), _otherwise(request, row))]
        if row.lifted_at:
            lifted = f"{instant(row.lifted_at)}, {name_of(row.lifted_by)}"
            told.append((_("Lifted"), lifted))
        return told

    def history(self, request: GatedRequest, row: LegalHold) -> list[tuple[Any, str, str]]:
        lines = [(row.placed_at, name_of(row.placed_by), _("Placed"))]
        if row.lifted_at:
            lines.insert(0, (row.lifted_at, name_of(row.lifted_by), _("Lifted")))
        return lines

    def buttons(self, request: GatedRequest, row: LegalHold) -> list[Button]:
        if row.lifted_at or row.ends_on <= timezone.localdate(request.now):
            return []
        return [Button(_("Lift this hold"), reverse("cautionary_lift_hold", args=[row.pk]))]


def _otherwise(request: GatedRequest, row: LegalHold) -> str:
    """What would happen to the file, so that a hold is seen to stop it."""
    found = when_due(row.case_file, at=request.now)
    if found is None:
        return _("Nothing would be erased yet: an entry is live or held.")
    when, cause = found
    if when <= request.now:
        return _("The file would be erased now. %(why)s.") % {"why": cause.label}
    return _("The file would be erased on %(day)s. %(why)s.") % {
        "day": day(timezone.localdate(when)),
        "why": cause.label,
    }
