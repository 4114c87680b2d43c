"""Partners and the sites that they work at: added, changed, ended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.actions.sharing.withdrawing import withdraw
from cautionary_plugin.models import Partner, PartnerSite, Site
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.vocabulary import Act


@action
def add_partner(
    *, name: str, has_contact: bool, basis: str, sites: Iterable[Site], by: Any, at: datetime
) -> Partner:
    """Record an organisation, and whether it comes into contact with customers, and why (A41).

    One that does not is recorded too: so nobody need ask again, and nothing is shared (A43).

    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: no name, no basis, or one of this name is there.
    """
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    check_reason(basis, field="basis")
    _check_name(name)
    (reference,) = take_references(Prefix.PARTNER, 1, at=at)
    partner = Partner.objects.create(
        reference=reference,
        name=name.strip(),
        has_contact=has_contact,
        basis=basis.strip(),
        added_by=by,
        added_at=at,
    )
    _place(partner, sites)
    record(act=Act.PARTNER, by=by, at=at, reference=reference)
    return partner


@action
def change_partner(
    *,
    partner: Partner,
    has_contact: bool,
    basis: str,
    sites: Iterable[Site],
    by: Any,
    at: datetime,
) -> Partner:
    """Decide anew whether it comes into contact, and where it works.

    One that does no more is told to delete what it was given (A43, L14).

    :raises NotYourPost, BadInput: as :func:`add_partner`.
    :raises AlreadyDone: the partnership has ended.
    """
    partner = locked(partner, by=by, at=at)
    check_reason(basis, field="basis")
    partner.has_contact, partner.basis = has_contact, basis.strip()
    partner.save(update_fields=["has_contact", "basis"])
    _place(partner, sites)
    if not has_contact:
        withdraw(partner.disclosures.all(), by=by, at=at)
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)
    return partner


@action
def end_partner(*, partner: Partner, by: Any, at: datetime) -> Partner:
    """The partnership ends: nothing more is shared, and what was is withdrawn (L14).

    :raises NotYourPost: ``by`` does not keep partners.
    :raises AlreadyDone: it ended before.
    """
    partner = locked(partner, by=by, at=at)
    partner.ended_by, partner.ended_at = by, at
    partner.save(update_fields=["ended_by", "ended_at"])
    withdraw(partner.disclosures.all(), by=by, at=at)
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)
    return partner


@action
def open_partner(*, partner: Partner, by: Any, at: datetime) -> None:
    """Record that somebody opened what is on file of a partner.

    :raises NotYourPost: ``by`` has no part in sharing.
    """
    standing_of(by, at=at).check_any_power(READERS)
    record(act=Act.READ_PARTNER, by=by, at=at, reference=partner.reference)


@action
def name_site(*, name: str, by: Any, at: datetime) -> Site:
    """Name a place that several organisations work at (A42).

    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: no name, or the name is there.
    """
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    name = " ".join(name.split())
    if not name or Site.objects.filter(name__iexact=name).exists():
        raise BadInput({"name": ["Give the site a name that no other has."]})
    site = Site.objects.create(name=name)
    record(act=Act.PARTNER, by=by, at=at)
    return site


READERS = frozenset({Power.KEEP_PARTNERS, Power.SHARE, Power.APPROVE_CERTIFICATES})


def locked(partner: Partner, *, by: Any, at: datetime) -> Partner:
    """The partner as it is now, held, for whoever keeps partners.

    :raises NotYourPost: ``by`` does not.
    :raises AlreadyDone: the partnership has ended.
    """
    partner = lock(partner)
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    if partner.ended_at:
        raise AlreadyDone("The partnership has ended.")
    return partner


def _check_name(name: str) -> None:
    name = name.strip()
    if not name:
        raise BadInput({"name": ["Give the name of the organisation."]})
    if Partner.objects.standing().filter(name__iexact=name).exists():
        raise BadInput({"name": ["There is a partner of this name already."]})


def _place(partner: Partner, sites: Iterable[Site]) -> None:
    wanted = list(sites)
    partner.partner_sites.exclude(site__in=wanted).delete()
    there = set(partner.partner_sites.values_list("site", flat=True))
    PartnerSite.objects.bulk_create(
        PartnerSite(partner=partner, site=site) for site in wanted if site.pk not in there
    )
