"""Appeals against an entry, who hears them, and complaints (A24–A26, L10)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import AppealOutcome, HeardBy
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .registers import Register
from .subjects import CaseFile


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        """Neither decided nor withdrawn: the entry stands "under appeal"."""
        return self.filter(state__in=[AppealState.LODGED, AppealState.PROPOSED])


class Appeal(SealedModel, Record):
    """An appeal of the individual against an entry; "under appeal" is computed from its state.

    :ivar variation: what the proposed outcome changes of the entry: fact → new value
        (``rules.variations``).
    :ivar decided_at: when the outcome took effect, or when the appeal was withdrawn.
    :ivar sent_back: why another hearer did not sign the last proposal.
    """

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="appeals")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="appeals")
    state = models.CharField(
        _("state"), max_length=10, choices=AppealState.choices(), default=AppealState.LODGED
    )
    heard_by = models.CharField(
        _("heard by"), max_length=12, choices=HeardBy.choices(), default=HeardBy.CMT
    )
    lodged_on = models.DateField(_("lodged"))
    decide_by = models.DateField(_("to be decided by"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=AppealOutcome.choices(), blank=True
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_back_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    grounds = SealedTextField(_("grounds"), max_length=20000)
    late_reasons = SealedTextField(_("why a late appeal is heard"), max_length=2000, blank=True)
    reasons = SealedTextField(_("reasons for the outcome"), max_length=10000, blank=True)
    variation = SealedJSONField(_("what changes"), default=dict, blank=True)
    sent_back = SealedTextField(_("why it was sent back"), max_length=4000, blank=True)

    objects = PrimaryManager.from_queryset(AppealQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "reference",
        "case_file",
        "entry",
        "state",
        "heard_by",
        "lodged_on",
        "decide_by",
        "recorded_by",
        "recorded_at",
        "outcome",
        "proposed_by",
        "proposed_at",
        "sent_back_by",
        "sent_back_at",
        "decided_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=[AppealState.LODGED.value, AppealState.PROPOSED.value]),
                name="cautionary_one_appeal_at_a_time",
            ),
            models.CheckConstraint(
                name="cautionary_appeal_decided",
                condition=~Q(state=AppealState.DECIDED.value)
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Hearer(Record):
    """A member of CMT who hears one appeal, and signs its outcome (A25)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="hearers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    impersonal = {"id", "appeal", "user", "named_at", "signed_at"}

    class Meta(Record.Meta):
        verbose_name = _("hearer")
        verbose_name_plural = _("hearers")
        constraints = [
            models.UniqueConstraint(fields=["appeal", "user"], name="cautionary_hearer_once")
        ]

    def __str__(self) -> str:
        return f"Hearer {self.pk}"


class Complaint(SealedModel, Record):
    """A complaint about how personal data is handled, acknowledged within 30 days (L10)."""

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="complaints")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("received"))
    acknowledge_by = models.DateField(_("to be acknowledged by"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    acknowledged_on = models.DateField(_("acknowledged"), null=True)
    answered_on = models.DateField(_("answered"), null=True)

    text = SealedTextField(_("complaint"), max_length=20000)
    answer = SealedTextField(_("answer"), max_length=20000, blank=True)

    impersonal = {
        "id",
        "reference",
        "case_file",
        "register",
        "received_on",
        "acknowledge_by",
        "recorded_by",
        "recorded_at",
        "acknowledged_on",
        "answered_on",
    }

    class Meta(Record.Meta):
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return self.reference
