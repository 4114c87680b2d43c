"""The words of a message, made at delivery; none of them is personal (A21)."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from cautionary_plugin.models import MailKind, OutboxMessage

WORDS = {
    MailKind.EMERGENCY: (
        "Cautionary register: emergency access was taken",
        "A colleague took emergency access to the register {reference} at {queued_at:%H:%M} on "
        "{queued_at:%d %B %Y}.\n\n"
        "It ends by itself within the hour. Please look at the access record and ask for the "
        "reason.\n",
    ),
}


def compose(message: OutboxMessage, *, address: str) -> EmailMessage:
    """The message as it goes out, with a Message-ID that stays the same on each attempt."""
    subject, body = WORDS[MailKind(message.kind)]
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = sender.rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=subject,
        body=body.format(reference=message.reference, queued_at=message.queued_at),
        to=[address],
        headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
