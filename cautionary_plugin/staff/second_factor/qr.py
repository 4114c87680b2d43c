"""The secret of an authenticator as a QR code."""

from io import BytesIO
from urllib.parse import quote, urlencode

import segno

from cautionary_plugin.conf import conf


def provisioning_uri(secret: str, *, account: str) -> str:
    """What authenticator apps read (the "Key Uri Format").

    :param secret: in base 32.
    :param account: the sign-in name, to tell two accounts on one phone apart.
    """
    issuer = conf.OTP_ISSUER.replace(":", " ")
    label = quote(f"{issuer}:{account}", safe="")
    facts = {"secret": secret, "issuer": issuer, "digits": 6, "period": 30}
    return f"otpauth://totp/{label}?{urlencode(facts, quote_via=quote)}"


def as_svg(text: str) -> bytes:
    """A QR code as a picture of its own, dark on white whatever the colour scheme."""
    picture = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, dark="#000", light="#fff")
    return picture.getvalue()
