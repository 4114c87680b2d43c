"""The words of a message, made at delivery; none of them is personal (A21)."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.timezone import localtime

from cautionary_plugin.models import MailKind, OutboxMessage

WORDS = {
    MailKind.EMERGENCY: (
        "Cautionary register: emergency access was taken",
        "A colleague took emergency access to the register {reference} at {when}.\n\n"
        "It ends by itself within the hour. Please look at the access record, which has the "
        "reason.\n",
    ),
    MailKind.SECOND_FACTOR: (
        "Cautionary register: a second factor was changed",
        "The phone or the recovery codes of {reference} were set up, renewed or taken out of use "
        "on {when}.\n\n"
        "If this was not meant to happen, tell the owner of the register at once.\n",
    ),
    MailKind.COUNTERSIGN_LATE: (
        "Cautionary register: a countersignature is late",
        "Report {reference} waits for a countersignature by a Head of Service or Director, and is "
        "past its day. Nothing is decided before it.\n\n"
        "Please open “Countersign” in the intranet.\n",
    ),
    MailKind.RETURNED: (
        "Cautionary register: a report was sent back",
        "Report {reference} was sent back with reasons. Please open “My reports” in the intranet, "
        "put it right and send it again.\n",
    ),
    MailKind.DECIDE: (
        "Cautionary register: a report waits for a decision",
        "Report {reference} is countersigned and waits for a decision.\n\n"
        "Please open “Decide” in the intranet.\n",
    ),
    MailKind.DECIDED: (
        "Cautionary register: a report was decided",
        "There is a decision on report {reference}. “My reports” in the intranet shows where it "
        "stands. Thank you for reporting.\n",
    ),
    MailKind.STATEMENT_INVITED: (
        "Cautionary register: please give your account",
        "A colleague has reported an incident that concerns you. Your own account counts before "
        "anything is decided.\n\n"
        "Please sign in to the cautionary register on the intranet and open “Give your account”. "
        "You need no phone for that. The last day is shown there.\n",
    ),
    MailKind.COUNTERSIGN: (
        "Cautionary register: a report waits for a countersignature",
        "The report {reference} waits for a Head of Service or Director to countersign it.\n\n"
        "Please sign in to the cautionary register on the intranet.\n",
    ),
}


def compose(message: OutboxMessage, *, addresses: list[str]) -> EmailMessage:
    """The message as it goes out, with a Message-ID that stays the same on each attempt."""
    subject, body = WORDS[MailKind(message.kind)]
    when = date_format(localtime(message.queued_at), "H:i, j F Y")
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = sender.rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=subject,
        body=body.format(reference=message.reference, when=when),
        to=addresses,
        headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
