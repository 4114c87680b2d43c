"""Which letters somebody writes, and whose the panel's letters are (B31, B43)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from cautionary_plugin.models import Letter, Register
from cautionary_plugin.models.letters import LetterQuerySet
from cautionary_plugin.rules.diverts import what_is_missing
from cautionary_plugin.rules.errors import NotYours
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.writers import BY_ONE, OF_THE_PANEL, kinds_of

from .exclusion import check_not_shut_out, not_shut_out
from .standing import Standing


def written_by(user: Any, power: Power, registers: Iterable[Register]) -> Q:
    """The letters that a power writes on these registers, as a filter.

    Of the letters that one colleague is asked to write, only their own; of none whose case they
    are shut out of.
    """
    theirs = Q(writer=None) | Q(writer=user) | ~Q(kind__in=BY_ONE)
    of_power = Q(register__in=registers, kind__in=kinds_of(power))
    return of_power & theirs & not_shut_out(user, case="case")


def kept_by(user: Any, registers: Iterable[Register]) -> Q:
    """The panel's letters on these registers, for whoever keeps the schedule."""
    return Q(register__in=registers, kind__in=OF_THE_PANEL) & not_shut_out(user, case="case")


def with_councillors(letters: LetterQuerySet) -> LetterQuerySet:
    """The letters with what :func:`waits_for_councillors` looks at, however many they are."""
    whole = letters.select_related("divert__case_file")
    return whole.prefetch_related("divert__councillors")


def waits_for_councillors(letter: Letter) -> bool:
    """Whether a letter about a divert cannot be written yet: councillors answer first (B29)."""
    divert = letter.divert
    if divert is None or letter.sent_on is not None:
        return False
    answers = divert.councillors.all()
    missing = what_is_missing(
        asked=len(answers),
        answered=len([each for each in answers if each.wants is not None]),
        nobody_to_ask=bool(divert.no_councillors.strip()),
        customer_told=True,
    )
    return bool(missing)


def check_theirs(letter: Letter, standing: Standing) -> None:
    """Nobody else is asked to write it, and no conflict shuts the person out.

    :raises NotYours: another Operations Manager is.
    :raises Excluded: they are shut out of the case.
    """
    if letter.kind in BY_ONE and letter.writer_id not in (None, standing.user.pk):
        raise NotYours("Another Operations Manager is asked to write this letter.")
    if letter.case is not None:
        check_not_shut_out(letter.case, standing.user)
