"""Legal holds, and what remains when a file is erased (L7, L13)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .subjects import CaseFile


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force_on(self, day: date) -> Self:
        """Placed, not lifted, and not over."""
        return self.filter(lifted_at=None, ends_on__gt=day)

    def over_on(self, day: date) -> Self:
        """Lifted, or over."""
        return self.filter(Q(lifted_at__isnull=False) | Q(ends_on__lte=day))


class LegalHold(SealedModel, Record):
    """A file that a court may ask for is not erased yet; nobody but its keeper reads it (L13)."""

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="legal_holds")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    placed_at = models.DateTimeField()
    ends_on = models.DateField(_("until"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    reason = SealedTextField(_("reason"), max_length=2000)

    objects = PrimaryManager.from_queryset(LegalHoldQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "case_file",
        "placed_by",
        "placed_at",
        "ends_on",
        "lifted_by",
        "lifted_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return f"Legal hold on {self.case_file}"


class DeletionCertificate(Record):
    """That a file was erased, when, why, and how much of it: nothing about whom (L7).

    The row is written before the first thing is removed and signed off after the last, so that an
    erasure that was cut off is known and finished. Its number is the line of the journal that is
    kept outside the database, by which a restored backup is recognised.

    :ivar number: counts up by one, without a gap.
    :ivar removed: what was removed → how many: rows by model, objects and versions of evidence.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    file_id = models.UUIDField(_("file"))
    file_reference = models.CharField(_("reference"), max_length=24)
    entry_references = models.JSONField(_("entries"), default=list)
    cause = models.CharField(_("cause"), max_length=40)
    started_at = models.DateTimeField(_("started"))
    erased_at = models.DateTimeField(_("erased"), null=True)
    removed = models.JSONField(_("removed"), default=dict)

    impersonal = {
        "id",
        "number",
        "file_id",
        "file_reference",
        "entry_references",
        "cause",
        "started_at",
        "erased_at",
        "removed",
    }

    class Meta(Record.Meta):
        verbose_name = _("deletion certificate")
        verbose_name_plural = _("deletion certificates")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_erased_after_start",
                condition=Q(erased_at=None) | Q(erased_at__gte=F("started_at")),
            )
        ]

    def __str__(self) -> str:
        return f"Deletion certificate {self.number}"
