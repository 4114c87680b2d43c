"""Partners: organisations whose staff meet the same customers, and what binds them (A41–A46)."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record


class Site(Record):
    """A place that several organisations work at, such as a shared building (A42)."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    impersonal = {"id", "name"}

    class Meta(Record.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnerQuerySet(models.QuerySet["Partner"]):
    def standing(self) -> Self:
        """The partnership has not ended."""
        return self.filter(ended_at=None)


class Partner(KeyHolder, SealedModel, Record):
    """One organisation, with the decision whether it comes into contact with customers (A41, A43).

    What is personal about it, its contacts' names and addresses, hangs on its own key, and goes
    with it ``CAUTIONARY_KEEP_PARTNERS_DAYS`` after the end.

    :ivar has_contact: False for whoever neither meets the individuals nor enters their premises;
        then nothing is shared, whoever asks.
    """

    sealed_under = "self"

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    name = models.CharField(_("name of the organisation"), max_length=200)
    has_contact = models.BooleanField(_("comes into contact"))
    sites = models.ManyToManyField(
        Site, through="cautionary_plugin.PartnerSite", related_name="partners"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    basis = SealedTextField(_("basis"), max_length=2000)

    objects = PrimaryManager.from_queryset(PartnerQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "reference",
        "name",
        "has_contact",
        "sites",
        "added_by",
        "added_at",
        "ended_by",
        "ended_at",
        "wrapped_key",
        "wrapping_key",
    }

    class Meta(Record.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "reference"]

    def __str__(self) -> str:
        return self.reference


class PartnerSite(Record):
    """A partner works at a site (A42)."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="partner_sites")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="partner_sites")

    impersonal = {"id", "partner", "site"}

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "site"], name="cautionary_partner_at_site_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.site_id}"


class PartnerContact(SealedModel, Record):
    """Somebody at a partner to whom encrypted mail goes."""

    sealed_under = "partner"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    name = SealedTextField(_("name"), max_length=200)
    email = SealedTextField(_("e-mail address"), max_length=254)

    impersonal = {"id", "partner", "added_by", "added_at"}

    class Meta(Record.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"Contact {self.pk}"


class PartnerCertificateQuerySet(models.QuerySet["PartnerCertificate"]):
    def in_force_at(self, at: datetime) -> Self:
        """Approved, not revoked, and within its dates."""
        return self.filter(
            approved_at__isnull=False, revoked_at=None, not_before__lte=at, not_after__gt=at
        )

    def waiting(self, at: datetime) -> Self:
        """Uploaded, and neither approved nor revoked nor expired."""
        return self.filter(approved_at=None, revoked_at=None, not_after__gt=at)


class PartnerCertificate(SealedModel, Record):
    """An S/MIME certificate of a contact, pinned by its fingerprint (A46).

    One uploads it, another compares the fingerprint with the partner by telephone and approves.

    :ivar pem: the certificate, then those between it and its authority; it names its holder.
    :ivar fingerprint: SHA-256 of the certificate, in hexadecimal.
    :ivar warned: how many days before the end somebody was warned of it, last.
    """

    sealed_under = "contact.partner"

    contact = models.ForeignKey(
        PartnerContact, on_delete=models.CASCADE, related_name="certificates"
    )
    fingerprint = models.CharField(_("SHA-256 fingerprint"), max_length=64)
    not_before = models.DateTimeField(_("valid from"))
    not_after = models.DateTimeField(_("valid until"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(null=True)

    pem = SealedTextField(_("certificate"), max_length=60000)

    objects = PrimaryManager.from_queryset(PartnerCertificateQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "contact",
        "fingerprint",
        "not_before",
        "not_after",
        "uploaded_by",
        "uploaded_at",
        "approved_by",
        "approved_at",
        "revoked_by",
        "revoked_at",
        "warned",
    }

    class Meta(Record.Meta):
        verbose_name = _("certificate of a partner")
        verbose_name_plural = _("certificates of partners")
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "fingerprint"], name="cautionary_certificate_once"
            ),
            models.CheckConstraint(
                name="cautionary_certificate_two_people",
                condition=Q(approved_by=None)
                | Q(uploaded_by=None)
                | ~Q(approved_by=F("uploaded_by")),
            ),
            models.CheckConstraint(
                name="cautionary_certificate_period", condition=Q(not_after__gt=F("not_before"))
            ),
        ]

    def __str__(self) -> str:
        return f"Certificate {self.fingerprint[:16]}"


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    def in_force_on(self, day: date) -> Self:
        """Begun, and neither over nor ended."""
        return self.filter(starts_on__lte=day, ends_on__gt=day, ended_at=None)


class SharingAgreement(SealedModel, Record):
    """What a partner has agreed to in writing: both terms, or there is none (A45).

    :ivar ends_on: the first day on which it binds nobody any more.
    :ivar object_name: of the signed document, sealed in the storage of evidence.
    """

    sealed_under = "partner"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="agreements")
    follows_policy = models.BooleanField(_("follows the council’s policy"))
    indemnifies = models.BooleanField(_("indemnifies the council"))
    signed_on = models.DateField(_("signed"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    object_name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=80)
    size = models.PositiveBigIntegerField(_("size"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(null=True)

    title = SealedTextField(_("name of the file"), max_length=200)

    objects = PrimaryManager.from_queryset(SharingAgreementQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "partner",
        "follows_policy",
        "indemnifies",
        "signed_on",
        "starts_on",
        "ends_on",
        "object_name",
        "kind",
        "size",
        "recorded_by",
        "recorded_at",
        "ended_by",
        "ended_at",
        "warned",
    }

    class Meta(Record.Meta):
        verbose_name = _("sharing agreement")
        verbose_name_plural = _("sharing agreements")
        ordering = ["-starts_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="cautionary_agreement_both_terms",
                condition=Q(follows_policy=True, indemnifies=True),
            ),
            models.CheckConstraint(
                name="cautionary_agreement_period", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"
