"""A message as it goes out, made at delivery; nothing in it is personal but the letter (A21)."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from cautionary_plugin.models import Letter, MailKind, OutboxMessage
from cautionary_plugin.rules.letters import WITH_QUESTIONNAIRE, LetterBody

from .calendar import CALLS, CALLS_OFF, calendar_entry
from .pdf import letter_pdf, questionnaire_pdf
from .words import WORDS


def compose(message: OutboxMessage, *, addresses: list[str]) -> EmailMessage:
    """The message with its own Message-ID, the same on each attempt.

    A letter goes with it as a PDF, made from the text as issued; no file of it is kept.
    """
    kind = MailKind(message.kind)
    subject, body, screen = WORDS[kind]
    mail = EmailMessage(
        subject=subject,
        body=body.format(
            reference=message.reference,
            when=date_format(localtime(message.queued_at), "H:i, j F Y"),
            about=f" ({message.reference})" if message.reference else "",
            link=_link(screen),
            anchor=message.anchor or "",
        ),
        to=addresses,
        headers=headers_of(message),
    )
    if message.letter is not None:
        _attach(mail, message.letter)
    if message.meeting is not None and kind in (*CALLS, *CALLS_OFF):
        off = kind in CALLS_OFF
        entry = calendar_entry(message.meeting, message, addresses, sender=_sender(), off=off)
        mail.attach("meeting.ics", entry.text, f"text/calendar; method={entry.method}")
    return mail


def headers_of(message: OutboxMessage) -> dict[str, str]:
    """The same Message-ID on each attempt; and no answer by a machine, please."""
    return {
        "Message-ID": f"<{message.pk}@{_domain()}>",
        "Auto-Submitted": "auto-generated",
    }


def _attach(mail: EmailMessage, letter: Letter) -> None:
    body = LetterBody.from_json(letter.body)
    mail.attach("letter.pdf", letter_pdf(body), "application/pdf")
    if letter.kind in WITH_QUESTIONNAIRE:
        mail.attach("questionnaire.pdf", questionnaire_pdf(body), "application/pdf")


def _sender() -> str:
    """The bare address that the site sends from."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return sender or "webmaster@localhost"


def _domain() -> str:
    return _sender().rpartition("@")[2] or "localhost"


def _link(screen: str) -> str:
    """The absolute address of a screen, on a line of its own, where the site knows its own.

    ``WAGTAILADMIN_BASE_URL`` may end in a slash, and in a path under which the site lives, which
    ``reverse`` knows too while a request is answered.
    """
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
    if not screen or not base:
        return ""
    try:
        path = reverse(screen)
    except NoReverseMatch:  # an instance without these screens delivers as well
        return ""
    under = urlsplit(base).path.rstrip("/")
    origin = base.rstrip("/").removesuffix(under) if under else base.rstrip("/")
    whole = path if under and path.startswith(f"{under}/") else under + path
    return f"\n\n{origin}{whole}"
