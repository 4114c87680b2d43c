"""Entries on a register: what staff must know, for how long, and who may know it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import LegalCondition, Risk, Route, WhyEnded
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .registers import Register, Service
from .subjects import CaseFile


class EntryQuerySet(models.QuerySet["Entry"]):
    def live_at(self, at: datetime) -> Self:
        """Live, begun, and not expired by the clock, whether or not any job has run (A32)."""
        return self.filter(state=EntryState.LIVE, starts_at__lte=at, expires_at__gt=at)

    def for_partners(self) -> Self:
        """Those that partners may be told of: none of the panel's at low risk (A41, B18)."""
        return self.exclude(register__route=Route.PANEL, risk=Risk.LOW)

    def held(self) -> Self:
        """Waiting for a senior signature (L2)."""
        return self.filter(state=EntryState.HELD)


class Entry(SealedModel, Record):
    """One entry on one register about the subject of one case file.

    Live for a limited term: ``expires_at`` is compulsory and comes after ``starts_at``, by the
    database's own rule (A28).
    """

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="entries")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(_("state"), max_length=8, choices=EntryState.choices())
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices())
    legal_condition = models.CharField(
        _("legal condition"), max_length=20, choices=LegalCondition.choices()
    )
    fact_on = models.DateField(_("date of the incident or concern"))
    starts_at = models.DateTimeField(_("live from"))
    expires_at = models.DateTimeField(_("expires"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    why_ended = models.CharField(
        _("why it ended"), max_length=12, choices=WhyEnded.choices(), blank=True
    )
    provisional = models.BooleanField(
        _("provisional"),
        default=False,
        help_text=_("Added urgently; the panel has not ratified it"),
    )
    disputed_at = models.DateTimeField(_("accuracy disputed"), null=True)
    changed = models.PositiveBigIntegerField(
        default=0,
        db_index=True,
        editable=False,
        help_text="The LookupState's number at the last change",
    )
    legacy_import = models.ForeignKey(
        "cautionary_plugin.LegacyImport",
        on_delete=models.PROTECT,
        null=True,
        related_name="entries",
    )
    audience = models.ManyToManyField(
        Service, through="cautionary_plugin.AudienceMember", related_name="entries"
    )

    handling = SealedTextField(_("handling instructions"), max_length=2000)
    markers = SealedJSONField(_("markers"), default=list)
    control_measures = SealedJSONField(_("control measures"), default=list, blank=True)
    restrictions = SealedJSONField(_("service restrictions"), default=list, blank=True)
    permitted_contact = SealedTextField(_("permitted contact"), max_length=1000, blank=True)
    spoc = SealedTextField(_("single point of contact"), max_length=500, blank=True)
    basis = SealedTextField(_("basis"), max_length=20000)

    objects = PrimaryManager.from_queryset(EntryQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "reference",
        "case_file",
        "register",
        "state",
        "risk",
        "legal_condition",
        "fact_on",
        "starts_at",
        "expires_at",
        "made_by",
        "made_at",
        "signed_off_by",
        "signed_off_at",
        "ended_at",
        "why_ended",
        "provisional",
        "disputed_at",
        "changed",
        "legacy_import",
        "audience",
    }

    class Meta(Record.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-made_at", "reference"]
        indexes = [
            models.Index(fields=["state", "expires_at"], name="cautionary_entry_live"),
        ]
        constraints = [
            models.CheckConstraint(
                name="cautionary_entry_expires", condition=Q(expires_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="cautionary_entry_ended_when_and_why",
                condition=(
                    Q(state=EntryState.ENDED.value) & Q(ended_at__isnull=False) & ~Q(why_ended="")
                )
                | (~Q(state=EntryState.ENDED.value) & Q(ended_at__isnull=True, why_ended="")),
            ),
            models.UniqueConstraint(
                fields=["case_file", "register"],
                condition=~Q(state=EntryState.ENDED.value),
                name="cautionary_one_entry_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AudienceMember(Record):
    """A service that an entry is for (L1)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="audience_members")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")

    impersonal = {"id", "entry", "service"}

    class Meta(Record.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audience")
        constraints = [
            models.UniqueConstraint(fields=["entry", "service"], name="cautionary_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.service_id}"


class Acknowledgement(Record):
    """Somebody has read a high-risk entry and said so, once a day (L12)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    day = models.DateField()
    at = models.DateTimeField()

    impersonal = {"id", "entry", "user", "day", "at"}

    class Meta(Record.Meta):
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "user", "day"], name="cautionary_acknowledged_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"Acknowledgement {self.pk}"


class Correction(SealedModel, Record):
    """A fact of an entry or its subject that was put right, with what stood there before (L3)."""

    sealed_under = "entry.case_file"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="corrections")
    fact = models.CharField(_("fact"), max_length=40)
    before = SealedTextField(_("before"), blank=True)
    after = SealedTextField(_("after"), blank=True)
    reasons = SealedTextField(_("reasons"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    impersonal = {"id", "entry", "fact", "made_by", "made_at"}

    class Meta(Record.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Correction of {self.entry_id}"
