"""What stands on the file of an entry, and on the files that were joined to it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from cautionary_plugin.models import Entry, IncidentReport
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.states import EntryState, ReportState


def check_counts(entry: Entry, *, at: datetime) -> None:
    """There is an entry to appeal against, or to review.

    :raises IllegalMove: it waits for a signature, has ended, or has expired by the clock (A32).
    """
    if entry.state != EntryState.LIVE or not entry.starts_at <= at < entry.expires_at:
        raise IllegalMove("The entry does not count now: it has ended, or has not begun.")


def reports_about(entry: Entry) -> QuerySet[IncidentReport]:
    """The reports on the entry's own file and on those that were joined to it; no drafts."""
    own, joined = Q(case_file=entry.case_file_id), Q(case_file__joined_to=entry.case_file_id)
    reports: QuerySet[IncidentReport] = IncidentReport.objects.filter(own | joined)
    return reports.exclude(state=ReportState.DRAFT).order_by("occurred_on", "reference")
