"""The phones of the sandbox's staff: what their authenticator app would show."""

from base64 import b32decode

from django_otp.oath import TOTP

from cautionary_plugin.models import Authenticator


def digits(authenticator: Authenticator, *, steps: int = 0) -> str:
    """The six digits now, or so many half minutes from now."""
    return f"{TOTP(b32decode(authenticator.secret), drift=steps).token():06}"
