"""What follows a decision of the panel: questionnaires, advice, actions, court (B38–B40, B51)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record
from .entries import Entry
from .letters import Letter
from .panel import AgendaItem, PanelCase
from .registers import Register
from .subjects import CaseFile


class Questionnaire(SealedModel, Record):
    """The equalities and diversity questionnaire that went out with a letter (B38, B39).

    When it went out is the day of the letter.

    :ivar new_issues: whether it tells of something that was not known; None until it is back.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="questionnaires")
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="questionnaire")
    returned_on = models.DateField(_("came back"), null=True)
    new_issues = models.BooleanField(_("tells of something new"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    words = SealedTextField(_("what bears on the approach"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "letter",
        "returned_on",
        "new_issues",
        "recorded_by",
        "recorded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.CheckConstraint(
                name="cautionary_questionnaire_back",
                condition=Q(returned_on=None, new_issues=None)
                | Q(returned_on__isnull=False, new_issues__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Questionnaire {self.pk}"


class SpecialistReferral(SealedModel, Record):
    """A specialist colleague is asked, and their answer brings the case back (B21, B39).

    :ivar case: the reconsideration before the panel.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(
        CaseFile, on_delete=models.CASCADE, related_name="specialist_referrals"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, null=True, related_name="referrals"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, null=True, related_name="specialist_referrals"
    )
    case = models.ForeignKey(
        PanelCase, on_delete=models.CASCADE, null=True, related_name="specialist_referrals"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    referred_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    answered_at = models.DateTimeField(null=True)

    asked = SealedTextField(_("what is asked"), max_length=4000)
    advice = SealedTextField(_("advice"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "questionnaire",
        "item",
        "case",
        "register",
        "specialist",
        "referred_by",
        "referred_at",
        "due_on",
        "answered_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("referral to a specialist")
        verbose_name_plural = _("referrals to specialists")
        ordering = ["referred_at"]

    def __str__(self) -> str:
        return f"Referral {self.pk}"


class FollowUpAction(SealedModel, Record):
    """Something that is to be done after the decision, by whom and by when (B40)."""

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="follow_ups")
    case = models.ForeignKey(PanelCase, on_delete=models.CASCADE, related_name="follow_ups")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="follow_ups")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    due_on = models.DateField(_("due"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    noted_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    what = SealedTextField(_("what is to be done"), max_length=2000)
    result = SealedTextField(_("what came of it"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "case",
        "entry",
        "colleague",
        "due_on",
        "noted_by",
        "noted_at",
        "done_by",
        "done_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("follow-up action")
        verbose_name_plural = _("follow-up actions")
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"Follow-up {self.pk}"


class CourtSupport(SealedModel, Record):
    """An employee was summoned to give evidence; their line manager supports them (B51)."""

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="court_supports")
    case = models.ForeignKey(PanelCase, on_delete=models.CASCADE, related_name="court_supports")
    employee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    hearing_on = models.DateField(_("hearing"))
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField()
    offered_on = models.DateField(_("support offered"), null=True)

    note = SealedTextField(_("what was arranged"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "case_file",
        "case",
        "employee",
        "line_manager",
        "hearing_on",
        "told_by",
        "told_at",
        "offered_on",
    }

    class Meta(Record.Meta):
        verbose_name = _("support at court")
        verbose_name_plural = _("support at court")
        ordering = ["hearing_on"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_supported_by_another",
                condition=Q(line_manager=None) | ~Q(line_manager=F("employee")),
            )
        ]

    def __str__(self) -> str:
        return f"Support {self.pk}"
