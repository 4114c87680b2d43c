"""An appeal from its first day to its outcome, and who is kept out of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day, marked_under_appeal
from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    open_papers,
    propose_outcome,
    send_back_outcome,
    sign_outcome,
    withdraw_appeal,
)
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Briefing,
    Correction,
    Countersignature,
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
    BriefingLapsed,
    CautionaryError,
    Excluded,
    IllegalMove,
    NotAllowed,
    NotReady,
    NotYours,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, AppealOutcome, LetterKind, WhyEnded
from tests.entry_with_past import (
    GROUNDS,
    REASONS,
    Scene,
    forget_post,
    joined_report,
    set_scene,
    with_post,
)
from tests.factors import appoint

pytestmark = pytest.mark.django_db

DISMISSED, VARIED, UPHELD = AppealOutcome


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def appeal(scene: Scene) -> Appeal:
    return lodge(scene)


def lodge(scene: Scene, **facts: Any) -> Appeal:
    wanted = {"lodged_on": scene.today, "grounds": GROUNDS, "by": scene.clerk, "at": scene.at}
    return lodge_appeal(entry=scene.entry, **(wanted | facts))


def settle_comments(appeal: Appeal) -> None:
    appeal.comments.filter(given_at=None).update(declined_at=timezone.now())


def heard(scene: Scene, appeal: Appeal) -> Appeal:
    """Named, and every comment settled."""
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    settle_comments(appeal)
    return appeal


def propose(scene: Scene, appeal: Appeal, **facts: Any) -> Appeal:
    wanted = {"outcome": DISMISSED, "reasons": REASONS, "by": scene.hearers[0], "at": scene.at}
    return propose_outcome(appeal=appeal, **(wanted | facts))


def decide(scene: Scene, appeal: Appeal, **facts: Any) -> Appeal:
    """Proposed by the first hearer and signed by the others."""
    propose(scene, heard(scene, appeal), **facts)
    for hearer in scene.hearers[1:]:
        appeal = sign_outcome(appeal=appeal, by=hearer, at=scene.at)
    return appeal


def is_under_appeal(entry: Entry) -> bool:
    return bool(marked_under_appeal(Entry.objects.filter(pk=entry.pk)).get().under_appeal)


# Lodging


@pytest.mark.clause("A24")
def test_lodging_starts_the_clock_and_the_entry_stays_under_appeal(scene: Scene) -> None:
    before = is_under_appeal(scene.entry)

    appeal = lodge(scene)

    register = scene.council.register
    assert (before, is_under_appeal(scene.entry)) == (False, True)
    assert appeal.decide_by == register.calendar.after(scene.today, 20)
    assert Entry.objects.live_at(scene.at).filter(pk=scene.entry.pk).exists()
    assert AccessRecord.objects.get(act=Act.APPEAL).reference == appeal.reference


@pytest.mark.clause("A26")
def test_reporter_and_other_employees_are_asked_to_comment_and_the_owner_is_told(
    scene: Scene,
) -> None:
    appeal = lodge(scene)

    asked = {statement.employee for statement in appeal.comments.all()}
    mails = OutboxMessage.objects
    assert asked == {scene.reporter, scene.witness}
    assert {mail.to for mail in mails.filter(kind=MailKind.APPEAL_COMMENT)} == asked
    assert [mail.to for mail in mails.filter(kind=MailKind.APPEAL_DUE)] == [scene.director]


@pytest.mark.clause("A26")
def test_employees_of_a_joined_report_are_asked_too(scene: Scene) -> None:
    other = joined_report(scene, occurred_days_ago=10)
    other.reporter = with_post(scene.council, "lifeguard", PostKind.TRAINER)
    other.save()

    appeal = lodge(scene)

    assert other.reporter in {statement.employee for statement in appeal.comments.all()}


@pytest.mark.clause("A24")
def test_late_appeal_takes_reasons(scene: Scene) -> None:
    told = Letter.objects.get(kind=LetterKind.ADDITION)
    told.sent_on = scene.today - timedelta(days=60)
    told.save()

    with pytest.raises(BadInput, match="late_reasons"):
        lodge(scene)
    appeal = lodge(scene, late_reasons="The letter lay at a neighbour's.")

    assert appeal.late_reasons == "The letter lay at a neighbour's."


@pytest.mark.clause("A24")
def test_without_a_letter_the_time_runs_from_the_beginning_of_the_entry(scene: Scene) -> None:
    Letter.objects.all().delete()

    with pytest.raises(BadInput, match="late_reasons"):
        lodge(scene)


@pytest.mark.parametrize("grounds", ["", "   ", "No."])
def test_appeal_without_grounds_is_none(scene: Scene, grounds: str) -> None:
    with pytest.raises(BadInput, match="grounds"):
        lodge(scene, grounds=grounds)

    assert not Appeal.objects.exists()


@pytest.mark.clause("A24")
def test_one_appeal_at_a_time(scene: Scene, appeal: Appeal) -> None:
    with pytest.raises(AlreadyDone):
        lodge(scene)

    withdraw_appeal(appeal=appeal, reasons="Withdrawn by letter.", by=scene.clerk, at=scene.at)
    assert lodge(scene).pk != appeal.pk


def test_nobody_appeals_against_what_has_expired(scene: Scene) -> None:
    with pytest.raises(IllegalMove):
        lodge(scene, at=scene.entry.expires_at)


@pytest.mark.parametrize("who", ["reporter", "head", "safety"])
def test_only_those_whose_post_records_appeals_lodge_one(scene: Scene, who: str) -> None:
    with pytest.raises(NotAllowed):
        lodge(scene, by=getattr(scene, who))


@pytest.mark.clause("A49")
def test_lapsed_briefing_stops_an_owner_but_not_a_clerk_who_reads_nothing(scene: Scene) -> None:
    Briefing.objects.all().delete()

    with pytest.raises(BriefingLapsed):
        lodge(scene, by=scene.director)
    assert lodge(scene, by=scene.clerk).recorded_by == scene.clerk


# Who hears


@pytest.mark.clause("A25")
def test_members_of_cmt_are_named_and_told(scene: Scene, appeal: Appeal) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)

    assert {hearer.user for hearer in appeal.hearers.all()} == set(scene.hearers)
    told = OutboxMessage.objects.filter(kind=MailKind.HEARING)
    assert {mail.to for mail in told} == set(scene.hearers)


PARTS = ["director", "head", "reporter", "typist", "witness", "safety", "importer", "late_joiner"]


@pytest.mark.clause("A25")
@pytest.mark.parametrize("part", PARTS)
def test_whoever_took_part_cannot_be_named_though_a_member_of_cmt(
    scene: Scene, appeal: Appeal, part: str
) -> None:
    person = appoint(_who_took_part(scene, part), PostKind.CMT_MEMBER)

    with pytest.raises(Excluded):
        name_hearers(appeal=appeal, users=[scene.hearers[0], person], by=scene.clerk, at=scene.at)

    assert not Hearer.objects.exists()


def _who_took_part(scene: Scene, part: str) -> Any:
    if part == "safety":  # has signed a review in the past
        Review.objects.create(
            case_file=scene.entry.case_file,
            entry=scene.entry,
            state="closed",
            opened_at=scene.at,
            proposed_by=scene.director,
            signed_by=scene.safety,
        )
    if part == "importer":
        importer = with_post(scene.council, "importer", PostKind.TRAINER)
        Entry.objects.filter(pk=scene.entry.pk).update(made_by=importer)
        return importer
    if part == "late_joiner":
        report = joined_report(scene, occurred_days_ago=4)
        person = with_post(scene.council, "another-head", PostKind.DIRECTOR)
        Countersignature.objects.create(report=report, outcome="confirmed", by=person, at=scene.at)
        return person
    return getattr(scene, part)


@pytest.mark.clause("A25")
def test_too_few_or_no_members_of_cmt_are_refused(scene: Scene, appeal: Appeal) -> None:
    outsider = with_post(scene.council, "outsider", PostKind.TRAINER)
    for users in ([], scene.hearers[:1], [scene.hearers[0], outsider], [scene.hearers[0]] * 2):
        with pytest.raises(BadInput, match="users"):
            name_hearers(appeal=appeal, users=users, by=scene.clerk, at=scene.at)


@pytest.mark.clause("A25")
@pytest.mark.parametrize("act", ["propose", "sign", "send_back", "read"])
@pytest.mark.parametrize("why", ["not named", "post ended", "took part since"])
def test_hearer_who_may_hear_no_more_is_stopped_at_each_act(
    scene: Scene, appeal: Appeal, act: str, why: str
) -> None:
    heard(scene, appeal)
    person = scene.hearers[1]
    if act in ("sign", "send_back"):
        propose(scene, appeal)
    if why == "not named":
        person = with_post(scene.council, "third", PostKind.CMT_MEMBER)
    if why == "post ended":
        forget_post(person)
    if why == "took part since":
        Countersignature.objects.create(
            report=scene.report, outcome="confirmed", by=person, at=scene.at
        )
    acts = {
        "propose": lambda: propose(scene, appeal, by=person),
        "sign": lambda: sign_outcome(appeal=appeal, by=person, at=timezone.now()),
        "send_back": lambda: send_back_outcome(
            appeal=appeal, reasons=REASONS, by=person, at=timezone.now()
        ),
        "read": lambda: open_papers(appeal=appeal, by=person, at=timezone.now()),
    }

    with pytest.raises(NotAllowed):
        acts[act]()


@pytest.mark.clause("A25")
def test_hearer_who_left_is_replaced_and_the_signature_of_the_other_stays(
    scene: Scene, appeal: Appeal
) -> None:
    propose(scene, heard(scene, appeal))
    forget_post(scene.hearers[1])
    third = with_post(scene.council, "third", PostKind.CMT_MEMBER)

    with pytest.raises(BadInput, match="users"):  # the proposer has signed, and stays
        name_hearers(appeal=appeal, users=[scene.hearers[1], third], by=scene.clerk, at=scene.at)
    name_hearers(appeal=appeal, users=[scene.hearers[0], third], by=scene.clerk, at=scene.at)
    decided = sign_outcome(appeal=appeal, by=third, at=timezone.now())

    assert decided.state == "decided"
    assert set(appeal.hearers.values_list("user", flat=True)) == {scene.hearers[0].pk, third.pk}


def test_nobody_is_left_to_sign_is_refused(scene: Scene, appeal: Appeal) -> None:
    scene.council.register.hearers_needed = 1
    scene.council.register.save()
    propose(scene, heard(scene, appeal))

    with pytest.raises(BadInput, match="users"):
        name_hearers(appeal=appeal, users=scene.hearers[:1], by=scene.clerk, at=scene.at)


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
