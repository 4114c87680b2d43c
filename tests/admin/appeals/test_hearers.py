"""The screens of appeals, as hearers see them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers, propose_outcome
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Correction,
    Entry,
    Evidence,
    Letter,
    Statement,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.appeals.course.steps import heard
from tests.admin.appeals.pages import RECORD, text
from tests.admin.pages import url
from tests.council import PLANTED, browser_of, list_entries, make_reader, row
from tests.entry_with_past import GROUNDS, REASONS, Scene, with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearer(scene: Scene) -> Client:
    return browser_of(scene.hearers[0])


# Hearers


@pytest.mark.clause("A25")
def test_hearer_sees_the_papers_of_their_appeal_and_of_no_other(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    (other_entry,) = list_entries(scene.council, row(name="Wilfred Plume", address="9 Low Row"))
    others = [with_post(scene.council, name, PostKind.CMT_MEMBER) for name in ("cmt8", "cmt9")]
    theirs = _lodge_other(scene, other_entry)
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    name_hearers(appeal=theirs, users=others, by=scene.clerk, at=timezone.now())

    listed = text(hearer.get(url("hearings_modeladmin_index")))
    mine = text(hearer.get(url("hearings_modeladmin_inspect", appeal.reference)))

    assert appeal.reference in listed
    assert theirs.reference not in listed
    for shown in (
        PLANTED,
        GROUNDS,
        "Swung a besom",
        "heard the blow",
        "A credible risk to surveyors",
        "You raised a spade",
        "Weighed at the addition. As to severity.",
        "Is waited for until",
    ):
        assert shown in mine
    assert "Wilfred Plume" not in mine
    for name in (
        "hearings_modeladmin_inspect",
        "hearings_modeladmin_history",
        "appeal_propose",
        "appeal_sign",
        "appeal_send_back",
    ):
        for answer in (
            hearer.get(url(name, theirs.reference)),
            hearer.post(url(name, theirs.reference), RECORD),
        ):
            assert answer.status_code in (404, 405)
            assert "Wilfred Plume" not in text(answer)
    assert Appeal.objects.get(pk=theirs.pk).state == "lodged"


def _lodge_other(scene: Scene, entry: Entry) -> Appeal:
    now = timezone.now()
    return lodge_appeal(
        entry=entry,
        lodged_on=timezone.localdate(now),
        grounds=GROUNDS,
        by=scene.clerk,
        at=now,
    )


@pytest.mark.clause("A25")
def test_evidence_is_among_the_papers(scene: Scene, appeal: Appeal, hearer: Client) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    photo = Evidence.objects.create(
        case_file=scene.entry.case_file,
        object_name="0" * 32,
        kind="image/jpeg",
        size=9,
        title="The pump in the mews",
        added_at=scene.at,
    )

    page = text(hearer.get(url("hearings_modeladmin_inspect", appeal.reference)))

    assert "The pump in the mews" in page
    assert url("evidence", photo.pk) in page


@pytest.mark.clause("A25")
@pytest.mark.parametrize("who", ["another member of CMT", "clerk", "reporter", "head", "reader"])
def test_papers_are_for_the_named_hearers_only(scene: Scene, appeal: Appeal, who: str) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    people = {
        "another member of CMT": lambda: with_post(scene.council, "cmt9", PostKind.CMT_MEMBER),
        "reader": lambda: make_reader(scene.council),
    }
    person = people[who]() if who in people else getattr(scene, who)

    answer = browser_of(person).get(url("hearings_modeladmin_inspect", appeal.reference))

    assert answer.status_code in (403, 404)
    assert "besom" not in text(answer)


@pytest.mark.clause("A25")
def test_each_opening_of_the_papers_is_recorded(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)

    hearer.get(url("hearings_modeladmin_inspect", appeal.reference))
    hearer.get(url("appeal_propose", appeal.reference))

    read = AccessRecord.objects.filter(user=scene.hearers[0], act=Act.READ_APPEAL)
    assert [line.reference for line in read] == [appeal.reference] * 2
    history = hearer.get(url("hearings_modeladmin_history", appeal.reference))
    assert "Opened the papers of an appeal" in text(history)


@pytest.mark.clause("A25")
def test_papers_close_with_the_appeal(scene: Scene, appeal: Appeal, hearer: Client) -> None:
    heard(scene, appeal)
    Appeal.objects.update(state="decided", outcome="dismissed", decided_at=scene.at)

    page = text(hearer.get(url("hearings_modeladmin_inspect", appeal.reference)))

    assert "its papers are closed" in page
    assert "besom" not in page
    assert PLANTED not in page


def typed_outcome(scene: Scene, **facts: Any) -> dict[str, Any]:
    entry = scene.entry
    return {
        "outcome": "varied",
        "reasons": REASONS,
        "risk": "medium",
        "last_day": f"{last_day(entry):%d %m %Y}",
        "handling": entry.handling,
        "markers": entry.markers,
        "control_measures": ["phone_first"],
        "restrictions": entry.restrictions,
        "audience": ["housing"],
    } | facts


@pytest.mark.clause("A24")
def test_outcome_is_read_back_proposed_and_signed_by_the_other(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    heard(scene, appeal)
    page, typed = url("appeal_propose", appeal.reference), typed_outcome(scene)

    told = text(hearer.post(page, typed))
    before = Appeal.objects.get().state
    assert hearer.post(page, typed | RECORD).status_code == 302
    again = hearer.post(page, typed | RECORD)
    second = browser_of(scene.hearers[1])
    to_sign = second.get(url("appeal_sign", appeal.reference))
    seen = to_sign.context["form"]["seen"].value()
    signed = [second.post(url("appeal_sign", appeal.reference), {"seen": seen}) for _n in "ab"]

    assert "High → Medium" in told
    assert "No home visits; Phone first → Phone first" in told
    assert (before, again.status_code) == ("lodged", 400)
    assert "High → Medium" in text(to_sign)
    assert [answer.status_code for answer in signed] == [302, 400]
    entry = Entry.objects.get()
    assert (entry.risk, entry.control_measures) == ("medium", ["phone_first"])
    assert Correction.objects.count() == 2
    assert Letter.objects.filter(appeal=appeal).count() == 1
    assert text(second.get(signed[0].headers["Location"])).count("signed the outcome") == 2


@pytest.mark.clause("A24")
@pytest.mark.parametrize(
    ("worse", "told"),
    [
        ({"risk": "high", "control_measures": ["phone_first", "no_home_visit"]}, "Nothing would"),
        ({"last_day": "1 1 2099"}, "last longer"),
        ({"markers": ["weapon"]}, "valid choice"),
        ({"control_measures": ["writing_only"]}, "valid choice"),
        ({"audience": ["revenues"]}, "valid choice"),
        ({"audience": []}, "at least one"),
        ({"handling": ""}, "handling instructions"),
        ({"reasons": ""}, "required"),
        ({"outcome": "ended"}, "valid choice"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_forged_or_worse_outcomes_come_back_with_what_was_typed(
    scene: Scene, appeal: Appeal, hearer: Client, worse: dict[str, Any], told: str
) -> None:
    heard(scene, appeal)

    answer = hearer.post(
        url("appeal_propose", appeal.reference), typed_outcome(scene, **worse) | RECORD
    )

    assert answer.status_code == 400
    assert told in text(answer)
    assert worse.get("reasons", REASONS) in text(answer)
    assert Appeal.objects.get().state == "lodged"


@pytest.mark.clause("A26")
def test_proposal_before_the_comments_is_refused_in_words(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)

    answer = hearer.post(url("appeal_propose", appeal.reference), typed_outcome(scene))

    assert answer.status_code == 400
    assert "A comment of an employee is waited for until" in text(answer)


@pytest.mark.clause("A26")
def test_comment_of_an_employee_is_among_the_papers(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    heard(scene, appeal)
    comment = Statement.objects.get(appeal=appeal, employee=scene.witness)
    comment.declined_at, comment.given_at = None, scene.at
    comment.text = "He has said sorry to me since."
    comment.save()

    page = text(hearer.get(url("hearings_modeladmin_inspect", appeal.reference)))

    assert "He has said sorry to me since." in page
    assert "Declined." in page


@pytest.mark.clause("A24")
def test_outcome_is_sent_back_with_reasons_that_the_proposer_reads(
    scene: Scene, appeal: Appeal, hearer: Client
) -> None:
    propose_outcome(
        appeal=heard(scene, appeal),
        outcome="dismissed",
        reasons=REASONS,
        by=scene.hearers[0],
        at=scene.at,
    )
    second, page = browser_of(scene.hearers[1]), url("appeal_send_back", appeal.reference)

    empty = second.post(page, {"reasons": ""})
    done = second.post(page, {"reasons": "The cousin was not asked."})

    assert (empty.status_code, done.status_code) == (400, 302)
    shown = text(hearer.get(url("hearings_modeladmin_inspect", appeal.reference)))
    assert "The cousin was not asked." in shown


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-01-01T00:00:00.000000+0000"])
def test_signature_without_having_read_counts_for_nothing(
    scene: Scene, appeal: Appeal, hearer: Client, seen: str
) -> None:
    propose_outcome(
        appeal=heard(scene, appeal),
        outcome="upheld",
        reasons=REASONS,
        by=scene.hearers[1],
        at=scene.at,
    )

    answer = hearer.post(url("appeal_sign", appeal.reference), {"seen": seen})

    assert answer.status_code == 400
    assert Entry.objects.get().state == "live"
