"""Another Operations Manager is to write a letter of the panel (B31)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import Letter
from cautionary_plugin.rules.errors import BadInput, Excluded, IllegalMove, NotYourPost
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.rules.writers import BY_ONE

from .owing import locked, tell_writers
from .writing import check_not_gone, note


@action
def hand_over_letter(*, letter: Letter, to: Any, by: Any, at: datetime) -> Letter:
    """Ask another colleague to write a letter; what was issued must be issued anew by them.

    :raises NotYourPost: ``by`` does not keep the schedule.
    :raises Excluded: ``by`` is shut out of the case.
    :raises IllegalMove: a letter of Legal Services, or of the director, is nobody's by name.
    :raises AlreadyDone: it has been sent, or is on its way.
    :raises BadInput: ``to`` writes no such letters, or is shut out of the case.
    """
    letter = locked(letter)
    standing_of(by, at=at).check_may_handle(Power.KEEP_SCHEDULE, letter.register)
    if letter.case is not None:
        check_not_shut_out(letter.case, by)
    if letter.kind not in BY_ONE:
        raise IllegalMove("This letter is written by a post, and not by one colleague.")
    check_not_gone(letter)
    _check_could_write(letter, to, at)
    letter.writer = to
    letter.save(update_fields=["writer"])
    note(letter, Act.LETTER, by, at)
    tell_writers(letter, at=at)
    return letter


def _check_could_write(letter: Letter, person: Any, at: datetime) -> None:
    try:
        standing_of(person, at=at).check_power(Power.WRITE_SCHEDULE_LETTERS, letter.register)
        if letter.case is not None:
            check_not_shut_out(letter.case, person)
    except (NotYourPost, Excluded):
        raise BadInput({"to": ["This colleague cannot write the letter. Name another."]}) from None
