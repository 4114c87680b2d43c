"""Letters to the individual: a duty first, then words, then a date and a method (A22, A23, A37)."""

from datetime import datetime

from django.utils import timezone

from cautionary_plugin.models import Appeal, CaseFile, Entry, Letter, Register, Review
from cautionary_plugin.rules.vocabulary import LetterKind

from .base import action


@action
def owe_letter(
    *,
    kind: LetterKind,
    case_file: CaseFile,
    register: Register,
    at: datetime,
    entry: Entry | None = None,
    appeal: Appeal | None = None,
    review: Review | None = None,
) -> Letter:
    """From now a letter of this kind is owed, within the register's working days (A22).

    Called by the act that makes it due, in its transaction.
    """
    due_on = register.calendar.after(timezone.localdate(at), register.notice_days)
    return Letter.objects.create(
        kind=kind,
        case_file=case_file,
        entry=entry,
        appeal=appeal,
        review=review,
        queued_at=at,
        due_on=due_on,
    )
