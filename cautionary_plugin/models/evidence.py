"""Evidence: files that lie sealed in a storage, each under its case file's key (A9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import Record
from .subjects import CaseFile


class Evidence(SealedModel, Record):
    """One photo, recording or document.

    :ivar object_name: its random name in the storage; nothing of the file's own name is in it.
    :ivar kind: the content type that its content shows, never the one that the browser said.
    :ivar size: bytes of the content, not of the sealed object.
    :ivar title: the file's own name, made harmless.
    """

    sealed_under = "case_file"

    case_file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="evidence")
    object_name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    size = models.PositiveBigIntegerField(_("size"))
    title = SealedTextField(_("name of the file"), max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    scanned_at = models.DateTimeField(_("scanned"), null=True)

    impersonal = {
        "id",
        "case_file",
        "object_name",
        "kind",
        "size",
        "added_by",
        "added_at",
        "scanned_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"
