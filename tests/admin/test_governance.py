"""The governance screen, the banner of trial sites, and what a decision says (L9, A4)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.models import GoLiveItem
from cautionary_plugin.rules.go_live import Step
from cautionary_plugin.rules.vocabulary import PageKind
from tests.admin.pages import url
from tests.council import Council, let_into_wagtail, list_entries, through_the_door
from tests.governance import NOTE, document, ready_to_go_live
from tests.queries import fewest_queries

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L9")]

BANNER = "The go-live checklist is switched off"
SCREENS = [
    "cautionary_worklist",
    "cautionary_decide",
    "cautionary_letters",
    "cautionary_figures",
    "cautionary_settings",
    "cautionary_governance",
    "cautionary_training",
    "cautionary_register_modeladmin_index",
    "cautionary_access-record_modeladmin_index",
]


@pytest.fixture
def desk(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(str(response.content.decode()).split())


@pytest.mark.parametrize("screen", SCREENS)
def test_case_screens_of_a_trial_site_say_so(desk: Client, settings: Any, screen: str) -> None:
    assert BANNER in text(desk.get(reverse(screen)))

    settings.CAUTIONARY_GO_LIVE_OVERRIDE = False

    assert BANNER not in text(desk.get(reverse(screen)))


def test_screen_says_what_the_first_entry_waits_for(
    desk: Client, council: Council, settings: Any
) -> None:
    settings.CAUTIONARY_GO_LIVE_OVERRIDE = False
    document(PageKind.POLICY_DOCUMENT)

    shown = text(desk.get(url("governance")))

    assert "The first entry waits for:" in shown
    assert "Publish the data protection impact assessment" in shown
    assert "Publish the appropriate policy document" not in shown
    assert "Data Protection Officer; version 1; to be reviewed on" in shown
    for step in Step:
        assert f"Confirm: {step.label}" in shown


def test_screen_says_when_nothing_is_lacking(desk: Client, council: Council) -> None:
    ready_to_go_live(council)

    shown = text(desk.get(url("governance")))

    assert "Nothing is lacking." in shown
    assert NOTE in shown


def test_owner_confirms_a_step_and_takes_it_back(desk: Client, council: Council) -> None:
    step = [council.register.slug, Step.ESCROW.value]

    desk.post(url("go_live_step", *step), {"note": NOTE, "step": "record"})
    assert GoLiveItem.objects.get().note == NOTE
    assert "Confirmed on" in text(desk.get(url("governance")))

    desk.post(url("go_live_take_back", *step), {"asked_for": "Take it back", "step": "record"})
    assert not GoLiveItem.objects.exists()


def test_step_without_a_note_says_what_is_missing(desk: Client, council: Council) -> None:
    response = desk.post(
        url("go_live_step", council.register.slug, Step.ESCROW.value),
        {"note": "done", "step": "record"},
    )

    assert response.status_code == 400
    assert "Say where it is kept" in response.content.decode()


def test_step_that_there_is_not_is_not_found(desk: Client, council: Council) -> None:
    assert desk.get(url("go_live_step", council.register.slug, "party")).status_code == 404


def test_register_with_entries_is_told_that_nothing_stops(desk: Client, council: Council) -> None:
    list_entries(council)

    assert "has entries already, so nothing stops" in text(desk.get(url("governance")))


def test_screen_costs_the_same_with_more_documents(desk: Client, council: Council) -> None:
    document(PageKind.POLICY_DOCUMENT)
    before = fewest_queries(lambda: desk.get(url("governance")))
    ready_to_go_live(council)

    assert fewest_queries(lambda: desk.get(url("governance"))) == before
