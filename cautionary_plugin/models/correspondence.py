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
    STATEMENT_INVITED = "statement", "An employee is asked for their account"
    COUNTERSIGN = "countersign", "A report waits for a countersignature"
    COUNTERSIGN_LATE = "countersign_late", "A countersignature is late"
    RETURNED = "returned", "A report was sent back"
    DECIDE = "decide", "A report waits for a decision"
    DECIDED = "decided", "A report was decided"
    BULLETIN = "bulletin", "There is a new entry on the register"
    LETTER_DUE = "letter_due", "A letter is due"
    LETTER = "letter", "A letter to the individual"
    HEARING = "hearing", "An appeal waits for its hearers"
    APPEAL_COMMENT = "appeal_comment", "An employee is asked to comment on an appeal"
    APPEAL_DUE = "appeal_due", "An appeal or a complaint is due"
    REVIEW_DUE = "review_due", "Entries are due for review"
    REVIEW_SIGN = "review_sign", "A review waits for a signature"
    QUARTER_DUE = "quarter_due", "The quarterly check is due"
    REFER = "refer", "A report waits to be put before the panel"
    REFERRED = "referred", "A case waits for the panel"
    MEETING = "meeting", "An invitation to a meeting of the panel"
    MEETING_CHANGED = "meeting_changed", "A meeting of the panel has changed"
    MEETING_CANCELLED = "meeting_off", "A meeting of the panel is cancelled"
    NOT_NEEDED = "not_needed", "Somebody is not needed at a meeting of the panel any more"
    PAPERS = "papers", "Papers of a meeting are released"
    CONFLICT = "conflict", "A conflict of interest waits for a decision"
    CONFLICT_DECIDED = "conflict_decided", "A conflict of interest was decided"
    URGENT = "urgent", "An entry was added ahead of the panel"
    PANEL_DECIDED = "panel_decided", "The panel has decided on a case"
    TO_DIRECTOR = "to_director", "The panel refers a case to the director"
    DIVERT = "divert", "An e-mail divert waits to be switched"
    SPOC = "spoc", "A colleague is named as single point of contact"
    SPECIALIST = "specialist", "A specialist colleague is asked for advice"
    FOLLOW_UP = "follow_up", "A follow-up action is due"
    COURT = "court", "An employee was summoned to court"
    ANCHOR = "anchor", "Where the access record ends today"
    UNUSUAL_USE = "unusual_use", "There was unusual use of the register"
    PARTNER = "partner", "Entries shared with a partner, encrypted"
    WITHDRAWAL = "withdrawal", "A partner is told to delete entries, encrypted"
    CERTIFICATE = "certificate", "A certificate waits for approval"
    PARTNER_EXPIRY = "partner_expiry", "A certificate or an agreement runs out"
    BRIEFING_SESSION = "briefing_session", "A colleague is expected at a briefing"
    BRIEFING_OFF = "briefing_off", "A briefing does not take place"
    STAFF_REMINDER = "staff_reminder", "All staff are reminded to report"
    SYSTEM_EXPIRY = "system_expiry", "The term of a named system is over soon"
    BRIEFING_DUE = "briefing_due", "A briefing runs out, has lapsed or is missing"


class OutboxMessage(Record):
    """One message to one colleague, until it is delivered.

    The address is the account's own at delivery time; without an account, or when it was deleted,
    the message goes to ``CAUTIONARY_ALERT_ADDRESSES``. With a ``letter`` it goes to the individual,
    to the address that is sealed on the letter. What tells of a new entry knows its
    ``bulletin``, and not the entry; an invitation its ``meeting``, whose calendar entry is made at
    delivery. A ``partner_mail`` goes to the contacts of a partner, encrypted anew on each attempt.
    The Message-ID is made from the id, so that a repeated delivery is recognised as the same
    message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=MailKind.choices())
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    letter = models.ForeignKey(
        "cautionary_plugin.Letter", on_delete=models.CASCADE, null=True, related_name="messages"
    )
    bulletin = models.ForeignKey(
        "cautionary_plugin.StaffBulletin",
        on_delete=models.CASCADE,
        null=True,
        related_name="messages",
    )
    meeting = models.ForeignKey(
        "cautionary_plugin.Meeting", on_delete=models.CASCADE, null=True, related_name="messages"
    )
    anchor = models.ForeignKey(
        "cautionary_plugin.AccessAnchor",
        on_delete=models.CASCADE,
        null=True,
        related_name="messages",
    )
    partner_mail = models.ForeignKey(
        "cautionary_plugin.PartnerMail",
        on_delete=models.CASCADE,
        null=True,
        related_name="messages",
    )
    reference = models.CharField(max_length=48, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    impersonal = {
        "id",
        "kind",
        "to",
        "letter",
        "bulletin",
        "meeting",
        "anchor",
        "partner_mail",
        "reference",
        "queued_at",
        "sent_at",
        "attempts",
    }

    class Meta(Record.Meta):
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["queued_at"]

    def __str__(self) -> str:
        return f"Message {self.pk}"


class StaffBulletin(Record):
    """That those in the audience were told of a new entry, and how many there were (A20, A21)."""

    entry = models.OneToOneField(
        "cautionary_plugin.Entry", on_delete=models.CASCADE, related_name="bulletin"
    )
    due_on = models.DateField(_("due"))
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    queued_at = models.DateTimeField(_("sent"), null=True)
    recipients = models.PositiveIntegerField(_("recipients"), default=0)

    impersonal = {"id", "entry", "due_on", "queued_by", "queued_at", "recipients"}

    class Meta(Record.Meta):
        verbose_name = _("staff bulletin")
        verbose_name_plural = _("staff bulletins")

    def __str__(self) -> str:
        return f"Bulletin {self.pk}"
