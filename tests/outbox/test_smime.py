"""Signed, then encrypted: proved with the real openssl, not with the library that made it (A46)."""

from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.outbox.smime import Encrypted, council_signer, sign_then_encrypt
from cautionary_plugin.rules.errors import NotReady
from tests.certificates import PARTNER, Issued, authority, issue, sign_as_council, the_authority
from tests.openssl import Refused, decrypt, printed, verify

TEXT = "Marchbanks-Quillfeather: do not visit alone.\nÄußerste Vorsicht – call first.\n"


@pytest.fixture
def theirs() -> Issued:
    return issue()


@pytest.fixture
def mail(settings: Any, tmp_path: Path, theirs: Issued) -> bytes:
    sign_as_council(settings, tmp_path)
    return written(theirs)


def written(*recipients: Issued) -> bytes:
    """The bytes that a mail server would get."""
    envelope = sign_then_encrypt(
        TEXT, signer=council_signer(), recipients=[each.certificate for each in recipients]
    )
    made = Encrypted(envelope, subject="Encrypted message from the council", to=[PARTNER])
    return bytes(made.message().as_bytes())


def read(mail: bytes, theirs: Issued, folder: Path) -> str:
    """What the partner reads, having decrypted and verified it."""
    signed = decrypt(mail, issued=theirs, folder=folder)
    return verify(signed, authority=the_authority(), folder=folder)


@pytest.mark.clause("A46")
def test_partner_decrypts_and_verifies_with_openssl(
    mail: bytes, theirs: Issued, tmp_path: Path
) -> None:
    assert read(mail, theirs, tmp_path).split() == TEXT.split()


@pytest.mark.clause("A46")
def test_nothing_of_it_can_be_read_on_the_way(mail: bytes) -> None:
    message = message_from_bytes(mail)
    payload = message.get_payload(decode=True)

    assert message.get_content_type() == "application/pkcs7-mime"
    assert message.get_param("smime-type") == "enveloped-data"
    assert b"Quillfeather" not in mail
    assert isinstance(payload, bytes)
    assert b"Quillfeather" not in payload


def test_envelope_uses_aes_256(mail: bytes, tmp_path: Path) -> None:
    assert "aes-256-cbc" in printed(mail, folder=tmp_path)


@pytest.mark.clause("A46")
def test_another_key_does_not_open_it(mail: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        decrypt(mail, issued=issue("somebody@else.example"), folder=tmp_path)


def test_each_of_two_contacts_opens_the_same_message(
    settings: Any, tmp_path: Path, theirs: Issued
) -> None:
    sign_as_council(settings, tmp_path)
    second = issue("second@lindenhomes.example")
    mail = written(theirs, second)

    for each in (theirs, second):
        signed = decrypt(mail, issued=each, folder=tmp_path)
        assert "Quillfeather" in verify(signed, authority=the_authority(), folder=tmp_path)


@pytest.mark.clause("A46")
def test_byte_that_was_flipped_is_detected(mail: bytes, theirs: Issued, tmp_path: Path) -> None:
    signed = decrypt(mail, issued=theirs, folder=tmp_path)
    head, _blank, body = signed.partition(b"\r\n\r\n")
    detected = []
    for place in range(len(body) // 4, 3 * len(body) // 4, 997):
        wrong = b"B" if body[place : place + 1] != b"B" else b"C"
        altered = head + b"\r\n\r\n" + body[:place] + wrong + body[place + 1 :]
        try:
            text = verify(altered, authority=the_authority(), folder=tmp_path)
        except Refused:
            detected.append(place)
        else:  # a line end, or a sign that stands for the same bytes
            assert text.split() == TEXT.split()
    assert detected


def test_byte_flipped_in_the_envelope_is_detected(
    mail: bytes, theirs: Issued, tmp_path: Path
) -> None:
    """The envelope alone would let it pass: the signature inside does not."""
    head, blank, body = mail.partition(b"\n\n")
    place = len(body) * 3 // 4
    wrong = b"B" if body[place : place + 1] != b"B" else b"C"
    altered = head + blank + body[:place] + wrong + body[place + 1 :]

    with pytest.raises(Refused):
        read(altered, theirs, tmp_path)


def test_signature_of_another_council_is_not_taken(
    mail: bytes, theirs: Issued, tmp_path: Path
) -> None:
    signed = decrypt(mail, issued=theirs, folder=tmp_path)

    with pytest.raises(Refused):
        verify(signed, authority=authority("Another authority"), folder=tmp_path)


def test_encrypted_anew_it_is_another_envelope(
    settings: Any, tmp_path: Path, theirs: Issued
) -> None:
    sign_as_council(settings, tmp_path)

    assert written(theirs) != written(theirs)


def test_council_without_a_certificate_signs_nothing(settings: Any) -> None:
    settings.CAUTIONARY_SMIME = None

    with pytest.raises(NotReady, match="no certificate"):
        council_signer()


def test_key_of_another_certificate_is_refused(settings: Any, tmp_path: Path) -> None:
    sign_as_council(settings, tmp_path)
    Path(settings.CAUTIONARY_SMIME["KEY"]).write_bytes(issue("other@example.gov.uk").key_pem)

    with pytest.raises(NotReady, match="does not belong"):
        council_signer()


def test_file_that_is_away_is_told_without_its_path(settings: Any, tmp_path: Path) -> None:
    settings.CAUTIONARY_SMIME = {"CERTIFICATE": str(tmp_path / "away.pem"), "KEY": "x"}

    with pytest.raises(NotReady) as told:
        council_signer()
    assert "away" not in str(told.value)
