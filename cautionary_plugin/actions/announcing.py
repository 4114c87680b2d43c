"""A new entry has two clocks: colleagues are told, and the individual is written to (A20, A22)."""

from datetime import datetime

from cautionary_plugin.models import Entry, StaffBulletin
from cautionary_plugin.rules.vocabulary import LetterKind

from .base import action
from .bulletins import owe_bulletin
from .letters import owe_letter


@action
def owe_announcement(*, entry: Entry, at: datetime) -> StaffBulletin:
    """From now a bulletin to colleagues and a letter to the individual are owed.

    Called when an entry that was decided on goes live, in that transaction.
    """
    register = entry.register
    owe_letter(
        kind=LetterKind.ADDITION,
        case_file=entry.case_file,
        register=register,
        entry=entry,
        at=at,
    )
    return owe_bulletin(entry=entry, at=at)
