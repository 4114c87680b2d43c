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
    MailKind.HEARING: (
        "Cautionary register: an appeal waits for you",
        "You hear the appeal {reference}, and something about it waits for you: its papers, an "
        "outcome to propose, or one to sign.\n\n"
        "Please open “Appeals to hear” in the Wagtail admin.\n",
    ),
    MailKind.APPEAL_COMMENT: (
        "Cautionary register: you are asked for a comment",
        "An appeal touches a report in which you are concerned. You may comment on it.\n\n"
        "Please open “What waits for me” on the intranet. If you say nothing, the appeal is heard "
        "without your comment.\n",
    ),
    MailKind.APPEAL_DUE: (
        "Cautionary register: an appeal or a complaint is due",
        "{reference} waits for the next step: hearers, an outcome, an acknowledgement or an "
        "answer.\n\n"
        "Please open “Appeals” or “Complaints” in the Wagtail admin.\n",
    ),
    MailKind.REVIEW_DUE: (
        "Cautionary register: entries are due for review",
        "Entries of the register {reference} lapse this quarter or next, and nobody reviews them "
        "yet.\n\n"
        "Please open “Reviews” in the Wagtail admin.\n",
    ),
    MailKind.REVIEW_SIGN: (
        "Cautionary register: a review waits for you",
        "The review of {reference} waits for you: a proposal to sign, or one that was sent back."
        "\n\nPlease open “Reviews” in the Wagtail admin.\n",
    ),
    MailKind.QUARTER_DUE: (
        "Cautionary register: the quarterly check is due",
        "The check of the register {reference} is not signed yet for this quarter.\n\n"
        "Please open “Reviews” in the Wagtail admin.\n",
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
