"""A legacy list that was brought in, and the declaration that it is destroyed (A39)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record
from .registers import Register


class LegacyImport(Record):
    """One list, brought in as one act: what became of its rows, and what the owner declared."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    imported_at = models.DateTimeField(_("brought in"))
    entered = models.PositiveIntegerField(_("entered"))
    held = models.PositiveIntegerField(_("held"))
    refused = models.PositiveIntegerField(_("refused"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    declared_at = models.DateTimeField(_("declared destroyed"), null=True)

    impersonal = {
        "id",
        "register",
        "digest",
        "imported_by",
        "imported_at",
        "entered",
        "held",
        "refused",
        "declared_by",
        "declared_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("legacy list")
        verbose_name_plural = _("legacy lists")
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "digest"], name="cautionary_same_list_once"
            ),
            models.CheckConstraint(
                name="cautionary_declared_when_and_by",
                condition=Q(declared_at__isnull=False) | Q(declared_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Legacy list {self.pk}"


class LegacyUpload(KeyHolder, SealedModel, Record):
    """An uploaded list between its dry run and its import: sealed, and gone within a day."""

    sealed_under = "self"

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    content = SealedTextField()

    impersonal = {"id", "register", "uploaded_by", "uploaded_at", "wrapped_key", "wrapping_key"}

    class Meta(Record.Meta):
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")

    def __str__(self) -> str:
        return f"Uploaded list of {self.uploaded_at:%Y-%m-%d}"
