"""Lodging an appeal, and who hears it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.appeals import (
    name_hearers,
    open_papers,
    send_back_outcome,
    sign_outcome,
    withdraw_appeal,
)
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Briefing,
    Countersignature,
    Entry,
    Hearer,
    Letter,
    MailKind,
    OutboxMessage,
    Review,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    Excluded,
    IllegalMove,
    NotAllowed,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.actions.appeals.course.steps import heard, is_under_appeal, lodge, propose
from tests.entry_with_past import (
    REASONS,
    Scene,
    forget_post,
    joined_report,
    with_post,
)
from tests.factors import appoint

pytestmark = pytest.mark.django_db


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
