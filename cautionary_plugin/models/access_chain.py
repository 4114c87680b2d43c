"""What makes a change of the access record show: its chain, and where the chain ended (L5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.chain import GENESIS

from .base import Record


class AccessChain(Record):
    """One row: the last line of the chain, and the last of those that were erased.

    It is locked to give out numbers. The triggers let a line go only when its number is not above
    ``erased_number``.
    """

    last_number = models.PositiveBigIntegerField(default=0)
    last_digest = models.CharField(max_length=64, default=GENESIS)
    erased_number = models.PositiveBigIntegerField(default=0)
    erased_digest = models.CharField(max_length=64, default=GENESIS)

    impersonal = {"id", "last_number", "last_digest", "erased_number", "erased_digest"}

    class Meta(Record.Meta):
        verbose_name = "chain of the access record"
        verbose_name_plural = "chain of the access record"
        constraints = [
            models.CheckConstraint(
                name="cautionary_chain_erased_first",
                condition=Q(erased_number__lte=F("last_number")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.last_number} lines"


class AccessAnchor(Record):
    """Where the chain ended on a day, told to people outside the database.

    :ivar told_at: when it was handed to the mail, or the storage had it; None until then.
    """

    day = models.DateField(_("day"), unique=True)
    number = models.PositiveBigIntegerField(_("lines"))
    digest = models.CharField(_("digest"), max_length=64)
    taken_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    impersonal = {"id", "day", "number", "digest", "taken_at", "told_at"}

    class Meta(Record.Meta):
        verbose_name = _("anchor of the access record")
        verbose_name_plural = _("anchors of the access record")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
