"""That somebody has looked at who looked (A40, L5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record
from .registers import Register


class UsageReview(KeyHolder, SealedModel, Record):
    """The signature under one month's use of a register.

    What was asked and answered may name colleagues, or worse, so that it is sealed under a key of
    its own; it goes with the lines that it is about.

    :ivar month: the first day of the month.
    :ivar unusual: how many kinds of unusual use the screen showed when it was signed.
    :ivar lines: how many lines of the access record the month has.
    """

    sealed_under = "self"

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="usage_reviews")
    month = models.DateField(_("month"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"))
    lines = models.PositiveIntegerField(_("lines"))
    unusual = models.PositiveIntegerField(_("unusual"))
    notes = SealedTextField(_("what was asked and found"), max_length=4000, blank=True)

    impersonal = {
        "id",
        "register",
        "month",
        "signed_by",
        "signed_at",
        "lines",
        "unusual",
        "wrapped_key",
        "wrapping_key",
    }

    class Meta(Record.Meta):
        verbose_name = _("review of use")
        verbose_name_plural = _("reviews of use")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["register", "month"], name="cautionary_usage_once")
        ]

    def __str__(self) -> str:
        return f"Use in {self.month:%B %Y}"
