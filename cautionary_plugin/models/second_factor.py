"""The second factor: a phone, a sheet of recovery codes, and the code that lets one enrol (A40).

All three are devices of django-otp and are only ever asked through ``django_otp.verify_token``,
which holds the row while it looks: two people with one code are one person and a refusal.
"""

import time
import uuid
from base64 import b32decode, b32encode
from secrets import token_bytes
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, DeviceManager, ThrottlingMixin
from django_otp.oath import TOTP

from cautionary_plugin.rules.codes import six_digits, tidied
from cautionary_plugin.sealing.digests import digests
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder

from .base import PrimaryManager, Record

SECRET_BYTES = 20
RECOVERY_SIGNS = 16  # eighty bits
ENROLMENT_SIGNS = 12  # sixty bits, for forty-eight hours
THROTTLE = ["throttling_failure_timestamp", "throttling_failure_count"]


class FactorManager(DeviceManager, PrimaryManager):
    """django-otp's manager, reading from the database that is written to."""


class Factor(ThrottlingMixin, Device, Record):
    """What the three kinds share: a random key, and ever longer waits after wrong codes.

    The user has no way back to the device: hosts with allauth have an ``authenticator_set``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=64, default="", editable=False)

    objects: ClassVar[FactorManager] = FactorManager()

    impersonal = {"id", "user", "name", "confirmed", *THROTTLE}

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def persistent_id(self) -> str:
        """django-otp reads what follows the slash as a whole number."""
        return f"{self.model_label()}/{self.id.int}"

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code; each further one doubles it."""
        return 1

    def verify_token(self, token: str) -> bool:
        """Look at a code, unless it is too early to; remember the failure or the success.

        Called by ``django_otp.verify_token`` with the row locked.
        """
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        changed = self.take(token)
        if changed is None:
            self.throttle_increment(commit=False)
        else:
            self.throttle_reset(commit=False)
        self.save(update_fields=[*THROTTLE, *(changed or [])])
        return changed is not None

    def take(self, token: str) -> list[str] | None:
        """Use the code up: the names of the fields that changed, or None if it is wrong."""
        raise NotImplementedError


class Authenticator(KeyHolder, Factor):
    """An authenticator app on somebody's phone: six digits that change every thirty seconds.

    The secret is sealed under a key of its own. Not confirmed: shown, and no code from it yet.
    """

    sealed_under = "self"
    STEP = 30
    TOLERANCE = 1

    secret = SealedTextField()
    last_t = models.BigIntegerField(default=-1, editable=False)
    drift = models.SmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()

    impersonal = {"last_t", "drift", "created_at"}

    class Meta(Factor.Meta):
        verbose_name = _("authenticator")
        verbose_name_plural = _("authenticators")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "confirmed"], name="cautionary_authenticator_one_of_each"
            )
        ]

    @classmethod
    def of(cls, user: Any) -> "Authenticator | None":
        """The one that counts for this person, if they have set one up."""
        return cls.objects.filter(user=user, confirmed=True).first()

    @staticmethod
    def draw_secret() -> str:
        """A fresh secret as people type it: 160 bits in base 32."""
        return b32encode(token_bytes(SECRET_BYTES)).decode()

    def take(self, token: str) -> list[str] | None:
        """Six digits of now, the step before or the one after, each step once (RFC 6238)."""
        digits = six_digits(token)
        if digits is None:
            return None
        totp = TOTP(b32decode(self.secret), step=self.STEP, drift=self.drift)
        totp.time = time.time()
        if not totp.verify(int(digits), self.TOLERANCE, min_t=self.last_t + 1):
            return None
        self.last_t, self.drift = totp.t(), totp.drift
        return ["last_t", "drift"]


class RecoverySheet(Factor):
    """The sheet of recovery codes that somebody keeps for the day without the phone."""

    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    impersonal = {"made_at", "kept_at"}

    class Meta(Factor.Meta):
        verbose_name = _("recovery sheet")
        verbose_name_plural = _("recovery sheets")
        constraints = [
            models.UniqueConstraint(fields=["user"], name="cautionary_recovery_sheet_one"),
            models.CheckConstraint(
                name="cautionary_recovery_kept_after_made",
                condition=Q(kept_at=None) | Q(kept_at__gte=F("made_at")),
            ),
        ]

    def take(self, token: str) -> list[str] | None:
        """A code of the sheet that was not used before; the sheet is locked meanwhile."""
        code = tidied(token, RECOVERY_SIGNS)
        if code is None:
            return None
        unused = self.codes.filter(digest__in=digests(code, purpose="recovery"), used_at=None)
        return [] if unused.update(used_at=timezone.now()) else None


class RecoveryCode(Record):
    """One line of a sheet: recognised by its digest, and good once."""

    sheet = models.ForeignKey(RecoverySheet, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(null=True)

    impersonal = {"id", "sheet", "digest", "used_at"}

    class Meta(Record.Meta):
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "digest"], name="cautionary_recovery_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"Recovery code {self.pk}"


class EnrolmentCode(Factor):
    """A code that a manager hands over, without which nobody enrols a phone.

    A stolen password alone must not be enough to enrol the thief's phone. There is one code for
    a person at a time. It is never confirmed, so no door takes it for a second factor.
    """

    digest = models.CharField(max_length=64, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    impersonal = {"digest", "issued_by", "issued_at", "expires_at", "used_at"}

    class Meta(Factor.Meta):
        verbose_name = _("enrolment code")
        verbose_name_plural = _("enrolment codes")
        constraints = [
            models.UniqueConstraint(fields=["user"], name="cautionary_enrolment_code_one"),
            models.CheckConstraint(
                name="cautionary_enrolment_code_unconfirmed", condition=Q(confirmed=False)
            ),
            models.CheckConstraint(
                name="cautionary_enrolment_code_period",
                condition=Q(expires_at__gt=F("issued_at")),
            ),
            models.CheckConstraint(
                name="cautionary_enrolment_code_two_people",
                condition=Q(issued_by=None) | ~Q(issued_by=F("user")),
            ),
        ]

    def take(self, token: str) -> list[str] | None:
        """The code, in its time, if it was not used before."""
        code, now = tidied(token, ENROLMENT_SIGNS), timezone.now()
        if code is None or self.used_at or now >= self.expires_at:
            return None
        if self.digest not in digests(code, purpose="enrolment"):
            return None
        self.used_at = now
        return ["used_at"]
