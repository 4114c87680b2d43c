"""Partners, their contacts, certificates and agreements: who may, and what is refused (A41–A46)."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cautionary_plugin.actions.evidence import reconcile_evidence
from cautionary_plugin.actions.partners import (
    add_contact,
    add_partner,
    approve_authority,
    approve_certificate,
    change_partner,
    end_agreement,
    end_partner,
    erase_old_partners,
    name_site,
    open_agreement,
    remove_contact,
    revoke_certificate,
    take_revocation_list,
    upload_authority,
    upload_certificate,
    warn_of_ends,
    withdraw_authority,
)
from cautionary_plugin.models import (
    AccessRecord,
    MailKind,
    OutboxMessage,
    Partner,
    PartnerCertificate,
    PartnerContact,
    SharingAgreement,
    TrustedAuthority,
)
from cautionary_plugin.outbox.partner_standing import addressees_of, missing_for
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.sharing import NO_AGREEMENT, NO_CERTIFICATE
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing import objects
from tests.certificates import PARTNER, authority, issue, revocation_list, the_authority
from tests.council import Council, found_council
from tests.factors import make_person
from tests.partners import BASIS, SIGNED, Desk, agreed, certified, desk, known, ready, trust
from tests.storages import FOLDER, keep_evidence_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})


@pytest.fixture
def team(council: Council) -> Desk:
    return desk(council)


def missing(partner: Partner, *, at: Any = None) -> list[str]:
    now = at or timezone.now()
    return missing_for(partner, at=now, addressees=addressees_of(partner, at=now))


def contact_of(team: Desk, partner: Partner) -> PartnerContact:
    return add_contact(
        partner=partner, name="Ottoline", email=PARTNER, by=team.keeper, at=timezone.now()
    )


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


@pytest.mark.clause("A45")
@pytest.mark.parametrize("term", ["follows_policy", "indemnifies"])
def test_agreement_without_both_terms_is_none(team: Desk, term: str) -> None:
    partner = known(team)

    with pytest.raises(BadInput) as fault:
        agreed(team, partner, **{term: False})

    assert list(fault.value.problems) == [term]
    agreement = agreed(team, partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingAgreement.objects.filter(pk=agreement.pk).update(**{term: False})


@pytest.mark.clause("A45")
def test_agreement_keeps_the_signed_file_sealed(team: Desk) -> None:
    agreement = agreed(team, known(team))

    with objects.evidence_storage().open(agreement.object_name) as stored:
        assert b"Galloway" not in stored.read()
    content = open_agreement(agreement=agreement, by=team.approver, at=timezone.now())
    assert b"".join(content) == SIGNED
    with pytest.raises(NotYourPost):
        open_agreement(agreement=agreement, by=make_person("nobody"), at=timezone.now())


def test_signed_file_is_no_stray_of_the_storage(team: Desk) -> None:
    agreement = agreed(team, known(team))

    found = reconcile_evidence(at=timezone.now() + 9 * DAY)

    assert (found.removed, found.strays, found.missing) == (0, 0, 0)
    assert objects.evidence_storage().exists(agreement.object_name)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"content": BytesIO(b""), "name": "x.pdf"}, "file"),
        ({"content": BytesIO(b"<svg onload=alert(1)>"), "name": "x.pdf"}, "file"),
        ({"days": 0}, "ends_on"),
        ({"days": -1}, "ends_on"),
        ({"signed_on": timezone.localdate() + 2 * DAY}, "signed_on"),
    ],
    ids=["empty", "svg", "no day", "backwards", "unsigned"],
)
def test_agreement_that_cannot_be_is_refused(team: Desk, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        agreed(team, known(team), **facts)
    assert list(fault.value.problems) == [field]
    assert not SharingAgreement.objects.exists()


@pytest.mark.clause("A45")
def test_lapsed_or_ended_agreement_blocks(team: Desk) -> None:
    partner = known(team)
    certified(team, partner)
    assert missing(partner) == [NO_AGREEMENT]
    agreement = agreed(team, partner, days=30)
    assert missing(partner) == []

    assert missing(partner, at=timezone.now() + 30 * DAY) == [NO_AGREEMENT]
    end_agreement(agreement=agreement, by=team.keeper, at=timezone.now())
    assert missing(partner) == [NO_AGREEMENT]
    with pytest.raises(AlreadyDone):
        end_agreement(agreement=agreement, by=team.keeper, at=timezone.now())


def test_partnership_that_ended_takes_nothing_more(team: Desk) -> None:
    partner = ready(team)

    end_partner(partner=partner, by=team.keeper, at=timezone.now())

    assert missing(Partner.objects.get()) == ["The partnership has ended."]
    for again in (
        lambda: end_partner(partner=partner, by=team.keeper, at=timezone.now()),
        lambda: agreed(team, partner),
        lambda: contact_of(team, partner),
    ):
        with pytest.raises(AlreadyDone):
            again()
    assert len(list_objects()) == 1


def list_objects() -> dict[str, Any]:
    return objects.written_at()


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


@pytest.mark.clause("A46")
def test_keepers_are_warned_thirty_and_seven_days_before_the_end(team: Desk) -> None:
    ready(team)
    ends = PartnerCertificate.objects.get().not_after
    given = [warn_of_ends(at=ends - left * DAY) for left in (40, 31, 30, 29, 8, 7, 6, 1)]

    assert given == [0, 0, 1, 0, 0, 1, 0, 0]
    told = OutboxMessage.objects.filter(kind=MailKind.PARTNER_EXPIRY)
    assert {each.to for each in told} == {team.keeper, team.council.owner}


def test_what_another_takes_over_is_not_warned_of(team: Desk) -> None:
    partner = ready(team)
    old = PartnerCertificate.objects.get()
    certified(team, partner, issue(days=(-1, 900)))
    agreed(team, partner, days=900)
    at = old.not_after - 5 * DAY

    assert warn_of_ends(at=at) == 0


@pytest.mark.clause("A34")
def test_ended_partner_is_erased_with_key_and_file_when_its_time_is_over(team: Desk) -> None:
    partner = ready(team)
    now = timezone.now()
    end_partner(partner=partner, by=team.keeper, at=now)

    assert erase_old_partners(at=now + 700 * DAY) == 0
    assert erase_old_partners(at=now + 731 * DAY) == 1

    assert not Partner.objects.exists()
    assert not PartnerContact.objects.exists()
    assert list_objects() == {}
