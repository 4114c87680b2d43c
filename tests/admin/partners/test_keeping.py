"""A partner is made ready by two people: agreement, contact, certificate (A41, A45)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import (
    Partner,
    PartnerCertificate,
    PartnerContact,
    SharingAgreement,
    TrustedAuthority,
)
from tests.admin.pages import source, url
from tests.admin.partners.typed import RECORD, file_of, page_of
from tests.certificates import PARTNER, authority, issue, revocation_list, the_authority
from tests.partners import BASIS, SIGNED, Desk, certified, known, ready, trust
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A41")
@pytest.mark.clause("A45")
@pytest.mark.clause("A46")
def test_partner_is_made_ready_on_the_screens(
    keeper: Client, approver: Client, team: Desk, settings: Any
) -> None:
    """Added, its authority, its contact, its certificate, its agreement: by two people."""
    told = {"name": "Linden Homes", "has_contact": "yes", "basis": BASIS, **RECORD}
    assert keeper.post(url("partner_add"), told).status_code == 302
    partner = Partner.objects.get()
    page = source(keeper.get(page_of(partner)))
    assert "There is no agreement in force" in page
    assert "None of its contacts has an approved certificate" in page

    keeper.post(url("authority_upload"), {"file": file_of(the_authority().pem), **RECORD})
    trusted = TrustedAuthority.objects.get()
    approver.post(url("authority_approve", trusted.pk), RECORD)
    keeper.post(
        url("partner_contact", partner.reference),
        {"name": "Ottoline Fairbrother", "email": PARTNER, **RECORD},
    )
    contact = PartnerContact.objects.get()
    uploaded = keeper.post(
        url("certificate_upload", contact.pk), {"file": file_of(issue().pem), **RECORD}
    )
    assert uploaded.status_code == 302, source(uploaded)
    certificate = PartnerCertificate.objects.get()
    told_back = source(approver.get(url("certificate_approve", certificate.pk)))
    assert certificate.fingerprint[:4].upper() in told_back
    approved = approver.post(
        url("certificate_approve", certificate.pk), {"compared": "on", **RECORD}
    )
    assert approved.status_code == 302, source(approved)
    today = timezone.localdate()
    agreement = {
        "follows_policy": "on",
        "indemnifies": "on",
        "signed_on": f"{today:%d %m %Y}",
        "starts_on": f"{today:%d %m %Y}",
        "ends_on": f"{today + timedelta(days=365):%d %m %Y}",
        "file": file_of(SIGNED, "agreement.pdf"),
    }
    done = keeper.post(url("partner_agreement", partner.reference), {**agreement, **RECORD})
    assert done.status_code == 302, source(done)

    assert "Entries can be shared with this partner." in source(keeper.get(page_of(partner)))
    document = approver.get(url("agreement_file", SharingAgreement.objects.get().pk))
    assert b"".join(document.streaming_content) == SIGNED  # type: ignore[attr-defined]  # it streams
    assert document["Content-Disposition"].startswith("attachment")
    assert "sandbox" in document["Content-Security-Policy"]


@pytest.mark.clause("A45")
def test_agreement_without_a_term_says_which(keeper: Client, team: Desk) -> None:
    partner, today = known(team), timezone.localdate()
    told = {
        "follows_policy": "on",
        "signed_on": f"{today:%d %m %Y}",
        "starts_on": f"{today:%d %m %Y}",
        "ends_on": f"{today + timedelta(days=365):%d %m %Y}",
        "file": file_of(SIGNED, "agreement.pdf"),
    }

    answer = keeper.post(url("partner_agreement", partner.reference), {**told, **RECORD})

    assert answer.status_code == 400
    assert "must indemnify the council" in source(answer)
    assert not SharingAgreement.objects.exists()


@pytest.mark.clause("A46")
def test_certificate_that_cannot_be_used_is_told_in_words(keeper: Client, team: Desk) -> None:
    trust(team)
    partner = known(team)
    keeper.post(
        url("partner_contact", partner.reference), {"name": "O", "email": PARTNER, **RECORD}
    )
    contact = PartnerContact.objects.get()

    for issued, word in (
        (issue(days=(-9, -1)), "has expired"),
        (issue(by=authority("Nobody")), "No authority"),
        (issue(bits=1024), "shorter than 2048 bits"),
    ):
        answer = keeper.post(
            url("certificate_upload", contact.pk), {"file": file_of(issued.pem), **RECORD}
        )
        assert answer.status_code == 400
        assert word in source(answer)


def test_waiting_certificate_stands_on_the_list_of_who_did_not_upload_it(
    keeper: Client, approver: Client, team: Desk
) -> None:
    trust(team)
    partner = known(team)
    certified(team, partner)
    PartnerCertificate.objects.update(approved_by=None, approved_at=None)

    words = "Compare and approve a partner"
    assert words in source(approver.get(reverse("cautionary_worklist")))
    assert words not in source(keeper.get(reverse("cautionary_worklist")))
    assert "Compare and approve" not in source(keeper.get(page_of(partner)))


def test_list_costs_the_same_however_many_partners(keeper: Client, team: Desk) -> None:
    index = reverse("cautionary_partners_modeladmin_index")
    ready(team)
    few = fewest_queries(lambda: keeper.get(index))
    for number in range(5):
        known(team, name=f"Partner {number}")

    assert fewest_queries(lambda: keeper.get(index)) == few


def test_revocation_list_stops_the_certificate_on_the_page(keeper: Client, team: Desk) -> None:
    issued = issue()
    partner = ready(team, issued=issued)

    keeper.post(url("revocations"), {"file": file_of(revocation_list(issued), "a.crl"), **RECORD})

    assert "has revoked the certificate" in source(keeper.get(page_of(partner)))
