"""The second signature, the letter that comes first, what lapses and what is overtaken."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.reviews import (
    close_review,
    lapsing_entries,
    open_review,
    send_back_review,
    sign_review,
)
from cautionary_plugin.actions.reviews.lapsing import lapses_in, without_review
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Entry,
    Letter,
    LookupState,
    NotificationExemption,
    Review,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    CautionaryError,
    IllegalMove,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.reviews import quarter_of, window
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, LetterKind, WhyEnded
from tests.actions.reviews.course.steps import LAPSE, REMOVE, propose, send_letter, signed
from tests.council import hold_post
from tests.entry_with_past import REASONS, Scene
from tests.factors import appoint

pytestmark = pytest.mark.django_db


def exempt(scene: Scene, *, at: Any) -> NotificationExemption:
    return NotificationExemption.objects.create(
        entry=scene.entry,
        belief="Would attack the postman.",
        reasons="Did so twice.",
        decided_by=scene.director,
        decided_at=at,
        retest_on=scene.today,
    )


# The second signature


@pytest.mark.clause("A31")
def test_both_sign_and_never_one_for_both(scene: Scene, review: Review) -> None:
    propose(scene, review)
    with pytest.raises(NotYourPost):
        sign_review(review=review, by=scene.director, at=scene.at)
    appoint(scene.director, PostKind.HEALTH_AND_SAFETY)  # holds both posts
    with pytest.raises(SamePerson):
        sign_review(review=review, by=scene.director, at=scene.at)

    both = sign_review(review=review, comment="I agree.", by=scene.safety, at=scene.at)

    assert (both.proposed_by, both.signed_by, both.state) == (
        scene.director,
        scene.safety,
        "signed",
    )


@pytest.mark.clause("A31")
def test_nothing_is_signed_before_it_is_proposed(scene: Scene, review: Review) -> None:
    with pytest.raises(IllegalMove):
        sign_review(review=review, by=scene.safety, at=scene.at)


@pytest.mark.clause("A31")
def test_safety_sends_back_with_reasons(scene: Scene, review: Review) -> None:
    propose(scene, review)
    with pytest.raises(BadInput, match="comment"):
        send_back_review(review=review, comment="", by=scene.safety, at=scene.at)

    back = send_back_review(
        review=review, comment="The Police say otherwise.", by=scene.safety, at=scene.at
    )

    assert (back.state, back.safety_comment) == ("open", "The Police say otherwise.")
    assert propose(scene, review).state == "proposed"  # own words of this review may stay


def test_signature_is_for_what_was_read(scene: Scene, review: Review) -> None:
    read = propose(scene, review).proposed_at
    send_back_review(review=review, comment=REASONS, by=scene.safety, at=scene.at)
    later = scene.at + timedelta(minutes=5)
    propose(scene, review, REMOVE, at=later)

    with pytest.raises(AlreadyDone):
        sign_review(review=review, by=scene.safety, at=later, seen=read)
    assert Entry.objects.get().state == EntryState.LIVE


@pytest.mark.clause("A33")
def test_early_removal_ends_the_entry_with_the_second_signature(
    scene: Scene, review: Review
) -> None:
    propose(scene, review, REMOVE)
    between = Entry.objects.get().state

    closed = sign_review(review=review, by=scene.safety, at=scene.at)

    entry = Entry.objects.get()
    assert (between, closed.state) == (EntryState.LIVE, "closed")
    assert (entry.state, entry.why_ended) == (EntryState.ENDED, WhyEnded.REVIEW)
    assert LookupState.objects.get().entries == 0
    assert Letter.objects.get(review=review).kind == LetterKind.REMOVAL
    assert AccessRecord.objects.get(act=Act.REMOVED).reference == entry.reference


@pytest.mark.clause("A27")
def test_no_letter_tells_of_a_removal_whose_subject_never_knew(
    scene: Scene, review: Review
) -> None:
    Letter.objects.all().delete()
    exempt(scene, at=scene.at - timedelta(days=90))

    signed(scene, review, REMOVE)

    assert not Letter.objects.filter(review=review).exists()


@pytest.mark.clause("A33")
def test_lapse_lets_the_entry_end_on_its_day(scene: Scene, review: Review) -> None:
    before = Entry.objects.values().get()

    closed = signed(scene, review, LAPSE)

    assert closed.state == "closed"
    assert Entry.objects.values().get() == before
    assert not Letter.objects.filter(review=review).exists()


# The letter comes first


@pytest.mark.clause("A37")
def test_renewal_waits_for_its_letter(scene: Scene, review: Review) -> None:
    before = last_day(scene.entry)
    signed(scene, review)
    assert Letter.objects.get(review=review).kind == LetterKind.RETENTION

    with pytest.raises(NotReady, match="letter"):
        close_review(review=review, by=scene.director, at=scene.at)
    unchanged = last_day(Entry.objects.get())
    number = LookupState.objects.get().number
    send_letter(review)
    closed = close_review(review=review, by=scene.director, at=scene.at)

    entry = Entry.objects.get()
    assert unchanged == before
    assert (closed.state, last_day(entry)) == ("closed", scene.today + timedelta(days=300))
    assert entry.expires_at == over_after(closed.new_end_on)
    assert entry.changed > number


@pytest.mark.clause("A27")
def test_exemption_counts_only_when_it_was_decided_again_at_this_review(
    scene: Scene, review: Review
) -> None:
    old = exempt(scene, at=scene.at - timedelta(days=90))
    signed(scene, review)

    with pytest.raises(NotReady, match="exemption"):
        close_review(review=review, by=scene.director, at=scene.at)
    old.ended_at = scene.at
    old.save()
    exempt(scene, at=scene.at + timedelta(minutes=1))

    assert close_review(review=review, by=scene.director, at=scene.at).state == "closed"


@pytest.mark.clause("A37")
def test_safety_does_not_close(scene: Scene, review: Review) -> None:
    signed(scene, review)
    send_letter(review)

    with pytest.raises(NotYourPost):
        close_review(review=review, by=scene.safety, at=scene.at)


@pytest.mark.clause("A32")
def test_late_renewal_closes_no_review_of_what_has_expired(scene: Scene, review: Review) -> None:
    signed(scene, review)
    send_letter(review)
    over = scene.entry.expires_at
    Briefing.objects.update(briefed_on=timezone.localdate(over))

    with pytest.raises(IllegalMove):
        close_review(review=review, by=scene.director, at=over)
    assert not Entry.objects.live_at(over).exists()


@pytest.mark.clause("A35")
def test_next_review_is_fresh_against_this_one(scene: Scene, review: Review) -> None:
    signed(scene, review)
    send_letter(review)
    close_review(review=review, by=scene.director, at=scene.at)
    again = open_review(entry=scene.entry, by=scene.director, at=scene.at)

    with pytest.raises(BadInput) as refused:
        propose(scene, again, new_end_on=scene.today + timedelta(days=320))

    # the same answers, and evidence that the first review has weighed
    asked = {factor.value for factor in factors_for("person")}
    assert set(refused.value.problems) == asked | {"new_evidence_on"}


def test_what_is_closed_stays_so(scene: Scene, review: Review) -> None:
    signed(scene, review, LAPSE)
    acts = [
        lambda: propose(scene, review),
        lambda: sign_review(review=review, by=scene.safety, at=scene.at),
        lambda: send_back_review(review=review, comment=REASONS, by=scene.safety, at=scene.at),
        lambda: close_review(review=review, by=scene.director, at=scene.at),
    ]
    before = Review.objects.values().get()

    for act in acts:
        with pytest.raises(CautionaryError):
            act()

    assert Review.objects.values().get() == before


# Which entries lapse


def _ends(scene: Scene, last: Any) -> None:
    Entry.objects.update(expires_at=over_after(last))


@pytest.mark.clause("A31")
def test_entries_of_this_and_the_next_quarter_are_due(scene: Scene) -> None:
    register, after_next = scene.council.register, window(scene.today).next
    last_of_window = after_next.starts_on - timedelta(days=1)

    def due(last: Any) -> bool:
        _ends(scene, last)
        return lapsing_entries(register, at=scene.at).exists()

    assert due(scene.today)
    assert due(last_of_window)
    assert not due(after_next.starts_on)


@pytest.mark.clause("A31")
def test_entry_lapses_in_the_quarter_of_its_last_day(scene: Scene) -> None:
    quarter = quarter_of(scene.today).next
    entries = Entry.objects.all()

    def lapses(last: Any) -> bool:
        _ends(scene, last)
        return lapses_in(entries, quarter).exists()

    assert not lapses(quarter.starts_on - timedelta(days=1))
    assert lapses(quarter.starts_on)
    assert lapses(quarter.next.starts_on - timedelta(days=1))
    assert not lapses(quarter.next.starts_on)


@pytest.mark.clause("A31")
def test_entry_that_nobody_reviews_stays_on_the_list_until_somebody_does(scene: Scene) -> None:
    _ends(scene, scene.today + timedelta(days=5))

    def waits() -> bool:
        return without_review(lapsing_entries(scene.council.register, at=scene.at)).exists()

    assert waits()
    review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
    assert not waits()
    Review.objects.update(state="abandoned")
    assert waits()
    Review.objects.update(state="open")
    signed(scene, review, LAPSE)
    assert not waits()
    Review.objects.update(outcome="retain", closed_at=scene.at - timedelta(days=365))
    assert waits()  # the renewal of a year ago is no review of this end


def test_panel_chair_signs_no_review(scene: Scene, review: Review) -> None:
    propose(scene, review)
    hold_post(scene.council, scene.head, PostKind.PANEL_CHAIR)

    with pytest.raises(NotYourPost):
        sign_review(review=review, by=scene.head, at=scene.at)


# Overtaken


@pytest.mark.clause("A32")
def test_entry_withdrawn_as_an_error_takes_its_review_and_the_unsent_letter_with_it(
    scene: Scene, review: Review
) -> None:
    signed(scene, review)
    assert Letter.objects.filter(review=review).exists()

    withdraw_entry(entry=scene.entry, reasons=REASONS, by=scene.director, at=scene.at)

    assert Review.objects.get().state == "abandoned"
    assert not Letter.objects.filter(review=review).exists()


def test_letter_that_was_sent_stays_on_file_when_the_review_is_abandoned(
    scene: Scene, review: Review
) -> None:
    signed(scene, review)
    send_letter(review)

    withdraw_entry(entry=scene.entry, reasons=REASONS, by=scene.director, at=scene.at)

    assert Letter.objects.filter(review=review).exists()
