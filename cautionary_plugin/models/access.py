"""Who may read a register, and who did (A40, L5)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import connections, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .registers import Register, Service


class ReadingGrantQuerySet(models.QuerySet["ReadingGrant"]):
    def in_force_on(self, day: date) -> Self:
        """Approved, begun, and not ended."""
        return self.filter(
            approved_at__isnull=False, ended_at=None, starts_on__lte=day, ends_on__gt=day
        )

    def waiting(self) -> Self:
        """Asked for, and neither approved nor turned down."""
        return self.filter(approved_at=None, ended_at=None)


class ReadingGrant(Record):
    """Somebody may read a register for their job, between two days (A40).

    One asks, another approves, and the approver is never the grantee.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="grants")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="grants"
    )
    job_basis = models.CharField(
        _("job basis"), max_length=200, help_text=_("Why the job meets or visits customers")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(ReadingGrantQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "user",
        "register",
        "service",
        "job_basis",
        "starts_on",
        "ends_on",
        "requested_by",
        "requested_at",
        "approved_by",
        "approved_at",
        "ended_by",
        "ended_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("reading grant")
        verbose_name_plural = _("reading grants")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_grant_period", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="cautionary_grant_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"Reading grant {self.pk}"


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    def open_at(self, at: datetime) -> Self:
        """Begun, and not yet over."""
        return self.filter(opened_at__lte=at, ends_at__gt=at)


class EmergencyAccess(KeyHolder, SealedModel, Record):
    """Somebody broke the glass: read access for an hour, with a reason and an alert.

    The reason is typed in a hurry and may hold a name, so it is sealed under a key of its own.
    """

    sealed_under = "self"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = SealedTextField(_("reason"), max_length=1000)

    objects = PrimaryManager.from_queryset(EmergencyAccessQuerySet)()  # type: ignore[misc]

    impersonal = {"id", "user", "register", "opened_at", "ends_at", "wrapped_key", "wrapping_key"}

    class Meta(Record.Meta):
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_emergency_period", condition=Q(ends_at__gt=F("opened_at"))
            )
        ]

    def __str__(self) -> str:
        return f"Emergency access at {self.opened_at:%Y-%m-%d %H:%M}"


class AppendOnlyQuerySet(models.QuerySet["AccessRecord"]):
    def update(self, **kwargs: Any) -> int:
        """Only what deleting an account of the host does: ``user_key`` still says who it was."""
        if kwargs != {"user": None}:
            raise TypeError("The access record is append-only.")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        raise TypeError("The access record is append-only.")

    def unlinked(self) -> Self:
        """Lines that have no place in the chain yet, in the order in which they were written."""
        return self.filter(number=None).order_by("pk")

    def put_in_chain(self, lines: Iterable["AccessRecord"]) -> None:
        """Write the numbers and digests of lines; for ``actions.access_chain`` alone.

        As plain SQL: Django's way takes ten times as long, and every act of the site pays for it.
        """
        table = connections[self.db].ops.quote_name(self.model._meta.db_table)
        statement = f"UPDATE {table} SET number = %s, digest = %s WHERE id = %s"  # noqa: S608
        with connections[self.db].cursor() as cursor:
            cursor.executemany(statement, [(each.number, each.digest, each.pk) for each in lines])

    def erase_up_to(self, number: int) -> int:
        """The one way out: lines whose term is over (A34); for ``actions.access_chain`` alone.

        :returns: how many were erased.
        """
        return self.model._base_manager.filter(number__lte=number)._raw_delete(self.db) or 0


class AccessRecord(Record):
    """One act of one person: a check, a view, a refusal, a change (L5).

    It says who, when, why and on which reference; never a name from the register, nor what was
    typed into a search. ``user_key`` stays when the host deletes the account. Once its act is
    committed, a line gets its place in the chain.

    :ivar number: its place in the chain; None until it has one.
    :ivar digest: over the line and the digest before (``rules.chain``).
    """

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    user_key = models.CharField(max_length=64, blank=True)
    act = models.CharField(_("act"), max_length=16, choices=Act.choices())
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices(), blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices(), blank=True)
    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=48, blank=True, db_index=True)
    screen = models.CharField(_("screen"), max_length=80, blank=True)
    number = models.PositiveBigIntegerField(_("number"), null=True, unique=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = PrimaryManager.from_queryset(AppendOnlyQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "at",
        "user",
        "user_key",
        "act",
        "purpose",
        "outcome",
        "register",
        "reference",
        "screen",
        "number",
        "digest",
    }

    class Meta(Record.Meta):
        verbose_name = _("access record")
        verbose_name_plural = _("access record")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.act} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The access record is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The access record is append-only.")
