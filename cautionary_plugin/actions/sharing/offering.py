"""Which partners an entry may be shared with, and which are offered because of a site (A42)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import Entry, EntrySite, Partner, Site
from cautionary_plugin.outbox.partner_standing import Trust, addressees_of, missing_for
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act


@dataclass(frozen=True)
class Offer:
    """One partner, as the owner is offered it for an entry.

    :ivar at_site: the sites that it shares with the entry, in words; empty for none.
    :ivar missing: what stands in the way; empty where it can be chosen.
    """

    partner: Partner
    at_site: str
    missing: tuple[str, ...]


def offers_for(entry: Entry, *, at: datetime) -> list[Offer]:
    """Every partner that comes into contact and has not the entry yet; those of its sites first."""
    has_it = entry.disclosures.standing().values("partner")
    partners = Partner.objects.standing().filter(has_contact=True).exclude(pk__in=has_it)
    mine = set(entry.entry_sites.values_list("site", flat=True))
    trust, found = Trust(), []
    for partner in partners.prefetch_related("sites"):
        shared = [site.name for site in partner.sites.all() if site.pk in mine]
        usable = addressees_of(partner, at=at, trust=trust)
        missing = missing_for(partner, at=at, addressees=usable)
        found.append(Offer(partner, ", ".join(shared), tuple(missing)))
    return sorted(found, key=lambda each: (not each.at_site, each.partner.name))


@action
def tag_sites(*, entry: Entry, sites: Iterable[Site], by: Any, at: datetime) -> Entry:
    """Say which shared sites the person comes to, so that who works there is offered (A42).

    :raises NotYourPost: ``by`` does not decide on sharing.
    :raises BriefingLapsed: a lapse suspends at once.
    :raises Excluded: shut out of a case about it (B11).
    """
    entry = lock(entry)
    standing_of(by, at=at).check_may_handle(Power.SHARE, entry.register)
    check_entry_not_shut_out(entry, by)
    wanted = list(sites)
    entry.entry_sites.exclude(site__in=wanted).delete()
    there = set(entry.entry_sites.values_list("site", flat=True))
    EntrySite.objects.bulk_create(
        EntrySite(entry=entry, site=site) for site in wanted if site.pk not in there
    )
    record(act=Act.AUDIENCE, by=by, at=at, register=entry.register, reference=entry.reference)
    return entry
