"""Whether this session has given its second factor, and when (decision 4).

The session holds which device was used and two instants, never a secret. The device is looked up
again on each request, so that a reset counts at once. django-otp's own session key is left to
the host: this guards the package's doors only.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django_otp.models import Device

from cautionary_plugin.conf import conf
from cautionary_plugin.models import Authenticator
from cautionary_plugin.rules.errors import SecondFactorMissing
from cautionary_plugin.rules.second_factor import check_age, check_recent

from .verifiers import verified_by_host

DEVICE_KEY = "cautionary_device"
VERIFIED_KEY = "cautionary_verified_at"
SEEN_KEY = "cautionary_seen_at"
ENROLLING_KEY = "cautionary_enrolling"

WRITE_SEEN_EVERY = timedelta(minutes=1)


def check_verified(request: HttpRequest, *, at: datetime, dangerous: bool) -> None:
    """The session has a second factor that counts at this instant.

    :param dangerous: it must also be recent (``CAUTIONARY_STEP_UP_AFTER``). Half as old is too
        old already on GET, so that a form that was opened can also be sent.
    :raises SecondFactorMissing: not given, too old, unused for too long, or the device is gone.
    """
    verified_at = _verified_at(request, at=at)
    if verified_at is None:
        raise SecondFactorMissing("The second factor has not been given in this session.")
    seen_at = _instant(request, SEEN_KEY)
    check_age(verified_at, seen_at=seen_at, at=at, idle=conf.VERIFIED_IDLE, whole=conf.VERIFIED_FOR)
    if dangerous:
        reading = request.method in {"GET", "HEAD"}
        within = conf.STEP_UP_AFTER / 2 if reading else conf.STEP_UP_AFTER
        check_recent(verified_at, at=at, within=within)
    if seen_at is None or at - seen_at >= WRITE_SEEN_EVERY:
        request.session[SEEN_KEY] = at.timestamp()


def is_verified(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the session has a second factor that counts."""
    try:
        check_verified(request, at=at, dangerous=False)
    except SecondFactorMissing:
        return False
    return True


def check_by_phone(request: HttpRequest) -> None:
    """The session came in with the phone, not with a recovery code.

    :raises SecondFactorMissing: it did not; a stolen code must not make new ones.
    """
    device = _device(request, request.session.get(DEVICE_KEY, ""))
    if not isinstance(device, Authenticator):
        raise SecondFactorMissing("New codes take your phone: sign in with its six digits.")


def mark_verified(request: HttpRequest, device: Device, *, at: datetime) -> None:
    """Remember that this session has just used ``device``, under a session key of its own."""
    request.session.cycle_key()
    request.session[DEVICE_KEY] = device.persistent_id
    request.session[VERIFIED_KEY] = request.session[SEEN_KEY] = at.timestamp()
    request.session.pop(ENROLLING_KEY, None)


def mark_enrolling(request: HttpRequest, authenticator: Authenticator, *, at: datetime) -> None:
    """Let this session, and no other, see the secret of an authenticator until it is confirmed."""
    request.session[ENROLLING_KEY] = [authenticator.persistent_id, at.timestamp()]


def enrolling(request: HttpRequest, *, at: datetime) -> Authenticator | None:
    """The authenticator that this session is enrolling, if it began not long ago."""
    persistent_id, began_at = request.session.get(ENROLLING_KEY) or ["", 0]
    if at.timestamp() - began_at >= conf.VERIFIED_IDLE.total_seconds():
        return None
    device = _device(request, persistent_id)
    return device if isinstance(device, Authenticator) and not device.confirmed else None


def _verified_at(request: HttpRequest, *, at: datetime) -> datetime | None:
    """The latest proof: our own device's, or the one that the host's identity provider had."""
    proofs = [verified_by_host(request, at=at), _by_own_device(request)]
    return max((proof for proof in proofs if proof is not None), default=None)


def _by_own_device(request: HttpRequest) -> datetime | None:
    device = _device(request, _session(request).get(DEVICE_KEY, ""))
    return _instant(request, VERIFIED_KEY) if device is not None and device.confirmed else None


def _device(request: HttpRequest, persistent_id: str) -> Any:
    """The person's device, as the database has it now."""
    device = Device.from_persistent_id(persistent_id) if persistent_id else None
    return device if device is not None and device.user_id == request.user.pk else None


def _instant(request: HttpRequest, key: str) -> datetime | None:
    seconds = _session(request).get(key)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _session(request: HttpRequest) -> Any:
    """The session, or nothing remembered where the host has none."""
    return getattr(request, "session", {})
