"""Named systems: programs that check or report by themselves, each approved by a second person."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.systems import MOST_AN_HOUR, Approval, Doing
from cautionary_plugin.rules.vocabulary import Purpose

from .base import PrimaryManager, Record
from .registers import Register, Service


class NamedSystemQuerySet(models.QuerySet["NamedSystem"]):
    def waiting(self) -> Self:
        """Named, and neither approved nor ended."""
        return self.filter(approved_at=None, ended_at=None)

    def in_force_on(self, day: date) -> Self:
        """Approved, and neither ended nor over."""
        return self.filter(approved_at__isnull=False, ended_at=None, ends_on__gt=day)


class NamedSystem(Record):
    """One program, and what it may do (A40).

    :ivar service: for which service it reads; entries are trimmed to its need (L1).
    :ivar networks: CIDR, one on each line.
    :ivar rate: checks and reports within an hour.
    :ivar key_digest: SHA-256 of its key, which was shown once. The key has 256 random bits, so
        that there is nothing to guess, and no slow hash is needed.
    :ivar warned: how many days before the end somebody was warned of it, last.
    """

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    registers = models.ManyToManyField(Register, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices())
    may_check = models.BooleanField(_("may check"), default=False)
    may_report = models.BooleanField(_("may report"), default=False)
    networks = models.TextField(_("networks"))
    rate = models.PositiveSmallIntegerField(
        _("checks and reports an hour"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AN_HOUR)],
    )
    ends_on = models.DateField(_("until"))
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(null=True)

    objects = PrimaryManager.from_queryset(NamedSystemQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "slug",
        "name",
        "service",
        "registers",
        "purpose",
        "may_check",
        "may_report",
        "networks",
        "rate",
        "ends_on",
        "key_digest",
        "made_by",
        "made_at",
        "approved_by",
        "approved_at",
        "ended_by",
        "ended_at",
        "warned",
    }

    class Meta(Record.Meta):
        verbose_name = _("named system")
        verbose_name_plural = _("named systems")
        ordering = ["name", "slug"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_system_two_people",
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="cautionary_system_does_something",
                condition=Q(may_check=True) | Q(may_report=True),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def doings(self) -> frozenset[Doing]:
        """What it may do."""
        told = {Doing.CHECK: self.may_check, Doing.REPORT: self.may_report}
        return frozenset(doing for doing, may in told.items() if may)

    @property
    def approval(self) -> Approval:
        """What was approved, for the rules."""
        return Approval(
            approved=self.approved_at is not None,
            ended=self.ended_at is not None,
            ends_on=self.ends_on,
            doings=frozenset(doing.value for doing in self.doings),
            registers=frozenset(register.slug for register in self.registers.all()),
            networks=tuple(self.networks.splitlines()),
        )
