"""What was decided on an entry before, and what has come to be known since (A33, A35)."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import Decision, Entry, IncidentReport, Review
from cautionary_plugin.rules.states import ReportState, ReviewState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, ReviewOutcome


def last_decided_at(entry: Entry) -> datetime:
    """When it was last decided that the entry should stand: at its addition, or at a review.

    That a later report was joined to the file is no such decision: that report is what is new.
    """
    added = Decision.objects.filter(entry=entry, outcome=DecisionOutcome.ADD)
    kept = _kept(entry)
    instants = [
        *added.values_list("decided_at", flat=True),
        *kept.values_list("proposed_at", flat=True),
    ]
    return max((each for each in instants if each), default=entry.made_at)


def last_answers(entry: Entry, *, but: Review | None = None) -> dict[str, str]:
    """The answers to the factors at the latest decision or review, whichever came last.

    :param but: a review that is looked at itself, and is not its own past.
    """
    dated: list[tuple[datetime, dict[str, str]]] = [
        (each.decided_at, each.factors) for each in Decision.objects.filter(entry=entry)
    ]
    kept = _kept(entry).exclude(pk=but.pk) if but else _kept(entry)
    dated += [(each.proposed_at, each.factors) for each in kept if each.proposed_at]
    answered = [pair for pair in dated if pair[1]]
    return dict(max(answered, key=lambda pair: pair[0])[1]) if answered else {}


def new_reports(entry: Entry) -> QuerySet[IncidentReport]:
    """The countersigned reports of what happened after the last decision: evidence (A33)."""
    return reports_about(entry).filter(
        state__in=[ReportState.COUNTERSIGNED, ReportState.DECIDED],
        occurred_on__gt=timezone.localdate(last_decided_at(entry)),
    )


def _kept(entry: Entry) -> QuerySet[Review]:
    return Review.objects.filter(
        entry=entry, state=ReviewState.CLOSED, outcome=ReviewOutcome.RETAIN
    )
