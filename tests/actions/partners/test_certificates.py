"""A certificate counts once a second person has approved it, and while it is fit (A46)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cautionary_plugin.actions.partners import (
    approve_authority,
    approve_certificate,
    revoke_certificate,
    take_revocation_list,
    upload_authority,
    upload_certificate,
    withdraw_authority,
)
from cautionary_plugin.models import MailKind, OutboxMessage, PartnerCertificate, TrustedAuthority
from cautionary_plugin.outbox.partner_standing import addressees_of
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady, NotYourPost, SamePerson
from cautionary_plugin.rules.sharing import NO_CERTIFICATE
from tests.actions.partners.holdings import DAY, contact_of, missing
from tests.certificates import PARTNER, authority, issue, revocation_list, the_authority
from tests.partners import Desk, agreed, known, ready, trust

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A46")
def test_certificate_counts_once_a_second_person_approved_it(team: Desk) -> None:
    partner = known(team)
    agreed(team, partner)
    trust(team)
    issued, now = issue(), timezone.now()
    certificate = upload_certificate(
        contact=contact_of(team, partner), content=issued.pem, by=team.keeper, at=now
    )
    assert certificate.fingerprint == issued.fingerprint
    assert missing(partner) == [NO_CERTIFICATE]
    asked = OutboxMessage.objects.filter(kind=MailKind.CERTIFICATE)
    assert {each.to for each in asked} == {team.approver, team.council.owner}

    approve_certificate(certificate=certificate, compared=True, by=team.approver, at=now)

    assert missing(partner) == []
    assert [each.address for each in addressees_of(partner, at=now)] == [PARTNER]


@pytest.mark.clause("A46")
def test_whoever_uploaded_a_certificate_does_not_approve_it(team: Desk) -> None:
    """Not even the owner, who may do either."""
    owner, now = team.council.owner, timezone.now()
    trust(team)
    certificate = upload_certificate(
        contact=contact_of(team, known(team)), content=issue().pem, by=owner, at=now
    )

    with pytest.raises(SamePerson):
        approve_certificate(certificate=certificate, compared=True, by=owner, at=now)
    with pytest.raises(NotYourPost):
        approve_certificate(certificate=certificate, compared=True, by=team.keeper, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerCertificate.objects.update(approved_by=owner, approved_at=now)


def test_certificate_whose_fingerprint_nobody_compared_is_not_approved(team: Desk) -> None:
    trust(team)
    certificate = upload_certificate(
        contact=contact_of(team, known(team)),
        content=issue().pem,
        by=team.keeper,
        at=timezone.now(),
    )

    with pytest.raises(BadInput, match="compared"):
        approve_certificate(
            certificate=certificate, compared=False, by=team.approver, at=timezone.now()
        )


def test_certificate_that_cannot_be_used_is_not_kept(team: Desk) -> None:
    contact = contact_of(team, known(team))
    trust(team)

    for issued in (
        issue(days=(-9, -1)),
        issue(by=authority("Nobody")),
        issue("other@else.example"),
    ):
        with pytest.raises(BadInput):
            upload_certificate(
                contact=contact, content=issued.pem, by=team.keeper, at=timezone.now()
            )
    assert not PartnerCertificate.objects.exists()


def test_certificate_on_file_is_not_taken_twice(team: Desk) -> None:
    issued = issue()
    partner = ready(team, issued=issued)

    with pytest.raises(BadInput, match="file"):
        upload_certificate(
            contact=partner.contacts.get(), content=issued.pem, by=team.keeper, at=timezone.now()
        )


def test_certificate_that_became_unfit_is_not_approved(team: Desk) -> None:
    trusted, issued = trust(team), issue()
    certificate = upload_certificate(
        contact=contact_of(team, known(team)), content=issued.pem, by=team.keeper, at=timezone.now()
    )
    withdraw_authority(authority=trusted, by=team.keeper, at=timezone.now())

    with pytest.raises(NotReady, match="No authority"):
        approve_certificate(
            certificate=certificate, compared=True, by=team.approver, at=timezone.now()
        )


@pytest.mark.clause("A46")
def test_revoked_certificate_counts_no_more_whoever_revoked_it(team: Desk) -> None:
    partner = ready(team)
    certificate = PartnerCertificate.objects.get()

    revoke_certificate(certificate=certificate, by=team.approver, at=timezone.now())

    assert missing(partner) == [NO_CERTIFICATE]
    with pytest.raises(AlreadyDone):
        revoke_certificate(certificate=certificate, by=team.keeper, at=timezone.now())
    with pytest.raises(AlreadyDone):
        approve_certificate(
            certificate=certificate, compared=True, by=team.approver, at=timezone.now()
        )


@pytest.mark.clause("A46")
def test_what_its_authority_has_revoked_counts_no_more(team: Desk) -> None:
    issued = issue()
    partner = ready(team, issued=issued)
    assert missing(partner) == []

    take_revocation_list(content=revocation_list(issued), by=team.keeper, at=timezone.now())
    assert missing(partner) == [NO_CERTIFICATE]

    take_revocation_list(content=revocation_list(), by=team.keeper, at=timezone.now())
    assert missing(partner) == [NO_CERTIFICATE]  # a newer list does not bring it back


def test_expired_certificate_counts_no_more_by_the_clock(team: Desk) -> None:
    partner = ready(team)

    assert missing(partner, at=timezone.now() + 301 * DAY) == [NO_CERTIFICATE]


@pytest.mark.clause("A46")
def test_authority_takes_two_people_too(team: Desk) -> None:
    uploaded = upload_authority(
        content=the_authority().pem, by=team.council.owner, at=timezone.now()
    )
    assert not TrustedAuthority.objects.trusted().exists()

    with pytest.raises(SamePerson):
        approve_authority(authority=uploaded, by=team.council.owner, at=timezone.now())
    approve_authority(authority=uploaded, by=team.approver, at=timezone.now())

    assert TrustedAuthority.objects.trusted().get() == uploaded
    with pytest.raises(BadInput):
        upload_authority(content=issue().pem, by=team.keeper, at=timezone.now())
    with pytest.raises(BadInput):
        upload_authority(content=the_authority().pem, by=team.keeper, at=timezone.now())
