"""The equalities and diversity questionnaire comes back (B38, B39)."""

from datetime import date, datetime
from functools import partial
from typing import Any, cast

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.letters import letter_reference
from cautionary_plugin.models import Questionnaire
from cautionary_plugin.rules.errors import AlreadyDone, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.vocabulary import Act

from .keeping import check_between, check_keeps, check_length

LONGEST = 4000


@action
def record_return(
    *,
    questionnaire: Questionnaire,
    returned_on: date,
    new_issues: bool,
    by: Any,
    at: datetime,
    words: str = "",
) -> Questionnaire:
    """Record that a questionnaire came back, and whether it tells of something new.

    If it does, a specialist colleague is to be asked (B39).

    :param words: what bears on the approach, where it tells of something new; nothing clinical.
    :raises NotYourPost, Excluded: ``by`` does not keep the schedule, or is shut out of the case.
    :raises AlreadyDone: it is back.
    :raises BadInput: a day that cannot be, or no words on what is new.
    """
    questionnaire = lock(questionnaire)
    _check_keeps(questionnaire, by, at)
    if questionnaire.returned_on is not None:
        raise AlreadyDone("This questionnaire was recorded as back before.")
    sent_on = cast(date, questionnaire.letter.sent_on)  # a questionnaire goes out with its letter
    checks = [
        partial(
            check_between,
            returned_on,
            first=sent_on,
            last=timezone.localdate(at),
            field="returned_on",
        ),
        partial(check_length, words, LONGEST, field="words"),
    ]
    if new_issues:
        told = "Say what bears on the approach, in a sentence."
        checks.append(partial(check_reason, words, field="words", told=told))
    gather(*checks)
    questionnaire.returned_on, questionnaire.new_issues = returned_on, new_issues
    questionnaire.words = words.strip()
    questionnaire.recorded_by, questionnaire.recorded_at = by, at
    questionnaire.save()
    _note(questionnaire, by, at)
    return questionnaire


@action
def open_questionnaire(*, questionnaire: Questionnaire, by: Any, at: datetime) -> None:
    """Record that somebody read what a questionnaire told, and what specialists said to it.

    :raises NotYourPost, Excluded, NoSuchEntry: as :func:`record_return`.
    """
    _check_keeps(questionnaire, by, at)
    _note(questionnaire, by, at)


def _check_keeps(questionnaire: Questionnaire, by: Any, at: datetime) -> None:
    letter = questionnaire.letter
    check_keeps(letter.register, letter.case, by=by, at=at)


def _note(questionnaire: Questionnaire, by: Any, at: datetime) -> None:
    letter = questionnaire.letter
    reference = letter_reference(letter)
    record(act=Act.QUESTIONNAIRE, by=by, at=at, register=letter.register, reference=reference)
