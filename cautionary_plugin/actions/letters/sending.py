"""How a letter left the house, and when: by post, or by e-mail with the letter as a PDF (A22)."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.enclosures import enclose
from cautionary_plugin.actions.outbox import hurry
from cautionary_plugin.models import Letter, MailKind, OutboxMessage
from cautionary_plugin.outbox.pdf import check_installed
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.vocabulary import Act, SentBy

from .contents import changed_since_issue
from .owing import check_not_exempt, check_writer, locked
from .writing import check_not_gone, note


@action
def record_sent(
    *,
    letter: Letter,
    sent_on: date,
    by: Any,
    at: datetime,
    method: SentBy = SentBy.POST,
    sent_to: str = "",
) -> Letter:
    """Record that an issued letter was sent, on which day and how.

    :param sent_to: where it went; by default the address that stands on it.
    :raises NotReady: it was not issued yet, or an exemption stands.
    :raises AlreadyDone: its sending was recorded before, or an e-mail waits.
    :raises BadInput: the day is before the issue, or still to come.
    """
    letter, issued_at = _ready_to_go(letter, by, at)
    _check_day(sent_on, issued_on=timezone.localdate(issued_at), today=timezone.localdate(at))
    letter.sent_on, letter.sent_by_method, letter.sent_to = (
        sent_on,
        method,
        sent_to or "\n".join(LetterBody.from_json(letter.body).addressee),
    )
    letter.sent_recorded_by, letter.sent_recorded_at = by, at
    letter.save(
        update_fields=[
            "sent_on",
            "sent_by_method",
            "sent_to",
            "sent_recorded_by",
            "sent_recorded_at",
        ]
    )
    enclose(letter)
    note(letter, Act.LETTER, by, at)
    return letter


@action
def send_by_email(*, letter: Letter, address: str, by: Any, at: datetime) -> OutboxMessage:
    """Send an issued letter as a PDF by e-mail; it counts as sent when a mail server took it.

    :raises NotReady: not issued, changed since, exempt, or no PDF can be made here.
    :raises AlreadyDone: it was sent, or is on its way.
    :raises BadInput: no e-mail address.
    """
    letter, _issued_at = _ready_to_go(letter, by, at)
    check_installed()
    if changed_since_issue(letter):
        raise NotReady(
            "What the letter says has changed since it was issued.",
            missing=["Issue it anew first."],
        )
    letter.sent_to, letter.sent_recorded_by = _checked(address), by
    letter.save(update_fields=["sent_to", "sent_recorded_by"])
    message = OutboxMessage.objects.create(kind=MailKind.LETTER, letter=letter, queued_at=at)
    note(letter, Act.LETTER, by, at)
    hurry([message], at=at)
    return message


@action
def stop_email(*, letter: Letter, by: Any, at: datetime) -> Letter:
    """Take back an e-mail that was not delivered, to send the letter elsewhere or by post.

    A mail server that is handling it at this very moment may still deliver it.

    :raises AlreadyDone: none waits; it has been delivered.
    """
    letter = locked(letter)
    check_writer(letter, by=by, at=at)
    waiting = letter.messages.filter(sent_at=None)
    if letter.sent_on is not None or not waiting.exists():
        raise AlreadyDone("No e-mail waits: it was delivered, or stopped before.")
    waiting.delete()
    letter.sent_to, letter.sent_recorded_by = "", None
    letter.save(update_fields=["sent_to", "sent_recorded_by"])
    note(letter, Act.LETTER, by, at)
    return letter


def _ready_to_go(letter: Letter, by: Any, at: datetime) -> tuple[Letter, datetime]:
    letter = locked(letter)
    check_writer(letter, by=by, at=at)
    if letter.issued_at is None:
        raise NotReady("The letter was not issued yet.", missing=["Issue the letter first."])
    check_not_gone(letter)
    check_not_exempt(letter)
    return letter, letter.issued_at


def _check_day(sent_on: date, *, issued_on: date, today: date) -> None:
    if sent_on < issued_on:
        raise BadInput({"sent_on": ["This is before the letter was issued."]})
    if sent_on > today:
        raise BadInput({"sent_on": ["This day is still to come."]})


def _checked(address: str) -> str:
    """One e-mail address, and nothing that could become a second header."""
    typed = address.strip()
    try:
        validate_email(typed)
    except ValidationError as problem:
        raise BadInput({"address": list(problem.messages)}) from None
    return typed
