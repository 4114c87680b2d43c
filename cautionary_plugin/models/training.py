"""Briefing sessions of a trainer, and who came (A49)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import PrimaryManager, Record
from .briefings import Briefing


class BriefingSessionQuerySet(models.QuerySet["BriefingSession"]):
    def open(self) -> Self:
        """Planned, and neither closed nor called off."""
        return self.filter(closed_at=None, called_off_at=None)

    def to_close(self, day: date) -> Self:
        """Those whose day has come, and of which nobody has said who was there."""
        return self.open().filter(held_on__lte=day)


class BriefingSession(Record):
    """A session in which colleagues are briefed on the three subjects of the policy.

    Until it is closed it briefs nobody. Closing it writes a :class:`Briefing` for each who came.

    :ivar trainer: who gives it; the session does not brief them.
    :ivar closed_at: the three subjects were covered, and it is said who came.
    :ivar called_off_at: it did not take place, or left a subject out; it briefs nobody.
    """

    held_on = models.DateField(_("day"))
    at_time = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    planned_at = models.DateTimeField()
    policy = models.BooleanField(_("the council's policy"), default=False)
    review_procedures = models.BooleanField(_("review procedures"), default=False)
    data_security = models.BooleanField(_("data security"), default=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(BriefingSessionQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "held_on",
        "at_time",
        "place",
        "trainer",
        "planned_by",
        "planned_at",
        "policy",
        "review_procedures",
        "data_security",
        "closed_by",
        "closed_at",
        "called_off_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("briefing session")
        verbose_name_plural = _("briefing sessions")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_session_complete",
                condition=Q(closed_at=None)
                | Q(policy=True, review_procedures=True, data_security=True),
            ),
            models.CheckConstraint(
                name="cautionary_session_one_end",
                condition=Q(closed_at=None) | Q(called_off_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Briefing session of {self.held_on.day} {self.held_on:%B %Y}"


class Attendance(Record):
    """A colleague is expected at a session; and, once it is closed, whether they came.

    :ivar briefing: what the session gave them.
    """

    session = models.ForeignKey(
        BriefingSession, on_delete=models.CASCADE, related_name="attendances"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    came = models.BooleanField(_("came"), null=True)
    briefing = models.ForeignKey(
        Briefing, on_delete=models.SET_NULL, null=True, related_name="attendances"
    )

    impersonal = {"id", "session", "user", "came", "briefing"}

    class Meta(Record.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="cautionary_attends_once")
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
