"""Briefings of those who have access (A49)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record


class Briefing(Record):
    """Somebody was briefed on a day, on the policy, the review procedures and data security."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    briefed_on = models.DateField(_("briefed on"))
    policy = models.BooleanField(_("the council's policy"))
    review_procedures = models.BooleanField(_("review procedures"))
    data_security = models.BooleanField(_("data security"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    impersonal = {
        "id",
        "user",
        "briefed_on",
        "policy",
        "review_procedures",
        "data_security",
        "recorded_by",
        "recorded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["-briefed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_briefing_complete",
                condition=Q(policy=True, review_procedures=True, data_security=True),
            )
        ]

    def __str__(self) -> str:
        return f"Briefing on {self.briefed_on}"
