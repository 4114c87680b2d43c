"""Mail that must not be lost: written in the transaction of the act that it tells of."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import Vocabulary

from .base import Record


class MailKind(Vocabulary):
    """What a message tells. The words are made at delivery and hold no personal data."""

    EMERGENCY = "emergency", "Emergency access was taken"
    SECOND_FACTOR = "second_factor", "A second factor was changed"


class OutboxMessage(Record):
    """One message to one colleague, until it is delivered.

    The address is the account's own at delivery time; without an account, or when it was deleted,
    the message goes to ``CAUTIONARY_ALERT_ADDRESSES``. The Message-ID is made from the id, so
    that a repeated delivery is recognised as the same message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=MailKind.choices())
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reference = models.CharField(max_length=48, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    impersonal = {"id", "kind", "to", "reference", "queued_at", "sent_at", "attempts"}

    class Meta(Record.Meta):
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["queued_at"]

    def __str__(self) -> str:
        return f"Message {self.pk}"
