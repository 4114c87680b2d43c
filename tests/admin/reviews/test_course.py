"""A review from its first answers to its end, with two signatures (A31, A33, A35, A37)."""

from datetime import timedelta

import pytest
from django.test import Client

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.models import Entry, Letter, Review
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from tests.actions.reviews.course.steps import EVIDENCE, propose, send_letter
from tests.admin.pages import source, url
from tests.admin.reviews.typed import RECORD, typed
from tests.entry_with_past import Scene, answers, joined_report
from tests.factors import appoint

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A35")
def test_form_shows_the_last_answers_beside_empty_questions(
    scene: Scene, review: Review, owner: Client
) -> None:
    response = owner.get(url("review_propose", review.pk))

    form = response.context["form"]
    assert "Weighed at the addition. As to severity." in source(response)
    days = (scene.today - scene.entry.fact_on).days
    assert f"{days} days since" in source(response)
    assert not any(form[factor.value].value() for factor in factors_for("person"))


@pytest.mark.clause("A35")
def test_copied_answers_come_back_under_their_questions(
    scene: Scene, review: Review, owner: Client
) -> None:
    copied = answers("person", "Weighed at the addition.")

    answer = owner.post(url("review_propose", review.pk), typed(scene, **copied))

    assert answer.status_code == 400
    told = source(answer)
    assert told.count("This is the answer of the last decision") >= len(factors_for("person"))
    assert "You are about to record this" not in told
    assert EVIDENCE in told


@pytest.mark.clause("A37")
def test_review_goes_from_the_first_answer_to_the_new_end(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    page = url("reviews_modeladmin_inspect", review.pk)
    propose_url, sign_url = url("review_propose", review.pk), url("review_sign", review.pk)
    close_url = url("review_close", review.pk)

    told = source(owner.post(propose_url, typed(scene)))
    between = Review.objects.get().state
    assert owner.post(propose_url, typed(scene) | RECORD).status_code == 302
    assert owner.post(propose_url, typed(scene) | RECORD).status_code == 400
    assert sign_url not in source(owner.get(page))
    assert sign_url in source(safety.get(page))
    to_sign = safety.get(sign_url)
    signature = {"comment": "I agree.", "seen": to_sign.context["form"]["seen"].value()}
    answers_given = [safety.post(sign_url, signature).status_code for _twice in range(2)]
    waiting = source(owner.get(page))
    early = owner.post(close_url)
    send_letter(review)
    ready = source(owner.get(page))
    closed = [owner.post(close_url).status_code for _twice in range(2)]

    assert "You are about to record this" in told
    assert between == "open"
    assert "Found today. As to severity." in source(to_sign)
    assert answers_given == [302, 400]
    assert "The letter that the entry stays must be sent" in waiting
    assert close_url not in waiting
    assert (early.status_code, closed) == (400, [302, 400])
    assert close_url in ready
    assert last_day(Entry.objects.get()) == scene.today + timedelta(days=300)


@pytest.mark.clause("A33")
def test_joined_report_is_offered_as_evidence(scene: Scene, review: Review, owner: Client) -> None:
    new = joined_report(scene, occurred_days_ago=10)
    old = joined_report(scene, occurred_days_ago=150)
    words = {"new_evidence": "", "new_evidence_on": ""}
    page = url("review_propose", review.pk)

    shown = source(owner.get(page))
    forged = owner.post(page, typed(scene, evidence=str(old.pk), **words) | RECORD)
    done = owner.post(page, typed(scene, evidence=str(new.pk), **words) | RECORD)

    assert new.reference in shown
    assert old.reference not in shown
    assert (forged.status_code, done.status_code) == (400, 302)
    assert Review.objects.get().evidence == new


@pytest.mark.clause("A33")
def test_removal_takes_effect_with_the_second_signature(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    owner.post(url("review_propose", review.pk), typed(scene, outcome="remove") | RECORD)
    seen = safety.get(url("review_sign", review.pk)).context["form"]["seen"].value()

    done = safety.post(url("review_sign", review.pk), {"comment": "", "seen": seen})

    assert done.status_code == 302
    assert Entry.objects.get().why_ended == "review"
    assert Letter.objects.filter(review=review).count() == 1
    assert safety.get(done.headers["Location"]).status_code == 200


@pytest.mark.clause("A31")
def test_sent_back_with_reasons_and_own_words_kept(
    scene: Scene, review: Review, owner: Client, safety: Client
) -> None:
    propose(scene, review)
    page = url("review_send_back", review.pk)

    empty = safety.post(page, {"comment": ""})
    done = safety.post(page, {"comment": "The Police say otherwise."})

    assert (empty.status_code, done.status_code) == (400, 302)
    assert "The Police say otherwise." in source(owner.get(done.headers["Location"]))
    form = owner.get(url("review_propose", review.pk)).context["form"]
    assert form["severity"].value() == "Found today. As to severity."


@pytest.mark.clause("A31")
def test_proposer_who_holds_both_posts_is_offered_no_signature(
    scene: Scene, review: Review, owner: Client
) -> None:
    propose(scene, review)
    appoint(scene.director, PostKind.HEALTH_AND_SAFETY)

    page = source(owner.get(url("reviews_modeladmin_inspect", review.pk)))
    seen = Review.objects.get().proposed_at.isoformat()
    posted = owner.post(url("review_sign", review.pk), {"seen": seen})

    assert url("review_sign", review.pk) not in page
    assert posted.status_code == 400
    assert Review.objects.get().state == "proposed"
