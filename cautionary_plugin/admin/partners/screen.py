"""The list of partners, and one partner's page."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.partners import open_partner
from cautionary_plugin.actions.partners.keeping import READERS
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import (
    AccessRecord,
    Partner,
    PartnerCertificate,
    SharingAgreement,
)
from cautionary_plugin.outbox.partner_standing import addressees_of, missing_for
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import REFUSAL
from cautionary_plugin.rules.vocabulary import Act

from .told import agreements_of, contacts_of, mail_of, shared_with, withdrawals_of


class PartnerScreen(RecordScreen):
    """Every partner, those with contact first; no contact's name stands in the list."""

    path = "cautionary/partners"
    label = _("Partners")
    icon = "group"
    order = 500
    needs = READERS
    key = "reference"
    empty = _(
        "No partner is on file. Add the organisations whose staff meet the same people, and those "
        "that asked and do not."
    )
    page = "cautionary_plugin/admin/partners/partner.html"
    columns = (
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.name),
        Column(_("Stands"), lambda row: _stands(row)),
        Column(_("Entries that it has"), lambda row: row.entries_shared),
        Column(_("Deletions to confirm"), lambda row: row.withdrawals_open),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Partner]:
        open_ones = Q(withdrawals__acknowledged_on=None, withdrawals__isnull=False)
        shared = Q(disclosures__withdrawn_at=None, disclosures__isnull=False)
        return (
            _with_standing(Partner.objects.all(), request.now)
            .annotate(
                entries_shared=Count("disclosures", filter=shared, distinct=True),
                withdrawals_open=Count("withdrawals", filter=open_ones, distinct=True),
            )
            .order_by("ended_at", "-has_contact", "name", "reference")
        )

    def links(self, request: GatedRequest) -> list[Button]:
        found = [
            Button(_("Trusted authorities"), reverse("cautionary_authorities"), posts=False),
        ]
        if Power.KEEP_PARTNERS in request.standing.powers():
            found = [
                Button(_("Add a partner"), reverse("cautionary_partner_add"), posts=False),
                Button(_("Name a shared site"), reverse("cautionary_site_add"), posts=False),
                *found,
            ]
        return found

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: Partner) -> None:
        open_partner(partner=row, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: Partner) -> list[tuple[Any, Any]]:
        told = [
            (_("Organisation"), row.name),
            (_("Comes into contact"), _("Yes") if row.has_contact else _("No")),
            (_("On what that rests"), row.basis),
            (_("Sites"), "\n".join(site.name for site in row.sites.all())),
            (_("Added"), f"{instant(row.added_at)}, {name_of(row.added_by)}"),
        ]
        if row.ended_at:
            told.append((_("Ended"), f"{instant(row.ended_at)}, {name_of(row.ended_by)}"))
        return [(label, text) for label, text in told if text]

    def more(self, request: GatedRequest, row: Partner) -> dict[str, Any]:
        missing = _missing(row, request.now)
        powers = request.standing.powers()
        keeps = Power.KEEP_PARTNERS in powers and row.ended_at is None
        return {
            "partner": row,
            "missing": missing,
            "ready": not missing and row.has_contact,
            "keeps": keeps,
            "records": Power.KEEP_PARTNERS in powers,
            "shares": Power.SHARE in powers and row.has_contact and row.ended_at is None,
            "contacts": contacts_of(row, request, keeps=keeps),
            "agreements": agreements_of(row, request),
            "shared": shared_with(row, request),
            "withdrawals": withdrawals_of(row, request),
            "mail": mail_of(row),
        }

    def notice(self, request: GatedRequest, row: Partner) -> Any:
        return "" if row.has_contact else REFUSAL

    def history(self, request: GatedRequest, row: Partner) -> list[tuple[Any, str, str]]:
        about = Q(reference=row.reference) | Q(screen=row.reference)
        lines = AccessRecord.objects.filter(about).select_related("user")[:200]
        return [(line.at, name_of(line.user), Act(line.act).label) for line in lines]

    def buttons(self, request: GatedRequest, row: Partner) -> list[Button]:
        if Power.KEEP_PARTNERS not in request.standing.powers() or row.ended_at:
            return []
        return [
            Button(_("Change"), _url("partner_change", row), posts=False),
            Button(_("End the partnership"), _url("partner_end", row), posts=False),
        ]


def _url(name: str, row: Partner) -> str:
    return reverse(f"cautionary_{name}", args=[row.reference])


def _missing(row: Partner, at: datetime) -> list[str]:
    return missing_for(row, at=at, addressees=addressees_of(row, at=at)) if row.has_contact else []


def _with_standing(partners: QuerySet[Partner], at: datetime) -> QuerySet[Partner]:
    agreements = SharingAgreement.objects.in_force_on(timezone.localdate(at))
    certificates = PartnerCertificate.objects.in_force_at(at)
    return partners.annotate(
        has_agreement=Exists(agreements.filter(partner=OuterRef("pk"))),
        has_certificate=Exists(certificates.filter(contact__partner=OuterRef("pk"))),
    )


def _stands(row: Any) -> Any:
    if row.ended_at:
        return _("Ended %(day)s") % {"day": day(timezone.localdate(row.ended_at))}
    if not row.has_contact:
        return _("No contact: nothing is shared")
    if not row.has_agreement:
        return _("No agreement in force")
    return _("Ready") if row.has_certificate else _("No approved certificate")
