"""The quarter's check of a register, and the review of each entry (A30–A37)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import ReviewState
from cautionary_plugin.rules.vocabulary import ReviewOutcome
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .incidents import IncidentReport
from .registers import Register
from .subjects import CaseFile


class QuarterlyCheck(Record):
    """The owner's signature that every entry was looked at in a quarter (A30).

    :ivar quarter: the first day of the quarter.
    :ivar digest: SHA-256 over reference, state and end of every entry as it was signed.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="checks")
    quarter = models.DateField(_("quarter"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"))
    entries = models.PositiveIntegerField(_("entries"))
    lapsing = models.PositiveIntegerField(_("due to lapse next quarter"))
    digest = models.CharField(_("SHA-256 of the list"), max_length=64)

    impersonal = {
        "id",
        "register",
        "quarter",
        "signed_by",
        "signed_at",
        "entries",
        "lapsing",
        "digest",
    }

    class Meta(Record.Meta):
        verbose_name = _("quarterly check")
        verbose_name_plural = _("quarterly checks")
        ordering = ["-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["register", "quarter"], name="cautionary_quarter_once")
        ]

    def __str__(self) -> str:
        return f"Quarterly check from {self.quarter}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        """Under way: neither closed nor abandoned."""
        return self.filter(state__in=[ReviewState.OPEN, ReviewState.PROPOSED, ReviewState.SIGNED])


class Review(SealedModel, Record):
    """The review of one entry: the director proposes, the Health and Safety Officer signs too.

    An entry that is kept gets its new end when the review closes, and that takes the letter (A37).

    :ivar new_end_on: the last day of the further period (A36).
    :ivar evidence: for a renewal, a countersigned report dated since the last decision (A33);
        or else ``new_evidence`` with its day, ``new_evidence_on``.
    :ivar factors: as of a decision, answered afresh (A35).
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="reviews")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices(), default=ReviewState.OPEN
    )
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=ReviewOutcome.choices(), blank=True
    )
    new_end_on = models.DateField(_("new last day"), null=True)
    evidence = models.ForeignKey(
        IncidentReport, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    new_evidence_on = models.DateField(_("date of the new evidence"), null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    factors = SealedJSONField(_("factors"), default=dict, blank=True)
    new_evidence = SealedTextField(_("evidence since the last decision"), blank=True)
    reasons = SealedTextField(_("reasons"), max_length=10000, blank=True)
    term_reasons = SealedTextField(_("reasons for a longer term"), max_length=4000, blank=True)
    safety_comment = SealedTextField(
        _("comment of the Health and Safety Officer"), max_length=4000, blank=True
    )

    objects = PrimaryManager.from_queryset(ReviewQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "entry",
        "state",
        "outcome",
        "new_end_on",
        "evidence",
        "new_evidence_on",
        "opened_by",
        "opened_at",
        "proposed_by",
        "proposed_at",
        "signed_by",
        "signed_at",
        "closed_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(
                    state__in=[
                        ReviewState.OPEN.value,
                        ReviewState.PROPOSED.value,
                        ReviewState.SIGNED.value,
                    ]
                ),
                name="cautionary_one_review_at_a_time",
            ),
            models.CheckConstraint(
                name="cautionary_review_signed_by_two",
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.entry.reference}"
