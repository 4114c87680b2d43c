"""The director's half of a review: fresh answers, an outcome, and for a renewal what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Entry, IncidentReport, MailKind, Review
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.reviews import (
    check_evidence_in_words,
    check_fresh,
    check_new_end,
    check_report_is_new,
)
from cautionary_plugin.rules.states import ReviewState, check_move
from cautionary_plugin.rules.terms import check_term
from cautionary_plugin.rules.vocabulary import Act, ReviewOutcome

from .locking import lock_review
from .past import last_answers, last_decided_at, new_reports


@dataclass(frozen=True, repr=False)
class Renewal:
    """What a renewal takes besides answers and reasons: a new end (A36) and what is new (A33)."""

    new_end_on: date | None = None
    term_reasons: str = ""
    evidence: IncidentReport | None = None
    new_evidence: str = ""
    new_evidence_on: date | None = None


@action
def propose_review(
    *,
    review: Review,
    outcome: ReviewOutcome,
    factors: Mapping[str, str],
    reasons: str,
    by: Any,
    at: datetime,
    new_end_on: date | None = None,
    term_reasons: str = "",
    evidence: IncidentReport | None = None,
    new_evidence: str = "",
    new_evidence_on: date | None = None,
) -> Review:
    """Answer each factor afresh, propose an outcome, and sign for the register's owner.

    :param new_end_on: for ``RETAIN``: the last day of the further period.
    :param evidence: for ``RETAIN``: a countersigned report on the file, newer than the last
        decision; or else ``new_evidence`` in words with its day.
    :raises NotYourPost: ``by`` signs no reviews of this register.
    :raises IllegalMove: an outcome is proposed already, or the entry does not count any more.
    :raises BadInput: a factor is blank or copied (A35), no evidence that is new, no new end or
        one beyond the longest term.
    """
    entry, review = lock_review(review)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS, entry.register)
    check_move(ReviewState, review.state, ReviewState.PROPOSED, by=Power.SIGN_REVIEWS)
    check_counts(entry, at=at)
    renewal = Renewal(new_end_on, term_reasons, evidence, new_evidence, new_evidence_on)
    wanted = renewal if outcome == ReviewOutcome.RETAIN else Renewal()
    answers = _check(entry, factors, reasons, outcome, wanted, at)
    for field, value in vars(wanted).items():
        setattr(review, field, value)
    review.outcome, review.factors, review.reasons = outcome, answers, reasons
    review.state, review.proposed_by, review.proposed_at = ReviewState.PROPOSED, by, at
    review.save()
    record(act=Act.REVIEWED, by=by, at=at, register=entry.register, reference=entry.reference)
    safety = holders_of(Power.SIGN_REVIEWS_FOR_SAFETY, at=at, register=entry.register)
    others = [each for each in safety if each != by]
    queue_mail(kind=MailKind.REVIEW_SIGN, to=others, at=at, reference=entry.reference)
    return review


def _check(
    entry: Entry,
    factors: Mapping[str, str],
    reasons: str,
    outcome: ReviewOutcome,
    renewal: Renewal,
    at: datetime,
) -> dict[str, str]:
    """Every fault at once: a form of ten questions is not sent back one by one."""
    problems: dict[str, list[str]] = {}
    answers: dict[str, str] = {}
    try:
        answers = check_fresh(factors, kind=entry.case_file.kind, before=last_answers(entry))
    except BadInput as fault:
        problems.update(fault.problems)
    checks = [lambda: check_reason(reasons, field="reasons")]
    if outcome == ReviewOutcome.RETAIN:
        checks += [
            lambda: _check_evidence(entry, renewal, at),
            lambda: _check_term(entry, renewal, at),
        ]
    for check in checks:
        try:
            check()
        except BadInput as fault:
            problems.update(fault.problems)
    if problems:
        raise BadInput(problems)
    return answers


def _check_evidence(entry: Entry, renewal: Renewal, at: datetime) -> None:
    decided_on = timezone.localdate(last_decided_at(entry))
    if renewal.evidence is None:
        check_evidence_in_words(
            renewal.new_evidence,
            dated=renewal.new_evidence_on,
            decided_on=decided_on,
            today=timezone.localdate(at),
        )
        return
    check_report_is_new(renewal.evidence.occurred_on, decided_on=decided_on)
    if not new_reports(entry).filter(pk=renewal.evidence.pk).exists():
        raise BadInput({"evidence": ["This is no countersigned report on the file of the entry."]})


def _check_term(entry: Entry, renewal: Renewal, at: datetime) -> None:
    new_end_on = check_new_end(renewal.new_end_on, last_day=last_day(entry))
    try:
        check_term(
            start=timezone.localdate(at),
            end=timezone.localdate(over_after(new_end_on)),
            standard_months=entry.register.term_months,
            longest_months=entry.register.longest_term_months,
            risk=entry.risk,
            reasons=renewal.term_reasons,
        )
    except BadInput as fault:
        renamed = {"expires_on": "new_end_on"}
        raise BadInput(
            {renamed.get(field, field): told for field, told in fault.problems.items()}
        ) from None
