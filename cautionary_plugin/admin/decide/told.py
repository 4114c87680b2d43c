"""What was decided, and what is due because of it, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.models import Decision, Letter
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import DecisionOutcome


@dataclass(frozen=True)
class Told:
    """The page after a decision; references and dates only.

    :ivar due: sentences, each with the address of its screen, which may be empty.
    """

    outcome: str
    entry: str
    entry_url: str
    due: list[tuple[str, str]]

    @classmethod
    def of(cls, decision: Decision, *, today: date) -> "Told":
        """What follows from a decision, as it stands on a day."""
        entry = decision.entry
        return cls(
            outcome=DecisionOutcome(decision.outcome).label,
            entry=entry.reference if entry else "",
            entry_url=reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
            if entry and entry.state != EntryState.ENDED
            else "",
            due=[*_held(decision), *_bulletin(decision, today), *_letters(decision, today)],
        )


def _held(decision: Decision) -> list[tuple[str, str]]:
    if decision.entry is None or decision.entry.state != EntryState.HELD:
        return []
    sentence = _(
        "The person is under 18: the entry waits for another senior post to sign it. Bulletin and "
        "letter are due from then."
    )
    return [(sentence, "")]


def _bulletin(decision: Decision, today: date) -> list[tuple[str, str]]:
    bulletin = getattr(decision.entry, "bulletin", None) if _adds(decision) else None
    if bulletin is None:
        return []
    if bulletin.queued_at:
        return [(_("The bulletin to staff is sent."), "")]
    due = due_in_words(bulletin.due_on, today=today)
    url = reverse("cautionary_bulletin", args=[bulletin.entry.reference])
    return [(_("Bulletin to staff: %(due)s.") % {"due": due}, url)]


def _letters(decision: Decision, today: date) -> list[tuple[str, str]]:
    about: Any = decision.entry if _adds(decision) and decision.entry else decision.case_file
    return [_letter(letter, today) for letter in about.letters.filter(sent_on=None)]


def _letter(letter: Letter, today: date) -> tuple[str, str]:
    due = due_in_words(letter.due_on, today=today)
    url = reverse("cautionary_letter", args=[letter.pk])
    return _("Letter to the individual: %(due)s.") % {"due": due}, url


def _adds(decision: Decision) -> bool:
    return decision.outcome == DecisionOutcome.ADD
