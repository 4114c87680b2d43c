"""Digests of random codes: the database can recognise a code and cannot tell it.

Only for codes drawn by the machine with sixty bits or more. A name, a date or a phone number has
too few possibilities for any digest to hide it.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def digest(code: str, *, purpose: str) -> str:
    """The digest that is kept: HMAC-SHA-256 under the site's secret key, 64 hexadecimal digits."""
    return _digest(code, purpose, settings.SECRET_KEY)


def digests(code: str, *, purpose: str) -> list[str]:
    """Every digest that the code may be kept under, while the site changes its secret key."""
    secret_keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_digest(code, purpose, secret) for secret in secret_keys]


def _digest(code: str, purpose: str, secret: str | bytes) -> str:
    salt = f"cautionary_plugin.{purpose}"
    return salted_hmac(salt, code, secret=secret, algorithm="sha256").hexdigest()
