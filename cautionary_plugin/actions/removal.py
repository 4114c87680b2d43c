"""The individual is told that an entry has been removed, if they were told that it was made."""

from datetime import datetime

from cautionary_plugin.models import Entry, PanelCase
from cautionary_plugin.rules.letters import INFORMING
from cautionary_plugin.rules.vocabulary import LetterKind

from .base import action
from .letters import owe_letter


@action
def tell_of_removal(*, entry: Entry, at: datetime, case: PanelCase | None = None) -> None:
    """A letter that was not yet written is owed no more; one that may have gone out is answered.

    Called by the act that ends the entry, in its transaction.
    """
    telling = entry.letters.filter(kind__in=INFORMING)
    telling.filter(issued_at=None).delete()
    if telling.exists():
        owe_letter(
            kind=LetterKind.REMOVAL,
            case_file=entry.case_file,
            register=entry.register,
            entry=entry,
            case=case,
            at=at,
        )
