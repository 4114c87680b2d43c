"""Files whose time is over, and what is left of them."""

from datetime import datetime, timedelta

from django.utils import timezone

from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import CaseFile, Entry, MailKind, OutboxMessage
from tests.council import Council
from tests.whole_files import decision_on, open_file, report_on, whole_file

NOW = timezone.now()
DAY = timedelta(days=1)
YEAR = 365 * DAY


def expired(council: Council, *, days: int = 1) -> Entry:
    """An entry with everything on its file, whose term was over so many days ago."""
    entry = whole_file(council, at=NOW - YEAR, expires_at=NOW - days * DAY)
    lapse_entries(at=NOW)
    return entry


def rows_left() -> dict[str, int]:
    """How many rows of each model that hangs on a case file.

    That partners must delete an entry is told by its reference, whatever becomes of the file (L14).
    """
    found = {model.__name__: model._base_manager.count() for model in _parents_first()}
    found["OutboxMessage"] = OutboxMessage.objects.exclude(kind=MailKind.WITHDRAWAL).count()
    return {name: number for name, number in found.items() if number}


def declined(council: Council, outcome: str, *, at: datetime) -> CaseFile:
    report = report_on(council, open_file(at), at=at)
    decision_on(report, outcome, at=at)
    return report.case_file
