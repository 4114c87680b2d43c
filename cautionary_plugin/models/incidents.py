"""Reports of incidents and concerns, and what else is said about them (A1–A3, A6–A8, A11, A12)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import CountersignOutcome, Trigger
from cautionary_plugin.sealing.fields import SealedJSONField, SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .registers import Register, Service
from .subjects import CaseFile
from .systems import NamedSystem


class IncidentReport(SealedModel, Record):
    """One report, from its first page to the decision on it.

    It opens a case file of its own. While it is a draft, or was sent back, ``answers`` holds what
    was typed page by page; submitting writes the fields below it, and the subject of the file.

    :ivar reporter: whose report it is; ``typed_by`` may be another (A7), or a ``system``.
    :ivar seen: what the reporter saw or heard; ``told`` is what they were told, and by whom (A3).
    :ivar police: ``{"crime": "yes" | "no", "informed_on": ISO date, "informed_by": …,
        "reference": …}``, as far as it is known (A12).
    """

    sealed_under = "case_file"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    case_file = models.OneToOneField(CaseFile, on_delete=models.CASCADE, related_name="report")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(
        _("state"), max_length=16, choices=ReportState.choices(), default=ReportState.DRAFT
    )
    trigger = models.CharField(
        _("what happened"), max_length=16, choices=Trigger.choices(), blank=True
    )
    occurred_on = models.DateField(_("date of the incident or concern"), null=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    system = models.ForeignKey(
        NamedSystem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    countersign_by = models.DateField(_("countersignature due"), null=True)
    chased_at = models.DateTimeField(null=True)

    answers = SealedJSONField(default=dict, blank=True)
    place = SealedTextField(_("place"), blank=True)
    occurred_at = SealedTextField(_("time"), blank=True)
    seen = SealedTextField(_("what the reporter saw or heard"), blank=True)
    told = SealedTextField(_("what the reporter was told"), blank=True)
    told_by = SealedTextField(_("who told it"), blank=True)
    markers = SealedJSONField(_("kinds of behaviour"), default=list, blank=True)
    injuries = SealedTextField(_("injuries and damage"), blank=True)
    witnesses = SealedTextField(_("witnesses"), blank=True)
    police = SealedJSONField(_("crime and Police"), default=dict, blank=True)

    impersonal = {
        "id",
        "reference",
        "case_file",
        "register",
        "state",
        "trigger",
        "occurred_on",
        "reporter",
        "typed_by",
        "system",
        "service",
        "started_at",
        "changed_at",
        "submitted_at",
        "countersign_by",
        "chased_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-started_at", "reference"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_report_submitted",
                condition=Q(state=ReportState.DRAFT.value)
                | Q(submitted_at__isnull=False, occurred_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Countersignature(SealedModel, Record):
    """A Head of Service or Director confirms a report, or sends it back with reasons (A8)."""

    sealed_under = "report.case_file"

    report = models.ForeignKey(
        IncidentReport, on_delete=models.CASCADE, related_name="countersignatures"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=CountersignOutcome.choices())
    reasons = SealedTextField(_("reasons"), max_length=4000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    impersonal = {"id", "report", "outcome", "by", "at"}

    class Meta(Record.Meta):
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Countersignature of {self.report_id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def waiting_on(self, day: date) -> Self:
        """Invited, not answered, and still in time."""
        return self.filter(given_at=None, declined_at=None, due_on__gte=day)


class Statement(SealedModel, Record):
    """An employee's own version of events (A11), or their comment on an appeal (A26).

    Whether it waits or is out of time is computed from ``due_on``.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="statements")
    report = models.ForeignKey(
        IncidentReport, on_delete=models.CASCADE, null=True, related_name="statements"
    )
    appeal = models.ForeignKey(
        "cautionary_plugin.Appeal", on_delete=models.CASCADE, null=True, related_name="comments"
    )
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    given_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    text = SealedTextField(_("account"), max_length=20000, blank=True)

    objects = PrimaryManager.from_queryset(StatementQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "report",
        "appeal",
        "employee",
        "invited_at",
        "due_on",
        "given_at",
        "declined_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("account of an employee")
        verbose_name_plural = _("accounts of employees")
        ordering = ["invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "employee"], name="cautionary_one_account_each"
            ),
            models.UniqueConstraint(
                fields=["appeal", "employee"], name="cautionary_one_comment_each"
            ),
            models.CheckConstraint(
                name="cautionary_statement_is_about_one_thing",
                condition=Q(report__isnull=False, appeal__isnull=True)
                | Q(report__isnull=True, appeal__isnull=False),
            ),
            models.CheckConstraint(
                name="cautionary_given_or_declined",
                condition=Q(given_at__isnull=True) | Q(declined_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Statement {self.pk}"

    @property
    def about(self) -> Any:
        """The report or the appeal that it is about."""
        return self.report or self.appeal

    @property
    def register(self) -> Register:
        """The register that it counts for."""
        return self.appeal.entry.register if self.appeal else self.about.register

    def is_settled_on(self, day: date) -> bool:
        """Given, declined, or out of time."""
        return bool(self.given_at or self.declined_at) or self.due_on < day
