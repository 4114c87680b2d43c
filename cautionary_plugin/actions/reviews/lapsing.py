"""Which entries are due to lapse, and which of them nobody reviews yet (A31)."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cautionary_plugin.models import Entry, Register, Review
from cautionary_plugin.rules.reviews import Quarter, window
from cautionary_plugin.rules.states import ReviewState
from cautionary_plugin.rules.vocabulary import ReviewOutcome


def lapsing_entries(register: Register, *, at: datetime) -> QuerySet[Entry]:
    """The live entries that lapse by the end of the next quarter, the earliest first.

    Those of this quarter are among them: what was missed must not drop out of sight. Each has
    ``review_open`` and ``review_outcome``, the outcome of its last closed review.
    """
    horizon = _midnight(window(timezone.localdate(at)).next.starts_on)
    reviews = Review.objects.filter(entry=OuterRef("pk"))
    closed = reviews.filter(state=ReviewState.CLOSED).order_by("-closed_at")
    return (
        Entry.objects.live_at(at)
        .filter(register=register, expires_at__lte=horizon)
        .annotate(
            review_open=Exists(reviews.open()),
            review_outcome=Subquery(closed.values("outcome")[:1]),
        )
        .order_by("expires_at", "reference")
    )


def without_review(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Those among lapsing entries that nobody has reviewed for this end of theirs."""
    not_let_go = Q(review_outcome=None) | ~Q(review_outcome=ReviewOutcome.LAPSE)
    return entries.filter(not_let_go, review_open=False)


def lapses_in(entries: QuerySet[Entry], quarter: Quarter) -> QuerySet[Entry]:
    """Those whose last day lies in a quarter."""
    return entries.filter(
        expires_at__gt=_midnight(quarter.starts_on),
        expires_at__lte=_midnight(quarter.next.starts_on),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
