"""What the director decided on a report, and on what grounds (A10–A19)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import DecisionOutcome
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record
from .entries import Entry
from .incidents import IncidentReport
from .subjects import CaseFile


class Decision(SealedModel, Record):
    """One decision on one report; it never changes. A mistake is put right by a new act.

    :ivar factors: code of each factor → the answer in words (``rules.factors``).
    :ivar second_identifier: what, besides the name, shows that this is the person (L3).
    :ivar another_person: why an entry that looks the same is about another (L3).
    :ivar audience_reasons: why the entry is for these services (L1).
    :ivar entry: the entry that the decision made or joined; empty for a decline or a warning.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="decisions")
    report = models.OneToOneField(IncidentReport, on_delete=models.CASCADE, related_name="decision")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=DecisionOutcome.choices())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    reasons = SealedTextField(_("reasons"), max_length=10000)
    factors = SealedJSONField(_("factors"), default=dict)
    credible_risk = SealedTextField(_("finding of a credible risk"), max_length=4000, blank=True)
    second_identifier = SealedTextField(_("second identifier"), max_length=4000, blank=True)
    another_person = SealedTextField(_("why it is another person"), max_length=4000, blank=True)
    audience_reasons = SealedTextField(_("reasons for the audience"), max_length=4000, blank=True)
    term_reasons = SealedTextField(_("reasons for a longer term"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "report",
        "entry",
        "outcome",
        "decided_by",
        "decided_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"Decision on {self.report_id}"
