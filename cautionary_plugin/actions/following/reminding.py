"""What is overdue of the panel's letters, advice and actions is brought back to mind (B31, B40)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.letters import letter_reference
from cautionary_plugin.actions.mail import apart_from_case, holders_of, queue_mail
from cautionary_plugin.models import (
    CourtSupport,
    FollowUpAction,
    Letter,
    MailKind,
    OutboxMessage,
    Register,
    SpecialistReferral,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import LetterKind
from cautionary_plugin.rules.writers import OF_THE_PANEL, WRITER

from .specialists import case_asked_about, reference_of

PAUSE = timedelta(days=7)
Reminder = tuple[MailKind, Any, str]


def remind_of_following(register: Register, *, at: datetime) -> int:
    """One message a week at most to each person, of each kind and reference.

    Called by the daily reminders, which hold the register.

    :returns: how many messages were queued.
    """
    lately = set(
        OutboxMessage.objects.filter(queued_at__gt=at - PAUSE).values_list(
            "kind", "to", "reference"
        )
    )
    owed = {
        (kind, person.pk, reference): person
        for kind, person, reference in _overdue(register, at)
        if person is not None and (kind, person.pk, reference) not in lately
    }
    for (kind, _key, reference), person in owed.items():
        queue_mail(kind=kind, to=[person], at=at, reference=reference)
    return len(owed)


def _overdue(register: Register, at: datetime) -> Iterator[Reminder]:
    today = timezone.localdate(at)
    letters = Letter.objects.owed().filter(
        register=register, kind__in=OF_THE_PANEL, due_on__lt=today
    )
    for letter in letters.select_related("entry", "case", "case_file", "writer"):
        for person in _writers(letter, at):
            yield MailKind.LETTER_DUE, person, letter_reference(letter)
    advice = SpecialistReferral.objects.filter(register=register, answered_at=None)
    for referral in advice.filter(due_on__lt=today).select_related("specialist"):
        for person in apart_from_case([referral.specialist], case_asked_about(referral)):
            yield MailKind.SPECIALIST, person, reference_of(referral)
    actions = FollowUpAction.objects.filter(case__register=register, done_at=None)
    for action in actions.filter(due_on__lt=today).select_related("case", "colleague"):
        for person in apart_from_case([action.colleague], action.case):
            yield MailKind.FOLLOW_UP, person, action.case.reference
    supports = CourtSupport.objects.filter(case__register=register, offered_on=None)
    for support in supports.filter(hearing_on__gte=today).select_related("case", "line_manager"):
        yield MailKind.COURT, support.line_manager, support.case.reference


def _writers(letter: Letter, at: datetime) -> list[Any]:
    """The colleague who is asked, or all of the post; and those who can hand it to another."""
    power = WRITER[LetterKind(letter.kind)]
    people = (
        [letter.writer] if letter.writer else holders_of(power, at=at, register=letter.register)
    )
    keepers = holders_of(Power.KEEP_SCHEDULE, at=at, register=letter.register)
    return apart_from_case([*people, *keepers], letter.case)
