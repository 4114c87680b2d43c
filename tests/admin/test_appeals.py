"""The screens of appeals and complaints, as clerks and hearers see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers, propose_outcome
from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Complaint,
    Correction,
    Entry,
    Evidence,
    Hearer,
    Letter,
    Statement,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.appeals.test_appeals import heard, lodge
from tests.council import (
    PLANTED,
    found_council,
    let_into_wagtail,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.entry_with_past import GROUNDS, REASONS, Scene, set_scene, with_post
from tests.factors import appoint
from tests.hostile import LONG, NUL, ODD
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

APPEALS = "cautionary_appeals_modeladmin"
HEARINGS = "cautionary_hearings_modeladmin"
COMPLAINTS = "cautionary_complaints_modeladmin"
RECORD = {"step": "record"}


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def appeal(scene: Scene) -> Appeal:
    return lodge(scene)


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def clerk(scene: Scene) -> Client:
    return browser_of(scene.clerk)


@pytest.fixture
def hearer(scene: Scene) -> Client:
    return browser_of(scene.hearers[0])


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def text(response: Any) -> str:
    return response.content.decode()


def typed_appeal(scene: Scene, **facts: Any) -> dict[str, Any]:
    return {
        "entry": scene.entry.reference.lower(),
        "lodged_on": f"{scene.today:%d %m %Y}",
        "grounds": GROUNDS,
        "late_reasons": "",
    } | facts


# Clerks


@pytest.mark.clause("A24")
def test_clerk_records_an_appeal_by_the_reference_of_the_letter(
    scene: Scene, clerk: Client
) -> None:
    shown = clerk.get(url("appeal_record"), {"entry": scene.entry.reference})
    done = clerk.post(url("appeal_record"), typed_appeal(scene))

    appeal = Appeal.objects.get()
    assert f'value="{scene.entry.reference}"' in text(shown)
    assert (done.status_code, appeal.entry, appeal.grounds) == (302, scene.entry, GROUNDS)
    page = text(clerk.get(done.headers["Location"]))
    assert GROUNDS in page
    assert "Waiting for a hearing" in page
    assert "was asked for a comment" in page


def test_same_appeal_posted_twice_is_one(scene: Scene, clerk: Client) -> None:
    answers = [clerk.post(url("appeal_record"), typed_appeal(scene)) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 400]
    assert "open already" in text(answers[1])
    assert GROUNDS in text(answers[1])
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("entry", ["CPR-1999-9999", "x' OR 1=1", "nobody"])
def test_unknown_entry_is_told_and_what_was_typed_stays(
    scene: Scene, clerk: Client, entry: str
) -> None:
    answer = clerk.post(url("appeal_record"), typed_appeal(scene, entry=entry))

    assert answer.status_code == 400
    assert "No entry has this reference" in text(answer)
    assert GROUNDS in text(answer)


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_odd_text_is_kept_as_text(scene: Scene, clerk: Client, odd: str) -> None:
    told = f"{GROUNDS} {odd}"

    done = clerk.post(url("appeal_record"), typed_appeal(scene, grounds=told))
    page = text(clerk.get(done.headers["Location"]))

    assert GROUNDS in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("bad", [LONG, NUL], ids=["long", "nul"])
@pytest.mark.parametrize("field", ["entry", "lodged_on", "grounds", "late_reasons"])
def test_what_cannot_be_stored_is_refused_in_words(
    scene: Scene, clerk: Client, field: str, bad: str
) -> None:
    answer = clerk.post(url("appeal_record"), typed_appeal(scene, **{field: bad}))

    assert answer.status_code == 400
    assert "There is a problem" in text(answer)
    assert not Appeal.objects.exists()


def test_hidden_fields_posted_by_hand_do_nothing(scene: Scene, clerk: Client) -> None:
    forged = {"state": "decided", "outcome": "upheld", "decide_by": "2099-01-01", "by": "1"}

    clerk.post(url("appeal_record"), typed_appeal(scene, **forged))

    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.outcome) == ("lodged", "")
    assert appeal.decide_by.year < 2099


@pytest.mark.clause("A25")
def test_hearers_are_chosen_from_those_who_took_no_part(
    scene: Scene, appeal: Appeal, clerk: Client
) -> None:
    appoint(scene.head, PostKind.CMT_MEMBER)
    page = url("appeal_hearers", appeal.reference)

    shown = text(clerk.get(page))
    forged = clerk.post(page, {"users": [scene.hearers[0].pk, scene.head.pk]})
    few = clerk.post(page, {"users": [scene.hearers[0].pk]})
    named = clerk.post(page, {"users": [user.pk for user in scene.hearers]})

    assert "head, who countersigned a report about it" in shown
    assert f'value="{scene.head.pk}"' not in shown
    assert (forged.status_code, few.status_code, named.status_code) == (400, 400, 302)
    assert "at least 2 members" in text(few)
    assert Hearer.objects.count() == 2


@pytest.mark.clause("A24")
def test_withdrawal_is_read_back_before_it_counts(
    scene: Scene, appeal: Appeal, clerk: Client
) -> None:
    page, typed = url("appeal_withdraw", appeal.reference), {"reasons": "Withdrawn by letter."}

    first = clerk.post(page, typed)
    between = Appeal.objects.get().state
    second = clerk.post(page, typed | RECORD)
    third = clerk.post(page, typed | RECORD)

    assert "You are about to record this" in text(first)
    assert (between, second.status_code) == ("lodged", 302)
    assert third.status_code == 400
    assert Appeal.objects.get().state == "withdrawn"


@pytest.mark.clause("A24")
def test_lists_and_pages_of_clerks_hold_no_name_of_the_individual(
    scene: Scene, appeal: Appeal, clerk: Client
) -> None:
    pages = [
        clerk.get(url("appeals_modeladmin_index")),
        clerk.get(url("appeals_modeladmin_inspect", appeal.reference)),
        clerk.get(url("appeal_hearers", appeal.reference)),
    ]

    for page in pages:
        assert page.status_code == 200
        assert PLANTED not in text(page)
        assert "besom" not in text(page)
    assert "due " in text(pages[0])


@pytest.mark.clause("A24")
def test_overdue_appeal_is_told_in_words(scene: Scene, appeal: Appeal, clerk: Client) -> None:
    Appeal.objects.update(decide_by=scene.today - timedelta(days=2))

    assert "overdue by 2 days" in text(clerk.get(url("appeals_modeladmin_index")))


def test_clerk_of_one_register_sees_nothing_of_another(scene: Scene, appeal: Appeal) -> None:
    other = found_council(slug="ub", prefix="UB")
    browser = browser_of(other.owner)

    assert appeal.reference not in text(browser.get(url("appeals_modeladmin_index")))
    for name in ("appeals_modeladmin_inspect", "appeal_hearers", "appeal_withdraw"):
        assert browser.get(url(name, appeal.reference)).status_code == 404


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
        outcome="dismissed",  # type: ignore[arg-type]
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
        outcome="upheld",  # type: ignore[arg-type]
        reasons=REASONS,
        by=scene.hearers[1],
        at=scene.at,
    )

    answer = hearer.post(url("appeal_sign", appeal.reference), {"seen": seen})

    assert answer.status_code == 400
    assert Entry.objects.get().state == "live"


# Under appeal, where others look


@pytest.mark.clause("A24")
def test_officer_and_owner_see_that_an_entry_is_under_appeal(scene: Scene) -> None:
    officer = through_the_door(make_reader(scene.council))
    owner = browser_of(scene.director)
    reference = scene.entry.reference
    officer.post(reverse("cautionary:entry", args=[reference]), {"purpose": "home_visit"})

    def shown() -> list[bool]:
        asked = {"anything": "quimberly gantry mews", "purpose": "home_visit"}
        pages = [
            officer.get(reverse("cautionary:entry", args=[reference])),
            officer.post(reverse("cautionary:check"), asked),
            owner.get(url("register_modeladmin_index")),
            owner.get(url("register_modeladmin_inspect", reference)),
        ]
        assert all(PLANTED in text(page) for page in pages)
        return ["under appeal" in text(page).casefold() for page in pages]

    assert shown() == [False] * 4
    lodge(scene)
    assert shown() == [True] * 4


def test_register_offers_to_record_an_appeal_and_to_review(scene: Scene) -> None:
    owner = browser_of(scene.director)
    page = url("register_modeladmin_inspect", scene.entry.reference)
    record = f"{url('appeal_record')}?entry={scene.entry.reference}"

    before = text(owner.get(page))
    lodge(scene)
    after = text(owner.get(page))

    assert record in before
    assert url("review_open", scene.entry.reference) in before
    assert record not in after


# Complaints


@pytest.mark.clause("L10")
def test_complaint_is_recorded_acknowledged_and_answered(scene: Scene, clerk: Client) -> None:
    typed = {
        "about": scene.entry.reference,
        "received_on": f"{scene.today:%d/%m/%Y}",
        "text": GROUNDS,
    }
    done = clerk.post(url("complaint_record"), typed)
    complaint = Complaint.objects.get()
    today = f"{scene.today:%d.%m.%Y}"
    acknowledge = url("complaint_acknowledge", complaint.reference)
    answer = url("complaint_answer", complaint.reference)

    assert GROUNDS in text(clerk.get(done.headers["Location"]))
    posts = [clerk.post(acknowledge, {"acknowledged_on": today}) for _twice in range(2)]
    assert [each.status_code for each in posts] == [302, 400]
    words = {"answered_on": today, "answer": "We have corrected the address."}
    assert clerk.post(answer, words).status_code == 200  # read back first
    assert clerk.post(answer, words | RECORD).status_code == 302
    page = text(clerk.get(url("complaints_modeladmin_inspect", complaint.reference)))
    assert "We have corrected the address." in page
    assert acknowledge not in page
    assert answer not in page


@pytest.mark.clause("L10")
def test_overdue_acknowledgement_shows_in_the_list(scene: Scene, clerk: Client) -> None:
    typed = {"about": scene.entry.reference, "received_on": "1/2/2026", "text": GROUNDS}

    clerk.post(url("complaint_record"), typed)

    assert "overdue by" in text(clerk.get(url("complaints_modeladmin_index")))


@pytest.mark.parametrize("bad", [LONG, NUL], ids=["long", "nul"])
@pytest.mark.parametrize("field", ["about", "received_on", "text"])
def test_complaint_that_cannot_be_stored_is_refused_in_words(
    scene: Scene, clerk: Client, field: str, bad: str
) -> None:
    typed = {
        "about": scene.entry.reference,
        "received_on": f"{scene.today:%d/%m/%Y}",
        "text": GROUNDS,
    }

    answer = clerk.post(url("complaint_record"), typed | {field: bad})

    assert answer.status_code == 400
    assert not Complaint.objects.exists()


# Size


@pytest.mark.parametrize("screen", [APPEALS, HEARINGS, COMPLAINTS])
def test_lists_take_the_same_queries_at_any_size(scene: Scene, screen: str) -> None:
    person = scene.hearers[0] if screen == HEARINGS else scene.clerk
    browser, costs = browser_of(person), []
    for start, stop in ((1, 5), (5, 45)):
        for number in range(start, stop):
            _one_more(scene, person, number)
        costs.append(fewest_queries(lambda: browser.get(reverse(f"{screen}_index"))))

    assert costs[0] == costs[1]
    assert len(browser.get(reverse(f"{screen}_index")).context["lines"]) == 44


def _one_more(scene: Scene, person: Any, number: int) -> None:
    facts = {"case_file": scene.entry.case_file, "recorded_at": scene.at}
    appeal = Appeal.objects.create(
        reference=f"APP-X-{number}",
        entry=scene.entry,
        state="withdrawn",
        lodged_on=scene.today,
        decide_by=scene.today,
        grounds=GROUNDS,
        **facts,
    )
    Hearer.objects.create(appeal=appeal, user=person, named_at=scene.at)
    Complaint.objects.create(
        reference=f"COM-X-{number}",
        register=scene.council.register,
        received_on=scene.today,
        acknowledge_by=scene.today,
        text=GROUNDS,
        **facts,
    )
