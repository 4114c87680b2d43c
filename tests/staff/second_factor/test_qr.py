"""What the QR code says."""

from urllib.parse import parse_qs, unquote, urlsplit

from cautionary_plugin.staff.second_factor.qr import as_svg, provisioning_uri


def test_uri_is_what_authenticator_apps_read() -> None:
    uri = urlsplit(provisioning_uri("ABCDEFGH", account="a:b c@example.gov.uk"))

    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == "/Cautionary register:a:b c@example.gov.uk"
    assert parse_qs(uri.query) == {
        "secret": ["ABCDEFGH"],
        "issuer": ["Cautionary register"],
        "digits": ["6"],
        "period": ["30"],
    }


def test_picture_differs_with_the_secret() -> None:
    pictures = {as_svg(provisioning_uri(secret, account="a")) for secret in ("AAAA", "BBBB")}

    assert len(pictures) == 2
