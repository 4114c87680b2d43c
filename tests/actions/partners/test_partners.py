"""Partners and their contacts: who keeps them, and what must be known of them (A41)."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cautionary_plugin.actions.partners import (
    add_contact,
    add_partner,
    change_partner,
    name_site,
    remove_contact,
)
from cautionary_plugin.models import AccessRecord, PartnerCertificate, PartnerContact
from cautionary_plugin.rules.errors import BadInput, NotYourPost
from cautionary_plugin.rules.sharing import NO_CERTIFICATE
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.partners.holdings import contact_of, missing
from tests.certificates import PARTNER
from tests.factors import make_person
from tests.partners import BASIS, Desk, known, ready

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A41")
def test_partner_is_kept_with_the_basis_of_its_contact(team: Desk) -> None:
    partner = known(team)

    assert (partner.has_contact, partner.basis) == (True, BASIS)
    assert partner.reference.startswith("PTN-")
    line = AccessRecord.objects.get(act=Act.PARTNER)
    assert (line.user, line.reference) == (team.keeper, partner.reference)


@pytest.mark.clause("A41")
@pytest.mark.parametrize("facts", [{"name": " "}, {"basis": "Yes"}], ids=str)
def test_partner_without_a_name_or_a_basis_is_refused(team: Desk, facts: dict[str, str]) -> None:
    told: dict[str, Any] = {"name": "Linden", "basis": BASIS, "has_contact": True, "sites": []}

    with pytest.raises(BadInput) as fault:
        add_partner(**{**told, **facts}, by=team.keeper, at=timezone.now())
    assert list(fault.value.problems) == list(facts)


def test_partner_of_the_same_name_is_there_once(team: Desk) -> None:
    known(team)

    with pytest.raises(BadInput):
        known(team, name="LINDEN homes")


def test_whoever_keeps_no_partners_adds_none(team: Desk) -> None:
    for stranger in (make_person("stranger"), team.approver):
        with pytest.raises(NotYourPost):
            add_partner(
                name="Linden",
                has_contact=True,
                basis=BASIS,
                sites=[],
                by=stranger,
                at=timezone.now(),
            )


def test_names_and_addresses_of_contacts_are_sealed(team: Desk) -> None:
    contact = contact_of(team, known(team))

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email FROM cautionary_plugin_partnercontact")
        (stored,) = cursor.fetchall()
    assert PARTNER.encode() not in b"".join(map(bytes, stored))
    assert PartnerContact.objects.get(pk=contact.pk).email == PARTNER


def test_contact_is_named_once_and_removed_with_the_certificates(team: Desk) -> None:
    partner = ready(team)
    with pytest.raises(BadInput):
        contact_of(team, partner)
    with pytest.raises(BadInput):
        add_contact(
            partner=partner, name="Two", email="no address", by=team.keeper, at=timezone.now()
        )

    remove_contact(contact=partner.contacts.get(), by=team.keeper, at=timezone.now())

    assert not PartnerCertificate.objects.exists()
    assert missing(partner) == [NO_CERTIFICATE]


def test_sites_are_changed_as_they_are_ticked(team: Desk) -> None:
    sites = [name_site(name=name, by=team.keeper, at=timezone.now()) for name in ("Mill", "Court")]
    partner = known(team, sites=sites[:1])

    change_partner(
        partner=partner,
        has_contact=True,
        basis=BASIS,
        sites=sites[1:],
        by=team.keeper,
        at=timezone.now(),
    )

    assert list(partner.sites.all()) == sites[1:]
    with pytest.raises(BadInput):
        name_site(name="mill", by=team.keeper, at=timezone.now())
