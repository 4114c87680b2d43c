"""Has it happened again since the entry was made or renewed? (B52: none is renewed by itself.)"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import Entry, IncidentReport, PanelCase, PanelDecision
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import PanelOutcome

DECIDES_TO_STAND = (PanelOutcome.ENTRY, PanelOutcome.RATIFY, PanelOutcome.RENEW)
SUBSTANTIATED = (ReportState.COUNTERSIGNED, ReportState.DECIDED)


def last_stood_on(entry: Entry) -> date:
    """The day of the last decision that the entry should stand; else the day it was made."""
    decisions = PanelDecision.objects.filter(
        entry=entry, carried=True, outcome__in=DECIDES_TO_STAND
    )
    latest = decisions.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return timezone.localdate(latest or entry.made_at)


def new_incidents(entry: Entry) -> QuerySet[IncidentReport]:
    """The substantiated reports of what happened since: on the file, joined to it, or referred."""
    referred = PanelCase.objects.filter(entry=entry, report__isnull=False).values("report")
    about: QuerySet[IncidentReport] = IncidentReport.objects.filter(
        Q(pk__in=reports_about(entry).values("pk")) | Q(pk__in=referred)
    )
    return about.filter(state__in=SUBSTANTIATED, occurred_on__gt=last_stood_on(entry))


def check_repeated(entry: Entry) -> None:
    """There is a new substantiated incident.

    :raises NotReady: the behaviour was not repeated, so that the entry ends on its day.
    """
    if not new_incidents(entry).exists():
        sentence = (
            "Nothing substantiated was reported of what happened since the entry was made or last "
            "renewed: it cannot be renewed, and ends on its day."
        )
        raise NotReady(sentence, missing=[sentence])
