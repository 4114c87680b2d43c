"""Counts that outlast the files they were counted from: nothing in them is about anybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.figures import Measure

from .base import Record
from .registers import Register


class Tally(Record):
    """How often something happened in a month, by kind.

    :ivar month: its first day.
    :ivar part: the code of the kind, of the outcome, or of the span of days.
    """

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="tallies")
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices())
    month = models.DateField(_("month"))
    part = models.CharField(_("part"), max_length=20)
    number = models.PositiveIntegerField(_("number"), default=0)

    impersonal = {"id", "register", "measure", "month", "part", "number"}

    class Meta(Record.Meta):
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        ordering = ["month", "measure", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "measure", "month", "part"], name="cautionary_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.part} {self.month:%Y-%m}"
