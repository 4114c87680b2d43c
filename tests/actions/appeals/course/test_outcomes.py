"""The papers of an appeal, its outcomes, and what each does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.appeals import (
    name_hearers,
    open_papers,
    send_back_outcome,
    sign_outcome,
    withdraw_appeal,
)
from cautionary_plugin.actions.letters import preview
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Briefing,
    Correction,
    Entry,
    Hearer,
    Letter,
    LookupState,
    MailKind,
    OutboxMessage,
    Review,
    Statement,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    CautionaryError,
    IllegalMove,
    NotReady,
    NotYours,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, LetterKind, WhyEnded
from tests.actions.appeals.course.steps import (
    UPHELD,
    VARIED,
    heard,
    is_under_appeal,
    lodge,
    propose,
    settle_comments,
)
from tests.entry_with_past import (
    REASONS,
    Scene,
    joined_report,
    with_post,
)

pytestmark = pytest.mark.django_db


def decide(scene: Scene, appeal: Appeal, **facts: Any) -> Appeal:
    """Proposed by the first hearer and signed by the others."""
    propose(scene, heard(scene, appeal), **facts)
    for hearer in scene.hearers[1:]:
        appeal = sign_outcome(appeal=appeal, by=hearer, at=scene.at)
    return appeal


# The papers


@pytest.mark.clause("A25")
def test_hearer_reads_the_papers_and_each_reading_is_recorded(scene: Scene, appeal: Appeal) -> None:
    heard(scene, appeal)
    later = joined_report(scene, occurred_days_ago=10)

    papers = open_papers(appeal=appeal, by=scene.hearers[0], at=scene.at)

    assert papers.reports == [scene.report, later]
    assert "shouted along Gantry Mews" in papers.reports[0].seen
    assert [each.employee for each in papers.accounts] == [scene.witness]
    assert len(papers.letters) == 1
    assert {each.report for each in papers.decisions} == {scene.report, later}
    assert len(papers.comments) == 2
    read = AccessRecord.objects.filter(user=scene.hearers[0]).exclude(act=Act.APPOINTED)
    assert sorted(read.values_list("act", "reference")) == sorted(
        [
            (Act.READ_APPEAL, appeal.reference),
            (Act.READ_REPORT, scene.report.reference),
            (Act.READ_REPORT, later.reference),
        ]
    )


@pytest.mark.clause("A25")
def test_papers_close_when_the_appeal_is_over(scene: Scene, appeal: Appeal) -> None:
    decide(scene, appeal)

    with pytest.raises(IllegalMove):
        open_papers(appeal=Appeal.objects.get(), by=scene.hearers[0], at=scene.at)


# Outcomes


@pytest.mark.clause("A26")
def test_outcome_waits_until_each_comment_is_given_declined_or_out_of_time(
    scene: Scene, appeal: Appeal
) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    first, second = appeal.comments.all()

    with pytest.raises(NotReady) as refused:
        propose(scene, appeal)
    assert len(refused.value.missing) == 2
    first.given_at, first.text = scene.at, "I stay with what I saw that morning."
    first.save()
    with pytest.raises(NotReady):
        propose(scene, appeal)
    Statement.objects.filter(pk=second.pk).update(due_on=scene.today - timedelta(days=1))

    assert propose(scene, appeal).state == "proposed"


@pytest.mark.clause("A25")
def test_outcome_waits_for_hearers(scene: Scene, appeal: Appeal) -> None:
    settle_comments(appeal)
    Hearer.objects.create(appeal=appeal, user=scene.hearers[0], named_at=scene.at)

    with pytest.raises(NotReady, match="2 hearers are needed"):
        propose(scene, appeal)


@pytest.mark.clause("A24")
def test_dismissal_leaves_the_entry_and_owes_a_letter(scene: Scene, appeal: Appeal) -> None:
    before = Entry.objects.values().get()

    decide(scene, appeal)

    assert Entry.objects.values().get() == before
    assert not is_under_appeal(scene.entry)
    letter = Letter.objects.get(kind=LetterKind.APPEAL)
    due = scene.council.register.calendar.after(scene.today, 2)
    assert (letter.appeal, letter.entry, letter.due_on) == (appeal, scene.entry, due)
    told = OutboxMessage.objects.filter(kind=MailKind.LETTER_DUE)
    assert [mail.to for mail in told] == [scene.director]


@pytest.mark.clause("A24")
def test_upheld_appeal_ends_the_entry_at_once(scene: Scene, appeal: Appeal) -> None:
    review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
    live = LookupState.objects.get().entries

    decide(scene, appeal, outcome=UPHELD)

    entry = Entry.objects.get()
    assert (entry.state, entry.why_ended) == (EntryState.ENDED, WhyEnded.APPEAL)
    assert LookupState.objects.get().entries == live - 1
    assert Review.objects.get(pk=review.pk).state == "abandoned"
    assert Letter.objects.filter(kind=LetterKind.APPEAL).exists()


@pytest.mark.clause("A24")
def test_varied_appeal_changes_the_entry_and_keeps_what_stood_there(
    scene: Scene, appeal: Appeal
) -> None:
    number = LookupState.objects.get().number
    sooner = scene.today + timedelta(days=30)
    variation = {
        "risk": "medium",
        "last_day": sooner.isoformat(),
        "handling": "Phone before you come.",
        "control_measures": ["phone_first", "two_person_visit"],
    }

    decide(scene, appeal, outcome=VARIED, variation=variation)

    entry = Entry.objects.get()
    assert (entry.risk, last_day(entry), entry.handling) == (
        "medium",
        sooner,
        "Phone before you come.",
    )
    assert set(entry.control_measures) == {"phone_first", "two_person_visit"}
    assert entry.changed == LookupState.objects.get().number > number
    corrections = {each.fact: (each.before, each.after) for each in Correction.objects.all()}
    assert corrections["risk"] == ("High", "Medium")
    assert corrections["handling"] == ("Do not visit alone.", "Phone before you come.")
    assert set(corrections) == set(variation)
    assert AccessRecord.objects.get(act=Act.CORRECTED).reference == entry.reference


@pytest.mark.clause("A24")
def test_letter_after_a_varied_appeal_says_what_has_changed(scene: Scene, appeal: Appeal) -> None:
    variation = {"risk": "medium", "control_measures": ["phone_first"]}
    decide(scene, appeal, outcome=VARIED, variation=variation | {"handling": "Zinnober."})

    letter = Letter.objects.get(kind=LetterKind.APPEAL)
    made = preview(letter, by=scene.director, at=scene.at)
    [told] = [item.text for item in made.items if item.code == "effect"]

    assert "The level of risk is now: Medium." in told
    assert "Our staff now keep to this: Phone first." in told
    assert "The instructions to our staff have changed." in told
    assert "The entry stays on the register until" in told
    assert "Zinnober" not in told


@pytest.mark.clause("A24")
def test_letter_after_a_dismissed_appeal_tells_of_no_change(scene: Scene, appeal: Appeal) -> None:
    decide(scene, appeal)

    letter = Letter.objects.get(kind=LetterKind.APPEAL)
    made = preview(letter, by=scene.director, at=scene.at)
    [told] = [item.text for item in made.items if item.code == "effect"]

    assert told.startswith("The entry stays on the register until")


@pytest.mark.clause("A24")
@pytest.mark.parametrize(
    "variation",
    [
        {},
        {"risk": "high"},
        {"last_day": "2999-01-01"},
        {"markers": ["weapon"]},
        {"markers": []},
        {"restrictions": ["libraries"]},
        {"audience": ["housing", "revenues"]},
        {"control_measures": ["phone_first", "no_home_visit", "writing_only"]},
    ],
    ids=str,
)
def test_nothing_may_worsen(scene: Scene, appeal: Appeal, variation: dict[str, Any]) -> None:
    heard(scene, appeal)

    with pytest.raises(BadInput):
        propose(scene, appeal, outcome=VARIED, variation=variation)

    assert Appeal.objects.get().state == "lodged"


@pytest.mark.clause("A24")
def test_outcome_takes_effect_only_with_every_signature(scene: Scene) -> None:
    third = with_post(scene.council, "third", PostKind.CMT_MEMBER)
    scene.hearers.append(third)
    appeal = lodge(scene)
    propose(scene, heard(scene, appeal), outcome=UPHELD)

    sign_outcome(appeal=appeal, by=scene.hearers[1], at=scene.at)
    between = Entry.objects.get().state
    sign_outcome(appeal=appeal, by=third, at=scene.at)

    assert (between, Entry.objects.get().state) == (EntryState.LIVE, EntryState.ENDED)


def test_nobody_signs_twice(scene: Scene, appeal: Appeal) -> None:
    propose(scene, heard(scene, appeal))

    with pytest.raises(AlreadyDone):
        sign_outcome(appeal=appeal, by=scene.hearers[0], at=scene.at)


@pytest.mark.clause("A24")
def test_other_hearer_sends_back_and_all_sign_anew(scene: Scene, appeal: Appeal) -> None:
    propose(scene, heard(scene, appeal))

    sent_back = send_back_outcome(
        appeal=appeal, reasons="The cousin was not asked.", by=scene.hearers[1], at=scene.at
    )

    assert (sent_back.state, sent_back.sent_back) == ("lodged", "The cousin was not asked.")
    assert not Hearer.objects.exclude(signed_at=None).exists()
    assert propose(scene, appeal, outcome=UPHELD, by=scene.hearers[1]).state == "proposed"
    assert sign_outcome(appeal=appeal, by=scene.hearers[0], at=scene.at).state == "decided"


def test_proposer_cannot_send_back_their_own(scene: Scene, appeal: Appeal) -> None:
    propose(scene, heard(scene, appeal))

    with pytest.raises(AlreadyDone):
        send_back_outcome(appeal=appeal, reasons=REASONS, by=scene.hearers[0], at=scene.at)


@pytest.mark.clause("A24")
def test_signature_is_for_the_outcome_that_was_read(scene: Scene, appeal: Appeal) -> None:
    propose(scene, heard(scene, appeal))
    read = Appeal.objects.get().proposed_at
    send_back_outcome(appeal=appeal, reasons=REASONS, by=scene.hearers[1], at=scene.at)
    later = scene.at + timedelta(minutes=5)
    propose(scene, appeal, outcome=UPHELD, at=later)

    with pytest.raises(AlreadyDone):
        sign_outcome(appeal=appeal, by=scene.hearers[1], at=later, seen=read)
    assert sign_outcome(appeal=appeal, by=scene.hearers[1], at=later, seen=later)


def test_outcome_that_another_change_overtook_is_not_signed(scene: Scene, appeal: Appeal) -> None:
    propose(scene, heard(scene, appeal), outcome=VARIED, variation={"risk": "medium"})
    Entry.objects.update(risk="low")

    with pytest.raises(AlreadyDone, match="changed"):
        sign_outcome(appeal=appeal, by=scene.hearers[1], at=scene.at)
    assert Entry.objects.get().risk == "low"


@pytest.mark.clause("A32")
def test_entry_that_expires_during_an_appeal_is_hidden_and_nothing_is_decided(
    scene: Scene, appeal: Appeal
) -> None:
    propose(scene, heard(scene, appeal))
    over = Entry.objects.get().expires_at
    Briefing.objects.update(briefed_on=timezone.localdate(over))

    with pytest.raises(IllegalMove):
        sign_outcome(appeal=appeal, by=scene.hearers[1], at=over)
    assert not Entry.objects.live_at(over).exists()
    withdrawn = withdraw_appeal(
        appeal=appeal, reasons="The entry has expired.", by=scene.clerk, at=over
    )
    assert withdrawn.state == "withdrawn"


@pytest.mark.clause("A24")
def test_withdrawal_takes_reasons_and_lifts_the_mark(scene: Scene, appeal: Appeal) -> None:
    with pytest.raises(BadInput):
        withdraw_appeal(appeal=appeal, reasons=" ", by=scene.clerk, at=scene.at)

    withdraw_appeal(appeal=appeal, reasons="Withdrawn by letter.", by=scene.clerk, at=scene.at)

    assert not is_under_appeal(scene.entry)
    assert Appeal.objects.get().reasons == "Withdrawn by letter."


@pytest.mark.parametrize("over", ["decided", "withdrawn"])
def test_what_is_over_stays_so(scene: Scene, appeal: Appeal, over: str) -> None:
    if over == "decided":
        decide(scene, appeal)
    else:
        withdraw_appeal(appeal=appeal, reasons=REASONS, by=scene.clerk, at=scene.at)
        Hearer.objects.bulk_create(
            Hearer(appeal=appeal, user=user, named_at=scene.at) for user in scene.hearers
        )
    acts = [
        lambda: name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at),
        lambda: propose(scene, appeal),
        lambda: sign_outcome(appeal=appeal, by=scene.hearers[1], at=scene.at),
        lambda: send_back_outcome(appeal=appeal, reasons=REASONS, by=scene.hearers[1], at=scene.at),
        lambda: withdraw_appeal(appeal=appeal, reasons=REASONS, by=scene.clerk, at=scene.at),
    ]
    before = Appeal.objects.values().get()

    for act in acts:
        with pytest.raises(CautionaryError):
            act()

    assert Appeal.objects.values().get() == before


def test_papers_of_another_appeal_stay_shut(scene: Scene, appeal: Appeal) -> None:
    heard(scene, appeal)
    third = with_post(scene.council, "third", PostKind.CMT_MEMBER)

    with pytest.raises(NotYours):
        open_papers(appeal=appeal, by=third, at=scene.at)
