"""What of an entry was given to whom: its audience, sites, disclosures (A41–A46, L1, L14)."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.sealed_models import SealedModel

from .base import PrimaryManager, Record
from .entries import Entry
from .partners import Partner, Site
from .registers import Service


class AudienceReason(SealedModel, Record):
    """Why an entry is for a service (L1)."""

    sealed_under = "entry.case_file"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="audience_reasons")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField()

    reason = SealedTextField(_("reason"), max_length=4000)

    impersonal = {"id", "entry", "service", "given_by", "given_at"}

    class Meta(Record.Meta):
        verbose_name = _("reason for the audience")
        verbose_name_plural = _("reasons for the audience")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "service"], name="cautionary_audience_reason_once"
            )
        ]

    def __str__(self) -> str:
        return f"Reason {self.pk}"


class EntrySite(Record):
    """The person of an entry comes to a site, or the premises are one (A42)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_sites")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="entry_sites")

    impersonal = {"id", "entry", "site"}

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["entry", "site"], name="cautionary_entry_at_site_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.site_id}"


class PartnerMail(Record):
    """One encrypted message to one partner: which rows it is made from, never what it said.

    It is made from live data and encrypted anew on each attempt. The message of the outbox goes
    when it is old; this stays with the partner.

    :ivar fingerprints: of the certificates that the last attempt was encrypted to.
    :ivar stopped_because: why it was not sent after all, in words without personal data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="mail")
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    queued_at = models.DateTimeField()
    fingerprints = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=400, blank=True)

    impersonal = {
        "id",
        "partner",
        "queued_by",
        "queued_at",
        "fingerprints",
        "sent_at",
        "stopped_at",
        "stopped_because",
    }

    class Meta(Record.Meta):
        verbose_name = _("mail to a partner")
        verbose_name_plural = _("mail to partners")
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"Mail {self.pk}"

    @property
    def may_have_left(self) -> bool:
        """It is on its way, or was tried at least once before it was stopped."""
        return self.stopped_at is None or bool(self.fingerprints)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


class Disclosure(SealedModel, Record):
    """The owner has chosen that a partner is told of an entry, and why (A41, A44).

    Erased with the entry; what remains is the withdrawal, which has no more than the reference.

    :ivar mail: the last message that it went with.
    :ivar may_be_there: an earlier message with it may have reached the partner, whatever became of
        the last one.
    :ivar version: the entry's ``changed`` at that time; a greater one there is sent on.
    """

    sealed_under = "entry.case_file"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="disclosures")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="disclosures")
    mail = models.ForeignKey(PartnerMail, on_delete=models.CASCADE, related_name="disclosures")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    may_be_there = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=0)

    reason = SealedTextField(_("reason"), max_length=4000)

    objects = PrimaryManager.from_queryset(DisclosureQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "entry",
        "partner",
        "mail",
        "made_by",
        "made_at",
        "withdrawn_at",
        "may_be_there",
        "version",
    }

    class Meta(Record.Meta):
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "partner"],
                condition=Q(withdrawn_at=None),
                name="cautionary_shared_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"


class WithdrawalNoticeQuerySet(models.QuerySet["WithdrawalNotice"]):
    def open(self) -> Self:
        """The partner has not yet said that it has deleted the entry."""
        return self.filter(acknowledged_on=None)


class WithdrawalNotice(Record):
    """A partner is told to delete an entry, until it says that it has (L14).

    It knows the reference alone, and so survives the entry.

    :ivar reference: of the entry.
    :ivar mail: the last message that it went with.
    :ivar chased: how often the partner was reminded.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="withdrawals")
    reference = models.CharField(_("reference"), max_length=24)
    mail = models.ForeignKey(PartnerMail, on_delete=models.CASCADE, related_name="withdrawals")
    made_at = models.DateTimeField()
    due_on = models.DateField(_("due"))
    chased = models.PositiveSmallIntegerField(default=0)
    acknowledged_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(WithdrawalNoticeQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "partner",
        "reference",
        "mail",
        "made_at",
        "due_on",
        "chased",
        "acknowledged_on",
        "recorded_by",
        "recorded_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["due_on", "reference"]

    def __str__(self) -> str:
        return f"Withdrawal of {self.reference}"
