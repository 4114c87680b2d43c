"""Which authorities' certificates count, and which of these they have revoked (A46)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import PrimaryManager, Record


class TrustedAuthorityQuerySet(models.QuerySet["TrustedAuthority"]):
    def trusted(self) -> Self:
        """Approved by a second person, and not withdrawn."""
        return self.filter(approved_at__isnull=False, withdrawn_at=None)

    def waiting(self) -> Self:
        """Uploaded, and not yet approved."""
        return self.filter(approved_at=None, withdrawn_at=None)


class TrustedAuthority(Record):
    """An authority whose S/MIME certificates count here; it is no person, and its facts are public.

    A computer's own list of authorities is for web sites, and not asked.

    :ivar pem: its own certificate.
    """

    name = models.CharField(_("name"), max_length=200)
    pem = models.TextField(_("certificate"))
    fingerprint = models.CharField(_("SHA-256 fingerprint"), max_length=64, unique=True)
    not_after = models.DateTimeField(_("valid until"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(TrustedAuthorityQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "name",
        "pem",
        "fingerprint",
        "not_after",
        "uploaded_by",
        "uploaded_at",
        "approved_by",
        "approved_at",
        "withdrawn_by",
        "withdrawn_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("trusted authority")
        verbose_name_plural = _("trusted authorities")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_authority_two_people",
                condition=Q(approved_by=None)
                | Q(uploaded_by=None)
                | ~Q(approved_by=F("uploaded_by")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RevocationList(Record):
    """What an issuer says is revoked; uploaded by hand, for councils without a way out.

    :ivar issuer: the issuer's name in the certificates, RFC 4514.
    :ivar serials: numbers of the revoked certificates, in hexadecimal.
    """

    issuer = models.CharField(max_length=500)
    serials = models.JSONField(default=list)
    issued_at = models.DateTimeField(_("issued"))
    next_at = models.DateTimeField(_("next list"), null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    impersonal = {
        "id",
        "issuer",
        "serials",
        "issued_at",
        "next_at",
        "uploaded_by",
        "uploaded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("revocation list")
        verbose_name_plural = _("revocation lists")
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return f"Revocation list of {self.issued_at:%Y-%m-%d}"

    def is_older_than(self, at: datetime) -> bool:
        """Whether the issuer has promised a newer one by now."""
        return self.next_at is not None and self.next_at <= at
