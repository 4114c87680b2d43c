"""What a round of visits has found: what to look at first, and the rest of the list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from cautionary_plugin.actions.check import Answer
from cautionary_plugin.forms.visit_rows import Lines
from cautionary_plugin.forms.visits import Visit
from cautionary_plugin.models import Register
from cautionary_plugin.rules.vocabulary import Outcome
from cautionary_plugin.staff.cards import Card, card


@dataclass(frozen=True, repr=False)
class Checked:
    """One visit with its answer.

    :ivar answer: None where it was not asked: it could not be read, or the asker may no more.
    :ivar faults: why it was not asked.
    :ivar same_as: the number of a visit before it that asked the same and found the same.
    """

    visit: Visit
    answer: Answer | None
    faults: tuple[str, ...] = ()
    same_as: int | None = None

    @property
    def outcome(self) -> Outcome | None:
        return self.answer.outcome if self.answer else None

    @property
    def cards(self) -> list[tuple[Card, bool]]:
        """What was found, and whether it surely is the one that was meant."""
        found = self.answer.findings if self.answer else ()
        return [(card(each), each.match.strength == "strong") for each in found]

    @property
    def is_sure(self) -> bool:
        """Whether one of them surely is."""
        return any(sure for _card, sure in self.cards)


@dataclass(frozen=True, repr=False)
class Round:
    """All visits of a list with their answers, each kind in the order of the list.

    :ivar lines: what was taken for headings, and what of the list was not looked at.
    """

    visits: list[Checked]
    lines: Lines
    at: datetime

    def _with(self, outcome: Outcome | None) -> list[Checked]:
        return [each for each in self.visits if each.outcome == outcome]

    @property
    def found(self) -> list[Checked]:
        """Each with its cards; where a visit stands in the list again, with the first one's."""
        first: dict[Any, Checked] = {}
        told = []
        for each in self._with(Outcome.FOUND):
            before = first.setdefault(each.visit.question, each)
            is_again = before is not each and before.answer == each.answer
            told.append(replace(each, same_as=before.visit.number) if is_again else each)
        return told

    @property
    def has_possible(self) -> bool:
        return any(not sure for each in self.found for _card, sure in each.cards)

    @property
    def failed(self) -> list[Checked]:
        return self._with(Outcome.FAILED)

    @property
    def unasked(self) -> list[Checked]:
        return self._with(None)

    @property
    def none(self) -> list[Checked]:
        return self._with(Outcome.NONE_RECORDED)

    @property
    def registers(self) -> list[Register]:
        """Where was looked for those of whom none is recorded: in each of these, for each."""
        return _common(each.answer.registers for each in self.none if each.answer)

    @property
    def headline(self) -> str:
        """The whole list in one sentence."""
        found, all_of_them = len(self.found), len(self.visits)
        if not found and len(self.none) == all_of_them:
            return ngettext(
                "None recorded for the one visit",
                "None recorded for any of the %(count)s visits",
                all_of_them,
            ) % {"count": all_of_them}
        return ngettext(
            "%(found)s of %(count)s visit found something",
            "%(found)s of %(count)s visits found something",
            all_of_them,
        ) % {"found": found, "count": all_of_them}

    @property
    def unchecked(self) -> int:
        """How many visits nobody was checked for."""
        return len(self.failed) + len(self.unasked)


def _common(lists: Iterable[Iterable[Any]]) -> list[Any]:
    rest = [list(each) for each in lists]
    return [each for each in (rest[0] if rest else []) if all(each in one for one in rest)]
