"""Partners and sharing on the screens: from adding one to what it was told to delete."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.partners import name_site
from cautionary_plugin.actions.sharing.audience import reasons_of
from cautionary_plugin.actions.sharing.withdrawing import withdraw_from
from cautionary_plugin.models import (
    AccessRecord,
    Disclosure,
    Entry,
    Partner,
    PartnerCertificate,
    PartnerContact,
    SharingAgreement,
    TrustedAuthority,
    WithdrawalNotice,
)
from cautionary_plugin.rules.vocabulary import Act
from tests.certificates import (
    PARTNER,
    authority,
    issue,
    revocation_list,
    sign_as_council,
    the_authority,
)
from tests.council import (
    PLANTED,
    Council,
    found_council,
    let_into_wagtail,
    list_entries,
    row,
    through_the_door,
)
from tests.partners import BASIS, SIGNED, Desk, certified, desk, known, ready, shared, trust
from tests.queries import fewest_queries
from tests.storages import FOLDER, keep_evidence_in

pytestmark = pytest.mark.django_db

RECORD = {"step": "record"}
REASON = "Their officers visit this address every week."
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    sign_as_council(settings, tmp_path)
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_council()


@pytest.fixture
def team(council: Council) -> Desk:
    team = desk(council)
    for person in (council.owner, team.keeper, team.approver):
        let_into_wagtail(person)
    return team


@pytest.fixture
def owner(team: Desk) -> Client:
    return through_the_door(team.council.owner)


@pytest.fixture
def keeper(team: Desk) -> Client:
    return through_the_door(team.keeper)


@pytest.fixture
def approver(team: Desk) -> Client:
    return through_the_door(team.approver)


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council)
    return entry


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def page_of(partner: Partner) -> str:
    return url("partners_modeladmin_inspect", partner.reference)


def file_of(content: bytes, name: str = "theirs.pem") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text(response: Any) -> str:
    return str(response.content.decode())


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
    page = text(keeper.get(page_of(partner)))
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
    assert uploaded.status_code == 302, text(uploaded)
    certificate = PartnerCertificate.objects.get()
    told_back = text(approver.get(url("certificate_approve", certificate.pk)))
    assert certificate.fingerprint[:4].upper() in told_back
    approved = approver.post(
        url("certificate_approve", certificate.pk), {"compared": "on", **RECORD}
    )
    assert approved.status_code == 302, text(approved)
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
    assert done.status_code == 302, text(done)

    assert "Entries can be shared with this partner." in text(keeper.get(page_of(partner)))
    document = approver.get(url("agreement_file", SharingAgreement.objects.get().pk))
    assert b"".join(document.streaming_content) == SIGNED  # type: ignore[attr-defined]
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
    assert "must indemnify the council" in text(answer)
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
        assert word in text(answer)


@pytest.mark.clause("A44")
@pytest.mark.clause("A41")
def test_owner_shares_an_entry_after_it_was_read_back(
    owner: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    screen = url("entry_share", entry.reference)
    told = {"partners": [partner.reference], "reason": REASON}

    page = text(owner.get(screen))
    assert PLANTED in page  # what they will read
    assert "spade" not in page
    back = text(owner.post(screen, told))
    assert "cannot be called back" in " ".join(back.split())
    assert not Disclosure.objects.exists()
    assert owner.post(screen, {**told, **RECORD}).status_code == 302

    assert Disclosure.objects.get().partner == partner
    sharing = text(owner.get(url("entry_sharing", entry.reference)))
    assert "Linden Homes" in sharing
    assert REASON in sharing
    assert entry.reference in text(owner.get(page_of(partner)))


@pytest.mark.clause("A44")
def test_sharing_asks_for_the_code_again(
    owner: Client, team: Desk, entry: Entry, settings: Any
) -> None:
    partner = ready(team)
    settings.CAUTIONARY_STEP_UP_AFTER = timedelta(0)

    opened = owner.get(url("entry_share", entry.reference))
    told = {"partners": [partner.reference], "reason": REASON, **RECORD}
    posted = owner.post(url("entry_share", entry.reference), told)

    assert reverse("cautionary:second_factor") in opened["Location"]
    assert posted.status_code in (302, 403)
    assert not Disclosure.objects.exists()


@pytest.mark.clause("A41")
def test_several_entries_are_shared_by_their_references(
    owner: Client, team: Desk, council: Council
) -> None:
    entries = list_entries(council, row(), row(**SECOND))
    partner = ready(team)
    screen = url("partner_share", partner.reference)
    references = "\n".join(each.reference for each in entries)

    wrong = owner.post(screen, {"references": "CPR-1999-0001", "reason": REASON, **RECORD})
    assert wrong.status_code == 400
    assert "There is no entry with this reference: CPR-1999-0001" in text(wrong)
    done = owner.post(screen, {"references": references, "reason": REASON, **RECORD})

    assert done.status_code == 302, text(done)
    assert {each.entry for each in Disclosure.objects.all()} == set(entries)
    assert Disclosure.objects.values("mail").distinct().count() == 1


@pytest.mark.clause("A43")
def test_partner_without_contact_is_never_offered_and_the_attempt_recorded(
    owner: Client, team: Desk, entry: Entry
) -> None:
    gardeners = known(team, name="Verge & Hedge", has_contact=False)

    assert gardeners.reference not in text(owner.get(url("entry_share", entry.reference)))
    assert "Verge &amp; Hedge" in text(owner.get(url("entry_sharing", entry.reference)))
    forged = owner.post(
        url("entry_share", entry.reference),
        {"partners": [gardeners.reference], "reason": REASON, **RECORD},
    )
    assert forged.status_code == 400
    told = {"references": entry.reference, "reason": REASON, **RECORD}
    refused = owner.post(url("partner_share", gardeners.reference), told)

    assert refused.status_code == 403
    assert AccessRecord.objects.filter(act=Act.NOT_SHARED).count() == 1
    assert not Disclosure.objects.exists()


@pytest.mark.clause("A42")
def test_partners_at_a_shared_site_are_offered_by_it(
    owner: Client, team: Desk, entry: Entry
) -> None:
    house = name_site(name="Charrington House", by=team.keeper, at=timezone.now())
    ready(team, sites=[house])

    owner.post(url("entry_sites", entry.reference), {"sites": [house.pk], **RECORD})

    assert "works at Charrington House" in text(owner.get(url("entry_share", entry.reference)))
    assert "Charrington House" in text(owner.get(url("entry_sharing", entry.reference)))


@pytest.mark.clause("L14")
def test_entry_is_taken_back_and_its_deletion_recorded(
    owner: Client, keeper: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    shared(team, partner, entry)

    owner.post(url("entry_take_back", entry.reference, partner.reference), RECORD)
    notice = WithdrawalNotice.objects.get()
    waiting = text(keeper.get(reverse("cautionary_worklist")))
    assert "See to it that a partner deletes an entry" in waiting
    today = f"{timezone.localdate():%d %m %Y}"
    keeper.post(url("withdrawal_done", notice.pk), {"acknowledged_on": today, **RECORD})

    assert "Deleted; confirmed" in text(keeper.get(page_of(partner)))
    assert not WithdrawalNotice.objects.open().exists()


def test_sent_again_from_the_entry(owner: Client, team: Desk, entry: Entry) -> None:
    partner = ready(team)
    first = shared(team, partner, entry)

    owner.post(url("entry_send_again", entry.reference, partner.reference), RECORD)

    assert Disclosure.objects.get().mail != first


@pytest.mark.clause("L1")
def test_owner_changes_the_services_each_with_a_reason(
    owner: Client, team: Desk, council: Council, entry: Entry
) -> None:
    screen = url("entry_audience", entry.reference)
    before = entry.changed
    short = owner.post(screen, {"revenues": "Yes", **RECORD})
    assert short.status_code == 400
    none = owner.post(screen, RECORD)
    assert none.status_code == 400
    told = {"revenues": "They call about arrears every month."}
    assert "Taken out" in text(owner.post(screen, told))
    assert owner.post(screen, {**told, **RECORD}).status_code == 302

    entry.refresh_from_db()
    assert reasons_of(entry) == {council.revenues: told["revenues"]}
    assert entry.changed > before
    line = AccessRecord.objects.get(act=Act.AUDIENCE)
    assert (line.user, line.reference) == (council.owner, entry.reference)


def test_what_is_shared_is_told_to_those_who_decide_and_not_to_who_keeps_partners(
    owner: Client, keeper: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    shared(team, partner, entry)

    assert entry.reference in text(owner.get(page_of(partner)))
    assert entry.reference not in text(keeper.get(page_of(partner)))


def test_waiting_certificate_stands_on_the_list_of_who_did_not_upload_it(
    keeper: Client, approver: Client, team: Desk
) -> None:
    trust(team)
    partner = known(team)
    certified(team, partner)
    PartnerCertificate.objects.update(approved_by=None, approved_at=None)

    words = "Compare and approve a partner"
    assert words in text(approver.get(reverse("cautionary_worklist")))
    assert words not in text(keeper.get(reverse("cautionary_worklist")))
    assert "Compare and approve" not in text(keeper.get(page_of(partner)))


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

    assert "has revoked the certificate" in text(keeper.get(page_of(partner)))


def test_withdrawn_entry_is_not_opened_for_sharing(owner: Client, team: Desk, entry: Entry) -> None:
    partner = ready(team)
    shared(team, partner, entry)
    withdraw_from(entry=entry, partner=partner, by=team.council.owner, at=timezone.now())

    Entry.objects.update(expires_at=timezone.now())

    assert owner.get(url("entry_sharing", entry.reference)).status_code == 404
