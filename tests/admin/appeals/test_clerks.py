"""The screens of appeals, as clerks see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.models import Appeal, Hearer
from cautionary_plugin.rules.posts import PostKind
from tests.admin.appeals.pages import RECORD, text
from tests.admin.pages import url
from tests.council import PLANTED, browser_of, found_council
from tests.entry_with_past import GROUNDS, Scene
from tests.factors import appoint
from tests.hostile import LONG, NUL, ODD

pytestmark = pytest.mark.django_db


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
