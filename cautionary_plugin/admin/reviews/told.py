"""A review in words: what was answered then and now, who signed, what it waits for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.reviews import check_told, last_answers
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.states import ReviewState
from cautionary_plugin.rules.vocabulary import ReviewOutcome

Facts = list[tuple[Any, Any]]


@dataclass(frozen=True, repr=False)
class Answered:
    """One factor: the question, the answer of the last decision, and today's."""

    question: str
    before: str
    now: str


def state_of(review: Review) -> str:
    """Where a review stands; a closed one with its outcome."""
    state = ReviewState(review.state).label
    if review.state == ReviewState.CLOSED:
        return f"{state}: {ReviewOutcome(review.outcome).label}"
    return state


def answered(review: Review) -> list[Answered]:
    """Each factor with the answers of then and now."""
    before = last_answers(review.entry, but=review)
    return [
        Answered(factor.label, before.get(factor.value, ""), review.factors.get(factor.value, ""))
        for factor in factors_for(review.entry.case_file.kind)
    ]


def how_it_stands(review: Review, *, at: datetime) -> Facts:
    """The entry, its end, and the two signatures."""
    told = [
        (_("State"), state_of(review)),
        (_("Last day of the entry"), ends_in_words(review.entry, at=at)),
        (_("Opened"), _by(review.opened_at, review.opened_by)),
        (_("Signed for the register"), _by(review.proposed_at, review.proposed_by)),
        (_("Signed for health and safety"), _by(review.signed_at, review.signed_by)),
        (_("Comment for health and safety"), review.safety_comment),
        (_("Closed"), instant(review.closed_at) if review.closed_at else ""),
    ]
    return [(label, text) for label, text in told if text]


def ends_in_words(entry: Entry, *, at: datetime) -> str:
    """The last day of an entry, and how far off it is."""
    ends = last_day(entry)
    days = (ends - timezone.localdate(at)).days
    if days == 0:
        return _("%(day)s, today") % {"day": day(ends)}
    told = ngettext("%(day)s, in %(days)s day", "%(day)s, in %(days)s days", days)
    return told % {"day": day(ends), "days": days}


def proposal(review: Review) -> Facts:
    """The outcome with its reasons, its evidence and its end."""
    if not review.outcome:
        return []
    told = [
        (_("Outcome"), ReviewOutcome(review.outcome).label),
        (_("Reasons"), review.reasons),
        (_("New evidence"), review.evidence.reference if review.evidence else ""),
        (_("New evidence, in words"), review.new_evidence),
        (
            _("Date of the new evidence"),
            day(review.new_evidence_on) if review.new_evidence_on else "",
        ),
        (_("New last day"), day(review.new_end_on) if review.new_end_on else ""),
        (_("Reasons for a longer term"), review.term_reasons),
    ]
    return [(label, text) for label, text in told if text]


def what_signing_does(review: Review) -> str:
    """What the second signature brings about, for the outcome that is proposed."""
    if review.outcome == ReviewOutcome.REMOVE:
        return _("The removal takes effect at once and cannot be undone.")
    if review.outcome == ReviewOutcome.LAPSE:
        return _("The entry then ends on its last day and is erased.")
    return _("The entry gets its new end once the letter to the individual is sent.")


def what_closing_waits_for(review: Review) -> list[str]:
    """Why a signed review cannot be closed yet; empty where it can."""
    if review.state != ReviewState.SIGNED:
        return []
    try:
        check_told(review, review.entry)
    except NotReady as obstacle:
        return obstacle.missing
    return []


def _by(at: datetime | None, who: Any) -> str:
    return f"{instant(at)}, {name_of(who)}" if at else ""
