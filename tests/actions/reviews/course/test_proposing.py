"""A review is opened, and its outcome proposed."""

from datetime import timedelta
from typing import Any

import pytest

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.reviews import (
    open_review,
)
from cautionary_plugin.models import (
    Briefing,
    Entry,
    MailKind,
    OutboxMessage,
    Review,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    IllegalMove,
    NotYourPost,
)
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import ReviewOutcome
from tests.actions.reviews.course.steps import EVIDENCE, LAPSE, REMOVE, propose
from tests.entry_with_past import REASONS, Scene, answers, joined_report

pytestmark = pytest.mark.django_db


# Opening


@pytest.mark.clause("A31")
@pytest.mark.parametrize("who", ["safety", "clerk", "head", "reporter"])
def test_only_the_owner_opens_a_review(scene: Scene, who: str) -> None:
    with pytest.raises(NotYourPost):
        open_review(entry=scene.entry, by=getattr(scene, who), at=scene.at)


@pytest.mark.clause("A49")
def test_nobody_reviews_what_they_may_not_read(scene: Scene) -> None:
    Briefing.objects.all().delete()

    with pytest.raises(BriefingLapsed):
        open_review(entry=scene.entry, by=scene.director, at=scene.at)


def test_one_review_at_a_time(scene: Scene, review: Review) -> None:
    with pytest.raises(AlreadyDone):
        open_review(entry=scene.entry, by=scene.director, at=scene.at)


@pytest.mark.clause("A32")
def test_what_has_expired_is_not_reviewed(scene: Scene) -> None:
    with pytest.raises(IllegalMove):
        open_review(entry=scene.entry, by=scene.director, at=scene.entry.expires_at)


# Proposing


@pytest.mark.clause("A35")
@pytest.mark.parametrize("outcome", list(ReviewOutcome))
@pytest.mark.parametrize("factor", factors_for("person"))
def test_each_factor_is_answered_afresh_whatever_the_outcome(
    scene: Scene, review: Review, outcome: ReviewOutcome, factor: str
) -> None:
    fresh = answers("person", "Found today.")
    before = answers("person", "Weighed at the addition.")
    for answer in ("", before[factor]):
        with pytest.raises(BadInput, match=factor):
            propose(scene, review, outcome, factors=fresh | {factor: answer})

    assert Review.objects.get().state == "open"


@pytest.mark.clause("A33")
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"new_evidence": ""}, "new_evidence"),
        ({"new_evidence_on": None}, "new_evidence_on"),
        ({"new_evidence_on": "before"}, "new_evidence_on"),
    ],
    ids=str,
)
def test_renewal_takes_evidence_newer_than_the_last_decision(
    scene: Scene, review: Review, facts: dict[str, Any], field: str
) -> None:
    if facts.get("new_evidence_on") == "before":
        facts = {"new_evidence_on": scene.today - timedelta(days=101)}

    with pytest.raises(BadInput, match=field):
        propose(scene, review, **facts)


NO_WORDS = {"new_evidence": "", "new_evidence_on": None}


@pytest.mark.clause("A33")
def test_joined_report_of_a_later_incident_is_evidence(scene: Scene, review: Review) -> None:
    report = joined_report(scene, occurred_days_ago=10)

    proposed = propose(scene, review, evidence=report, **NO_WORDS)

    assert proposed.evidence == report


@pytest.mark.clause("A33")
@pytest.mark.parametrize("which", ["the first", "too old", "of another file", "not countersigned"])
def test_other_reports_are_no_evidence(scene: Scene, review: Review, which: str) -> None:
    report = scene.report
    if which == "too old":
        report = joined_report(scene, occurred_days_ago=101)
    if which == "of another file":
        report = joined_report(scene, occurred_days_ago=10)
        report.case_file.joined_to = None
        report.case_file.save()
    if which == "not countersigned":
        report = joined_report(scene, occurred_days_ago=10)
        report.state = "submitted"
        report.save()

    with pytest.raises(BadInput, match="evidence"):
        propose(scene, review, evidence=report, **NO_WORDS)


@pytest.mark.clause("A36")
def test_renewal_takes_a_new_and_later_end(scene: Scene, review: Review) -> None:
    for end in (None, last_day(scene.entry), scene.today):
        with pytest.raises(BadInput, match="new_end_on"):
            propose(scene, review, new_end_on=end)


@pytest.mark.clause("A36")
def test_longer_term_takes_high_risk_and_reasons_and_has_a_cap(
    scene: Scene, review: Review
) -> None:
    longer, longest = months_after(scene.today, 20), months_after(scene.today, 36)
    with pytest.raises(BadInput, match="term_reasons"):
        propose(scene, review, new_end_on=longer)
    with pytest.raises(BadInput, match="new_end_on"):
        propose(scene, review, new_end_on=longest, term_reasons=REASONS)
    Entry.objects.update(risk="medium")
    with pytest.raises(BadInput, match="new_end_on"):
        propose(scene, review, new_end_on=longer, term_reasons=REASONS)
    Entry.objects.update(risk="high")

    assert propose(scene, review, new_end_on=longer, term_reasons=REASONS).new_end_on == longer


@pytest.mark.clause("A36")
def test_last_day_of_the_standard_term_needs_no_reasons(scene: Scene, review: Review) -> None:
    end = months_after(scene.today, 12) - timedelta(days=1)

    assert propose(scene, review, new_end_on=end).new_end_on == end


def test_every_fault_is_told_at_once(scene: Scene, review: Review) -> None:
    with pytest.raises(BadInput) as refused:
        propose(scene, review, factors={}, reasons="", new_end_on=None, **NO_WORDS)

    asked = {factor.value for factor in factors_for("person")}
    assert set(refused.value.problems) == asked | {"reasons", "new_end_on", "new_evidence"}


@pytest.mark.parametrize("outcome", [LAPSE, REMOVE])
def test_what_is_for_a_renewal_is_not_kept_with_another_outcome(
    scene: Scene, review: Review, outcome: ReviewOutcome
) -> None:
    proposed = propose(scene, review, outcome, new_end_on=scene.today, new_evidence=EVIDENCE)

    assert (proposed.new_end_on, proposed.new_evidence) == (None, "")


@pytest.mark.clause("A31")
def test_health_and_safety_is_told_that_a_signature_is_wanted(scene: Scene, review: Review) -> None:
    propose(scene, review)

    (mail,) = OutboxMessage.objects.filter(kind=MailKind.REVIEW_SIGN)
    assert (mail.to, mail.reference) == (scene.safety, scene.entry.reference)
