"""What insiders with one post or another must not get out of a case, nor walk round."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    open_papers,
    propose_outcome,
    send_back_outcome,
    sign_outcome,
)
from cautionary_plugin.actions.corrections import correct_entry, withdraw_entry
from cautionary_plugin.actions.countersign import open_report
from cautionary_plugin.actions.letters import exempt_from_letter, open_exemption, open_letter
from cautionary_plugin.actions.reviews import open_review, propose_review, sign_review
from cautionary_plugin.actions.statements import decline_statement
from cautionary_plugin.models import Appeal, Briefing, Entry, Letter
from cautionary_plugin.rules.corrections import Correctable
from cautionary_plugin.rules.errors import BadInput, NoSuchEntry
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import AppealOutcome, LetterKind, ReviewOutcome
from tests.council import browser_of
from tests.entry_with_past import GROUNDS, REASONS, Scene, answers, set_scene, with_post

pytestmark = pytest.mark.django_db

WHY = "It stands so in the tenancy file."


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def appeal(scene: Scene) -> Appeal:
    """Named, and every comment declined."""
    made = lodge_appeal(
        entry=scene.entry, lodged_on=scene.today, grounds=GROUNDS, by=scene.clerk, at=scene.at
    )
    name_hearers(appeal=made, users=scene.hearers, by=scene.clerk, at=scene.at)
    for each in made.comments.all():
        decline_statement(statement=each, by=each.employee, at=scene.at)
    return made


def propose(scene: Scene, appeal: Appeal, **facts: Any) -> Appeal:
    told = {"outcome": AppealOutcome.DISMISSED, "reasons": REASONS, "by": scene.hearers[0]} | facts
    return propose_outcome(appeal=appeal, at=scene.at, **told)


def exempt(scene: Scene) -> Any:
    return exempt_from_letter(
        entry=scene.entry,
        belief="He would come to the office.",
        reasons=REASONS,
        retest_on=scene.today + timedelta(days=30),
        by=scene.director,
        at=scene.at,
    )


# The clerk


@pytest.mark.parametrize("screen", ["inspect", "history"])
def test_clerk_of_appeals_learns_nobody_who_reported(
    scene: Scene, appeal: Appeal, screen: str
) -> None:
    administrator = with_post(scene.council, "registrar", PostKind.ADMINISTRATOR)
    url = reverse(f"cautionary_appeals_modeladmin_{screen}", args=[appeal.reference])

    page = browser_of(administrator).get(url)
    owners = browser_of(scene.director).get(url)

    assert page.status_code == owners.status_code == 200
    for person in (scene.reporter, scene.witness):
        assert name_of(person) not in page.content.decode()


def test_clerk_of_appeals_reads_nothing_of_the_entry(scene: Scene, appeal: Appeal) -> None:
    propose(
        scene, appeal, outcome=AppealOutcome.VARIED, variation={"handling": "Phone before you go."}
    )
    url = reverse("cautionary_appeals_modeladmin_inspect", args=[appeal.reference])

    page = browser_of(scene.clerk).get(url).content.decode()

    assert scene.entry.handling not in page
    assert scene.entry.handling in browser_of(scene.director).get(url).content.decode()


# What has expired, and a legal hold keeps


def expired(scene: Scene) -> datetime:
    over = scene.entry.expires_at
    Briefing.objects.update(briefed_on=timezone.localdate(over))
    return over


def test_nothing_of_an_expired_file_is_opened(scene: Scene, appeal: Appeal) -> None:
    letter, exemption, over = Letter.objects.get(), exempt(scene), expired(scene)
    director = {"by": scene.director, "at": over}

    with pytest.raises(NoSuchEntry):
        open_report(report=scene.report, **director)
    with pytest.raises(NoSuchEntry):
        open_letter(letter=letter, **director)
    with pytest.raises(NoSuchEntry):
        open_exemption(exemption=exemption, **director)
    with pytest.raises(NoSuchEntry):
        open_papers(appeal=appeal, by=scene.hearers[0], at=over)


@pytest.mark.parametrize("who", ["clerk", "hearer"])
def test_appeal_against_what_has_expired_is_shown_without_its_words(
    scene: Scene, appeal: Appeal, who: str
) -> None:
    propose(scene, appeal)
    Entry.objects.update(expires_at=scene.at, starts_at=scene.at - timedelta(days=9))
    desk = "appeals" if who == "clerk" else "hearings"
    person = scene.clerk if who == "clerk" else scene.hearers[0]

    answer = browser_of(person).get(
        reverse(f"cautionary_{desk}_modeladmin_inspect", args=[appeal.reference])
    )

    assert answer.status_code == 200
    assert GROUNDS not in answer.content.decode()
    assert REASONS not in answer.content.decode()


@pytest.mark.parametrize("page", ["cautionary_letter", "cautionary_letter_write"])
def test_letter_about_what_has_expired_is_shown_on_no_page(scene: Scene, page: str) -> None:
    letter = Letter.objects.get()
    Entry.objects.update(expires_at=scene.at, starts_at=scene.at - timedelta(days=9))

    answer = browser_of(scene.director).get(reverse(page, args=[letter.pk]))

    assert answer.status_code == 403


# The owner alone


def test_owner_brings_back_by_correction_nothing_that_an_appeal_took_away(
    scene: Scene, appeal: Appeal
) -> None:
    variation = {"control_measures": ["phone_first"]}
    propose(scene, appeal, outcome=AppealOutcome.VARIED, variation=variation)
    sign_outcome(appeal=appeal, by=scene.hearers[1], at=scene.at)

    def correct(*measures: str) -> None:
        correct_entry(
            entry=scene.entry,
            fact=Correctable.CONTROL_MEASURES,
            value=list(measures),
            reasons=WHY,
            by=scene.director,
            at=scene.at,
        )

    with pytest.raises(BadInput, match="value"):
        correct("phone_first", "no_home_visit")
    correct("phone_first", "two_person_visit")


@pytest.mark.parametrize("sent_back", [False, True])
def test_owner_takes_no_hearer_off_who_does_not_agree(
    scene: Scene, appeal: Appeal, sent_back: bool
) -> None:
    propose(scene, appeal)
    if sent_back:
        send_back_outcome(appeal=appeal, reasons=REASONS, by=scene.hearers[1], at=scene.at)
    friend = with_post(scene.council, "friend", PostKind.CMT_MEMBER)

    with pytest.raises(BadInput, match="users"):
        name_hearers(
            appeal=appeal, users=[scene.hearers[0], friend], by=scene.director, at=scene.at
        )
    assert appeal.hearers.filter(user=scene.hearers[1]).exists()


@pytest.mark.parametrize("how", ["withdrawn", "reviewed"])
def test_whoever_was_told_of_the_entry_is_told_of_its_end_whatever_was_exempted_since(
    scene: Scene, how: str
) -> None:
    Letter.objects.update(kind=LetterKind.RETENTION)
    exempt(scene)
    if how == "withdrawn":
        withdraw_entry(entry=scene.entry, reasons=WHY, by=scene.director, at=scene.at)
    else:
        review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
        propose_review(
            review=review,
            outcome=ReviewOutcome.REMOVE,
            factors=answers(scene.entry.case_file.kind, "Looked at afresh today."),
            reasons=REASONS,
            by=scene.director,
            at=scene.at,
        )
        sign_review(review=review, by=scene.safety, at=scene.at)

    assert Letter.objects.filter(kind=LetterKind.REMOVAL).count() == 1
