"""Certificates: uploaded by one, approved by another, revoked by either (A46)."""

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.models import (
    MailKind,
    PartnerCertificate,
    PartnerContact,
    RevocationList,
    TrustedAuthority,
)
from cautionary_plugin.outbox.certificates import (
    facts_of,
    fingerprint_of,
    read_chain,
    read_revocations,
)
from cautionary_plugin.outbox.partner_standing import Trust, faults_now
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .keeping import locked

EITHER = frozenset({Power.KEEP_PARTNERS, Power.APPROVE_CERTIFICATES})


@action
def upload_certificate(
    *, contact: PartnerContact, content: bytes, by: Any, at: datetime
) -> PartnerCertificate:
    """Keep a contact's certificate, pinned by its fingerprint; a second person is asked.

    :param content: PEM or DER; in PEM, those between it and its authority may follow.
    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: under ``file``: no certificate, one that is on file, or one that cannot be
        used; with all that is wrong with it.
    :raises AlreadyDone: the partnership has ended.
    """
    partner = locked(contact.partner, by=by, at=at)
    chain = read_chain(content)
    facts = facts_of(chain.leaf)
    if faults := Trust().faults(chain, address=contact.email, at=at):
        raise BadInput({"file": faults})
    if contact.certificates.filter(fingerprint=facts.fingerprint).exists():
        raise BadInput({"file": ["This certificate is on file already."]})
    certificate = PartnerCertificate.objects.create(
        contact=contact,
        pem=chain.pem,
        fingerprint=facts.fingerprint,
        not_before=facts.not_before,
        not_after=facts.not_after,
        uploaded_by=by,
        uploaded_at=at,
    )
    others = [each for each in holders_of(Power.APPROVE_CERTIFICATES, at=at) if each.pk != by.pk]
    queue_mail(kind=MailKind.CERTIFICATE, to=others, at=at, reference=partner.reference)
    record(act=Act.CERTIFICATE, by=by, at=at, reference=partner.reference)
    return certificate


@action
def approve_certificate(
    *, certificate: PartnerCertificate, compared: bool, by: Any, at: datetime
) -> PartnerCertificate:
    """Approve a certificate whose fingerprint was compared with the partner, over the telephone.

    :raises NotYourPost: ``by`` may not approve.
    :raises SamePerson: ``by`` has uploaded it.
    :raises BadInput: under ``compared``: the fingerprint was not.
    :raises NotReady: it cannot be used any more; says why.
    :raises AlreadyDone: approved or revoked before, or the partnership has ended.
    """
    partner = lock(certificate.contact.partner)
    certificate = lock(certificate)
    standing_of(by, at=at).check_power(Power.APPROVE_CERTIFICATES)
    check_second_person(first=certificate.uploaded_by_id, second=by.pk)
    if certificate.approved_at or certificate.revoked_at or partner.ended_at:
        raise AlreadyDone("This certificate was approved or revoked before.")
    if not compared:
        raise BadInput({"compared": ["Compare the fingerprint with the partner first."]})
    if faults := faults_now(certificate, trust=Trust(), at=at):
        raise NotReady(" ".join(faults), missing=faults)
    certificate.approved_by, certificate.approved_at = by, at
    certificate.save(update_fields=["approved_by", "approved_at"])
    record(act=Act.CERTIFICATE, by=by, at=at, reference=partner.reference)
    return certificate


@action
def revoke_certificate(
    *, certificate: PartnerCertificate, by: Any, at: datetime
) -> PartnerCertificate:
    """From this instant nothing is encrypted to it, what waits in the outbox included.

    :raises NotYourPost: ``by`` neither keeps partners nor approves certificates.
    :raises AlreadyDone: revoked before.
    """
    partner = lock(certificate.contact.partner)
    certificate = lock(certificate)
    standing_of(by, at=at).check_any_power(EITHER)
    if certificate.revoked_at:
        raise AlreadyDone("This certificate was revoked before.")
    certificate.revoked_by, certificate.revoked_at = by, at
    certificate.save(update_fields=["revoked_by", "revoked_at"])
    record(act=Act.CERTIFICATE, by=by, at=at, reference=partner.reference)
    return certificate


@action
def upload_authority(*, content: bytes, by: Any, at: datetime) -> TrustedAuthority:
    """Propose an authority whose certificates shall count; a second person approves it.

    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: under ``file``: no certificate of an authority, expired, weak, or on file.
    """
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    certificate = read_chain(content).leaf
    facts = facts_of(certificate)
    problems = {
        "This is no certificate of an authority.": not facts.is_authority,
        "This certificate is not valid now.": not facts.not_before <= at < facts.not_after,
        "This certificate is signed with a method that is broken.": facts.weakly_signed,
        "This authority is on file already.": TrustedAuthority.objects.filter(
            fingerprint=facts.fingerprint
        ).exists(),
    }
    if found := [sentence for sentence, is_so in problems.items() if is_so]:
        raise BadInput({"file": found})
    authority = TrustedAuthority.objects.create(
        name=_name_of(certificate),
        pem=certificate.public_bytes(Encoding.PEM).decode(),
        fingerprint=fingerprint_of(certificate),
        not_after=facts.not_after,
        uploaded_by=by,
        uploaded_at=at,
    )
    record(act=Act.CERTIFICATE, by=by, at=at)
    return authority


@action
def approve_authority(*, authority: TrustedAuthority, by: Any, at: datetime) -> TrustedAuthority:
    """Approve an authority whose fingerprint was compared with the one that it publishes.

    :raises NotYourPost: ``by`` may not approve.
    :raises SamePerson: ``by`` has uploaded it.
    :raises AlreadyDone: approved or withdrawn before.
    """
    authority = lock(authority)
    standing_of(by, at=at).check_power(Power.APPROVE_CERTIFICATES)
    check_second_person(first=authority.uploaded_by_id, second=by.pk)
    if authority.approved_at or authority.withdrawn_at:
        raise AlreadyDone("This authority was approved or withdrawn before.")
    authority.approved_by, authority.approved_at = by, at
    authority.save(update_fields=["approved_by", "approved_at"])
    record(act=Act.CERTIFICATE, by=by, at=at)
    return authority


@action
def withdraw_authority(*, authority: TrustedAuthority, by: Any, at: datetime) -> TrustedAuthority:
    """None of its certificates counts from now.

    :raises NotYourPost: ``by`` neither keeps partners nor approves certificates.
    :raises AlreadyDone: withdrawn before.
    """
    authority = lock(authority)
    standing_of(by, at=at).check_any_power(EITHER)
    if authority.withdrawn_at:
        raise AlreadyDone("This authority was withdrawn before.")
    authority.withdrawn_by, authority.withdrawn_at = by, at
    authority.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(act=Act.CERTIFICATE, by=by, at=at)
    return authority


@action
def take_revocation_list(*, content: bytes, by: Any, at: datetime) -> RevocationList:
    """Take in what an issuer has revoked; what is on it is not encrypted to any more.

    :raises NotYourPost: ``by`` neither keeps partners nor approves certificates.
    :raises BadInput: under ``file``: no list, or of an issuer that is not known here.
    """
    standing_of(by, at=at).check_any_power(EITHER)
    found = read_revocations(content, [*Trust().authorities, *_between()])
    taken = RevocationList.objects.create(
        issuer=found.issuer,
        serials=list(found.serials),
        issued_at=found.issued_at,
        next_at=found.next_at,
        uploaded_by=by,
        uploaded_at=at,
    )
    record(act=Act.CERTIFICATE, by=by, at=at)
    return taken


def _between() -> list[x509.Certificate]:
    """The certificates between those on file and their authorities: these issue lists too."""
    rows = PartnerCertificate.objects.filter(revoked_at=None).select_related("contact__partner")
    return [each for row in rows for each in read_chain(row.pem.encode()).between]


def _name_of(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value if names else certificate.subject.rfc4514_string())[:200]
