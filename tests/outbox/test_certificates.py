"""Each certificate that must not be used is refused, in words that say why (A46)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from cautionary_plugin.outbox.certificates import (
    Chain,
    chains_to,
    facts_of,
    read_chain,
    read_revocations,
)
from cautionary_plugin.rules.certificates import faults_of
from cautionary_plugin.rules.errors import BadInput
from tests.certificates import (
    PARTNER,
    Issued,
    authority,
    issue,
    revocation_list,
    the_authority,
)

NOW = datetime.now(UTC)


def faults(issued: Issued, *, address: str = PARTNER, revoked: Any = ()) -> list[str]:
    chain = Chain(issued.certificate, ())
    return faults_of(
        facts_of(issued.certificate),
        address=address,
        chains=chains_to(chain, [the_authority().certificate], at=NOW),
        revoked=revoked,
        at=NOW,
    )


@pytest.mark.clause("A46")
def test_good_certificate_has_no_fault() -> None:
    assert faults(issue()) == []


@pytest.mark.clause("A46")
@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"days": (-20, -1)}, "expired"),
        ({"days": (1, 20)}, "not valid yet"),
        ({"bits": 1024}, "shorter than 2048"),
        ({"bits": 0}, "not RSA"),
        ({"enciphers": False}, "key encipherment"),
        ({"purposes": (ExtendedKeyUsageOID.SERVER_AUTH,)}, "e-mail protection"),
        ({"purposes": None}, "e-mail protection"),
        ({"ca": True}, "authority’s own"),
        ({"address": "somebody@else.example"}, "e-mail address"),
    ],
)
def test_unfit_certificate_is_told_why(facts: dict[str, Any], word: str) -> None:
    told = faults(issue(**facts))

    assert any(word in sentence for sentence in told), told


def test_certificate_of_a_stranger_is_not_taken() -> None:
    told = faults(issue(by=authority("Nobody's authority")))

    assert told == ["No authority that is trusted here has signed the certificate."]


def test_name_of_an_authority_is_not_enough() -> None:
    """One that calls itself the same, with a key of its own."""
    twin = authority()
    twin = Issued(twin.certificate, issue("twin@else.example").key)

    assert faults(issue(by=twin)) != []


def test_revoked_certificate_is_refused() -> None:
    issued = issue()
    serial = facts_of(issued.certificate).serial

    assert faults(issued, revoked={serial}) == ["Its authority has revoked the certificate."]


def test_authority_in_between_is_followed_where_it_is_sent_along() -> None:
    between = authority("In between", signed_by=the_authority())
    issued = issue(by=between)
    roots = [the_authority().certificate]

    assert chains_to(Chain(issued.certificate, (between.certificate,)), roots, at=NOW)
    assert not chains_to(Chain(issued.certificate, ()), roots, at=NOW)


def test_partner_that_signs_for_others_is_no_authority() -> None:
    """A certificate for mail signs no further ones, even under a trusted authority."""
    partner = issue()
    forged = issue("director@example.gov.uk", by=partner)

    assert not chains_to(
        Chain(forged.certificate, (partner.certificate,)), [the_authority().certificate], at=NOW
    )


def test_without_authorities_nothing_counts() -> None:
    assert not chains_to(Chain(issue().certificate, ()), [], at=NOW)


@pytest.mark.parametrize("ending", ["pem", "der"])
def test_file_is_read_in_either_form(ending: str) -> None:
    issued = issue()

    assert facts_of(read_chain(getattr(issued, ending)).leaf).fingerprint == issued.fingerprint


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN NOTHING-----\n",
        b"x" * 60_000,
    ],
    ids=["empty", "nonsense", "torn", "other", "large"],
)
def test_what_is_no_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput) as told:
        read_chain(content)
    assert list(told.value.problems) == ["file"]


def test_key_that_is_sent_along_is_not_kept() -> None:
    issued = issue()

    assert "PRIVATE" not in read_chain(issued.pem + issued.key_pem).pem


def test_revocation_list_is_read_where_an_authority_signed_it() -> None:
    issued = issue()
    found = read_revocations(revocation_list(issued), [the_authority().certificate])

    assert found.serials == (facts_of(issued.certificate).serial,)
    assert found.next_at is not None
    assert found.next_at > NOW + timedelta(days=6)


@pytest.mark.parametrize("content", [b"nonsense", b"-----BEGIN X509 CRL-----\n", b""], ids=str)
def test_what_is_no_revocation_list_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_revocations(content, [the_authority().certificate])


def test_revocation_list_of_a_stranger_is_refused() -> None:
    stranger = authority("Stranger")

    with pytest.raises(BadInput):
        read_revocations(revocation_list(issue(), by=stranger), [the_authority().certificate])
