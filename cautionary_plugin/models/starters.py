"""What new staff were told, and what all staff are reminded of (A47, A48)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import Relevance

from .base import Record


class StarterConfirmation(Record):
    """A manager confirms what a new member of staff was told about the register (A48).

    :ivar relevance: what the register means for their job.
    :ivar about_job: that in the manager's words; about no customer.
    """

    starter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told_on = models.DateField(_("told on"))
    purpose = models.BooleanField(_("what the register is for"))
    reporting = models.BooleanField(_("their duty to report"))
    relevance = models.CharField(_("relevance"), max_length=20, choices=Relevance.choices())
    about_job = models.CharField(_("what it means for their job"), max_length=500)
    confirmed_at = models.DateTimeField()

    impersonal = {
        "id",
        "starter",
        "manager",
        "told_on",
        "purpose",
        "reporting",
        "relevance",
        "about_job",
        "confirmed_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("starter confirmation")
        verbose_name_plural = _("starter confirmations")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["starter"], name="cautionary_starter_once"),
            models.CheckConstraint(
                name="cautionary_starter_complete", condition=Q(purpose=True, reporting=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Starter confirmation {self.pk}"


class StaffReminder(Record):
    """All staff were reminded to report incidents and concerns (A47), and how many there were.

    :ivar sent_by: empty where the schedule sent it.
    """

    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recipients = models.PositiveIntegerField(_("recipients"))

    impersonal = {"id", "sent_at", "sent_by", "recipients"}

    class Meta(Record.Meta):
        verbose_name = _("reminder to all staff")
        verbose_name_plural = _("reminders to all staff")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"Reminder to all staff {self.pk}"
