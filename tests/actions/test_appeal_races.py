"""Two at one button in appeals and reviews: one winner, and the other is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.appeals import (
    name_hearers,
    send_back_outcome,
    sign_outcome,
    withdraw_appeal,
)
from cautionary_plugin.actions.base import lock
from cautionary_plugin.actions.complaints import acknowledge_complaint, record_complaint
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.quarterly import list_of_quarter, sign_quarterly_check
from cautionary_plugin.actions.reminders import remind
from cautionary_plugin.actions.reviews import (
    close_review,
    open_review,
    sign_review,
)
from cautionary_plugin.models import (
    Appeal,
    Correction,
    Entry,
    Letter,
    LookupState,
    MailKind,
    OutboxMessage,
    QuarterlyCheck,
    Review,
)
from cautionary_plugin.rules.errors import CautionaryError
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import THE_CLOCK
from cautionary_plugin.rules.vocabulary import AppealOutcome, LetterKind, ReviewOutcome, WhyEnded
from tests.actions.appeals.course.steps import heard, lodge, propose
from tests.actions.reviews.course.steps import propose as propose_a_review
from tests.actions.reviews.course.steps import send_letter, signed
from tests.entry_with_past import GROUNDS, REASONS, Scene, set_scene, with_post
from tests.races import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

DISMISSED, VARIED, UPHELD = AppealOutcome
RETAIN, LAPSE, REMOVE = ReviewOutcome


@pytest.fixture
def scene() -> Scene:
    return set_scene()


def lapse(scene: Scene) -> Entry:
    """The entry's day has come, as cron finds it."""
    with transaction.atomic():
        entry = lock(scene.entry)
        return end_entry(entry=entry, why=WhyEnded.EXPIRED, by=THE_CLOCK, at=timezone.now())


@pytest.mark.clause("A24")
def test_one_appeal_recorded_four_times(scene: Scene) -> None:
    outcomes = race(*[lambda: lodge(scene)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert Appeal.objects.count() == 1
    assert OutboxMessage.objects.filter(kind=MailKind.APPEAL_COMMENT).count() == 2


@pytest.mark.clause("A24")
def test_two_hearers_propose_at_once(scene: Scene) -> None:
    appeal = heard(scene, lodge(scene))
    first, second = scene.hearers

    outcomes = race(
        lambda: propose(scene, appeal, by=first, outcome=DISMISSED),
        lambda: propose(scene, appeal, by=second, outcome=UPHELD),
        lambda: propose(scene, appeal, by=second, outcome=UPHELD),
    )

    assert refusals(outcomes) == ["IllegalMove"] * 2
    (winner,) = (each for each in outcomes if isinstance(each, Appeal))
    assert Appeal.objects.get().proposed_by == winner.proposed_by
    assert Appeal.objects.get().hearers.exclude(signed_at=None).count() == 1


@pytest.mark.clause("A24")
def test_last_two_hearers_sign_at_once_and_each_twice(scene: Scene) -> None:
    scene.hearers.append(with_post(scene.council, "third", PostKind.CMT_MEMBER))
    appeal = heard(scene, lodge(scene))
    propose(scene, appeal, outcome=VARIED, variation={"risk": "low"})
    _first, second, third = scene.hearers

    outcomes = race(
        *[lambda: sign_outcome(appeal=appeal, by=second, at=timezone.now())] * 2,
        *[lambda: sign_outcome(appeal=appeal, by=third, at=timezone.now())] * 2,
    )

    assert len(refusals(outcomes)) == 2
    assert Appeal.objects.get().state == "decided"
    assert Entry.objects.get().risk == "low"
    assert Correction.objects.count() == 1
    assert Letter.objects.filter(kind=LetterKind.APPEAL).count() == 1


@pytest.mark.clause("A24")
def test_signature_against_sending_back_against_withdrawal(scene: Scene) -> None:
    appeal = heard(scene, lodge(scene))
    propose(scene, appeal, outcome=UPHELD)
    act: dict[str, Any] = {"appeal": appeal, "at": timezone.now()}

    outcomes = race(
        lambda: sign_outcome(by=scene.hearers[1], **act),
        lambda: send_back_outcome(reasons=REASONS, by=scene.hearers[1], **act),
        lambda: withdraw_appeal(reasons=REASONS, by=scene.clerk, **act),
    )

    state, live = Appeal.objects.get().state, Entry.objects.get().state == "live"
    assert (state, live) in {("decided", False), ("withdrawn", True)}
    sent_back = not isinstance(outcomes[1], CautionaryError)
    assert len(refusals(outcomes)) == (1 if sent_back else 2)
    assert Letter.objects.filter(kind=LetterKind.APPEAL).exists() == (state == "decided")


@pytest.mark.clause("A25")
def test_hearers_named_twice_at_once(scene: Scene) -> None:
    appeal = lodge(scene)
    act: dict[str, Any] = {"appeal": appeal, "by": scene.clerk, "at": scene.at}

    outcomes = race(*[lambda: name_hearers(users=scene.hearers, **act)] * 3)

    assert refusals(outcomes) == []
    assert appeal.hearers.count() == 2
    assert OutboxMessage.objects.filter(kind=MailKind.HEARING).count() == 2


@pytest.mark.clause("A37")
@pytest.mark.parametrize("outcome", [VARIED, UPHELD])
def test_outcome_of_an_appeal_against_the_close_of_a_review_against_expiry(
    scene: Scene, outcome: AppealOutcome
) -> None:
    sooner = scene.today + timedelta(days=20)
    appeal = heard(scene, lodge(scene))
    variation = {"last_day": sooner.isoformat()} if outcome == VARIED else None
    propose(scene, appeal, outcome=outcome, variation=variation)
    review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
    signed(scene, review)
    send_letter(review)

    outcomes = race(
        lambda: sign_outcome(appeal=appeal, by=scene.hearers[1], at=timezone.now()),
        lambda: close_review(review=review, by=scene.director, at=timezone.now()),
        lambda: lapse(scene),
    )

    entry, closed = Entry.objects.get(), Review.objects.get().state == "closed"
    decided = Appeal.objects.get().state == "decided"
    assert closed == (not isinstance(outcomes[1], CautionaryError))
    assert decided == (not isinstance(outcomes[0], CautionaryError))
    assert entry.state == "ended"
    assert LookupState.objects.get().entries == 0
    assert Review.objects.get().state in ("closed", "abandoned")
    if outcome == VARIED and decided:
        assert last_day(entry) == sooner  # whatever the review gave before, the appeal came last


@pytest.mark.clause("A31")
def test_review_opened_proposed_and_signed_twice_each(scene: Scene) -> None:
    opened = race(*[lambda: open_review(entry=scene.entry, by=scene.director, at=scene.at)] * 3)
    review = Review.objects.get()
    proposed = race(*[lambda: propose_a_review(scene, review, REMOVE)] * 3)
    signatures = race(*[lambda: sign_review(review=review, by=scene.safety, at=timezone.now())] * 3)

    assert refusals(opened) == ["AlreadyDone"] * 2
    assert refusals(proposed) == ["IllegalMove"] * 2
    assert refusals(signatures) == ["IllegalMove"] * 2
    assert Letter.objects.filter(review=review).count() == 1
    assert LookupState.objects.get().entries == 0


@pytest.mark.clause("A37")
def test_review_closed_twice_against_expiry(scene: Scene) -> None:
    review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
    signed(scene, review)
    send_letter(review)

    outcomes = race(
        *[lambda: close_review(review=review, by=scene.director, at=timezone.now())] * 2,
        lambda: lapse(scene),
    )

    closes = [each for each in outcomes[:2] if not isinstance(each, CautionaryError)]
    assert len(closes) <= 1
    assert Review.objects.get().state == ("closed" if closes else "abandoned")
    assert Entry.objects.get().state == "ended"


@pytest.mark.clause("A30")
def test_quarter_signed_four_times_at_once(scene: Scene) -> None:
    at = timezone.now()
    digest = list_of_quarter(scene.council.register, at=at).digest

    outcomes = race(
        *[
            lambda: sign_quarterly_check(
                register=scene.council.register, digest=digest, by=scene.director, at=at
            )
        ]
        * 4
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert QuarterlyCheck.objects.count() == 1


@pytest.mark.clause("L10")
def test_complaint_acknowledged_three_times_at_once(scene: Scene) -> None:
    complaint = record_complaint(
        about=scene.entry.reference,
        received_on=scene.today,
        text=GROUNDS,
        by=scene.clerk,
        at=scene.at,
    )

    outcomes = race(
        *[
            lambda: acknowledge_complaint(
                complaint=complaint, acknowledged_on=scene.today, by=scene.clerk, at=scene.at
            )
        ]
        * 3
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 2


def test_two_runs_of_cron_remind_once(scene: Scene) -> None:
    counts = race(*[lambda: remind(at=scene.at)] * 3)

    queued = OutboxMessage.objects.filter(kind__in=[MailKind.QUARTER_DUE, MailKind.REVIEW_DUE])
    assert sorted(counts) == [0, 0, queued.count()]
