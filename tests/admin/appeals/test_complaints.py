"""An appeal where others look; complaints; what the lists cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.models import Appeal, Complaint, Hearer
from tests.actions.appeals.course.steps import lodge
from tests.admin.appeals.pages import RECORD, text
from tests.admin.pages import url
from tests.council import PLANTED, browser_of, make_reader, through_the_door
from tests.entry_with_past import GROUNDS, Scene
from tests.hostile import LONG, NUL
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

APPEALS = "cautionary_appeals_modeladmin"
HEARINGS = "cautionary_hearings_modeladmin"
COMPLAINTS = "cautionary_complaints_modeladmin"


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
