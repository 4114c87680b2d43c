"""What people do with their own second factor: enrol a phone, give a code, use a recovery code.

A wrong code is remembered although it is refused: each attempt is committed first, then refused.
"""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from django.utils import timezone
from django_otp import verify_token

from cautionary_plugin.models import Authenticator, EnrolmentCode, RecoveryCode, RecoverySheet
from cautionary_plugin.models.second_factor import RECOVERY_SIGNS, Factor
from cautionary_plugin.rules.codes import draw, tidied
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.rules.waiting import too_many_attempts
from cautionary_plugin.sealing.digests import digest

from .access import record
from .base import action, lock
from .enrolment import tell, whose

RECOVERY_CODES = 10

NO_CODE = "No code has been issued to you, or it was used. Ask your manager for a new one."
WRONG_ENROLMENT = "This is not the code that was issued to you, or it has expired or been used."
WRONG_DIGITS = "This code is not right, or it was used already. Wait for the next one and try it."
WRONG_RECOVERY = "This is not one of your recovery codes, or it was used already."


@dataclass(frozen=True)
class Enrolled:
    """A phone that was just confirmed.

    :ivar codes: the recovery codes, shown once and not kept.
    """

    authenticator: Authenticator
    codes: list[str] = field(repr=False)


def begin_enrolment(*, user: Any, code: str, at: datetime) -> Authenticator:
    """Use up an issued code and draw the secret of a new authenticator, once.

    The authenticator waits to be confirmed; an earlier one that waited is dropped with its secret.

    :raises AlreadyDone: the person has an authenticator; it must be reset first.
    :raises BadInput: under ``code``: wrong, expired or used.
    :raises TooManyAttempts: after wrong codes.
    """
    if Authenticator.of(user):
        raise AlreadyDone("You have an authenticator already. Ask a colleague to reset it first.")
    issued = EnrolmentCode.objects.filter(user=user).first()
    if issued is None:
        raise BadInput({"code": [NO_CODE]})
    check_not_throttled(issued)
    begun = _begin(issued, code, user=user, at=at)
    if begun is None:
        raise BadInput({"code": [WRONG_ENROLMENT]})
    return begun


def confirm_enrolment(*, authenticator: Authenticator, token: str, at: datetime) -> Enrolled:
    """The first code from the phone: from now on it counts, and there are recovery codes.

    :raises AlreadyDone: it was confirmed or dropped meanwhile.
    :raises BadInput: under ``code``: wrong.
    :raises TooManyAttempts: after wrong codes.
    """
    check_not_throttled(authenticator)
    enrolled = _confirm(authenticator, token, at=at)
    if enrolled is None:
        raise BadInput({"code": [WRONG_DIGITS]})
    return enrolled


def verify_code(*, user: Any, token: str, at: datetime) -> Factor:
    """Six digits from the person's phone.

    :returns: the authenticator, for the session to remember.
    :raises BadInput: under ``code``: wrong, used, or no authenticator.
    :raises TooManyAttempts: after wrong codes.
    """
    device = Authenticator.of(user)
    return _verify(device, token, at=at, wrong=WRONG_DIGITS)


def verify_recovery_code(*, user: Any, code: str, at: datetime) -> Factor:
    """A recovery code in place of the phone; it is used up, and that is recorded.

    :returns: the sheet, for the session to remember.
    :raises BadInput: under ``code``: wrong, used, or no sheet.
    :raises TooManyAttempts: after wrong codes.
    """
    sheet = RecoverySheet.objects.filter(user=user).first()
    return _verify(sheet, code, at=at, wrong=WRONG_RECOVERY, noted="used a recovery code")


@action
def renew_recovery_codes(*, user: Any, at: datetime) -> list[str]:
    """A new sheet of recovery codes, shown once; the old codes count no more.

    :raises AlreadyDone: the person has no authenticator that the codes could stand in for.
    """
    device = Authenticator.of(user)
    if device is None:
        raise AlreadyDone("You have no authenticator yet. Set one up first.")
    lock(device)
    codes = _new_sheet(user, at=at)
    _note(user, "new recovery codes", at=at)
    tell(user, at=at)
    return codes


@action
def keep_recovery_codes(*, user: Any, at: datetime) -> None:
    """The person says that they have put their recovery codes away."""
    RecoverySheet.objects.filter(user=user, kept_at=None, made_at__lte=at).update(kept_at=at)


def check_not_throttled(device: Factor) -> None:
    """An attempt would be looked at now.

    :raises TooManyAttempts: with the seconds to wait.
    """
    allowed, why = device.verify_is_allowed()
    if not allowed:
        waiting = (why["locked_until"] - timezone.now()).total_seconds()
        raise too_many_attempts(max(1, ceil(waiting)))


def _verify(
    device: Factor | None, token: str, *, at: datetime, wrong: str, noted: str = ""
) -> Factor:
    if device is None:
        raise BadInput({"code": ["You have not set this up yet."]})
    check_not_throttled(device)
    verified = _attempt(device, token, at=at, noted=noted)
    if verified is None:
        raise BadInput({"code": [wrong]})
    return verified


@action
def _attempt(device: Factor, token: str, *, at: datetime, noted: str = "") -> Any:
    """Ask django-otp, and record a wrong code as a refusal."""
    verified = verify_token(device.user, device.persistent_id, token)
    if verified is None:
        record(act=Act.REFUSED, by=device.user, at=at, screen="second factor: wrong code")
    elif noted:
        _note(device.user, noted, at=at)
    return verified


@action
def _begin(issued: EnrolmentCode, code: str, *, user: Any, at: datetime) -> Authenticator | None:
    if _attempt(issued, code, at=at, noted="began to enrol") is None:
        return None
    Authenticator.objects.filter(user=user, confirmed=False).delete()
    return Authenticator.objects.create(
        user=user, confirmed=False, secret=Authenticator.draw_secret(), created_at=at
    )


@action
def _confirm(authenticator: Authenticator, token: str, *, at: datetime) -> Enrolled | None:
    waiting = lock(authenticator)
    if Authenticator.of(waiting.user_id):
        raise AlreadyDone("You have set up an authenticator already.")
    device = _attempt(authenticator, token, at=at, noted="enrolled an authenticator")
    if device is None:
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    tell(device.user, at=at)
    return Enrolled(device, _new_sheet(device.user, at=at))


def _new_sheet(user: Any, *, at: datetime) -> list[str]:
    """A sheet of its own: sessions that came in with an old sheet's code end with it."""
    codes = [draw(RECOVERY_SIGNS) for _ in range(RECOVERY_CODES)]
    RecoverySheet.objects.filter(user=user).delete()
    sheet = RecoverySheet.objects.create(user=user, made_at=at)
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            sheet=sheet, digest=digest(tidied(code, RECOVERY_SIGNS) or "", purpose="recovery")
        )
        for code in codes
    )
    return codes


def _note(user: Any, what: str, *, at: datetime) -> None:
    record(
        act=Act.SECOND_FACTOR,
        by=user,
        at=at,
        reference=whose(user),
        screen=f"second factor: {what}",
    )
