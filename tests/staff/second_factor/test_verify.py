"""The door: the code, a recovery code, the identity provider."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.actions.enrolment import reset_at_console
from cautionary_plugin.actions.second_factor import Enrolled
from cautionary_plugin.models import Authenticator
from tests.factors import NOON, shown_on_phone

from .conftest import DOOR

RECOVERY = f"{DOOR}recovery/"


def test_password_alone_opens_nothing(browser: Client, enrolled: Enrolled) -> None:
    for ask in (browser.get, browser.post):
        assert ask("/register/access/").url.startswith(f"{DOOR}?next=")


def test_right_code_lets_in_where_one_was_going(browser: Client, enrolled: Enrolled) -> None:
    answer = browser.post(
        f"{DOOR}?next=/register/access/", {"code": shown_on_phone(enrolled.authenticator)}
    )

    assert answer.url == "/register/access/"
    assert browser.get("/register/access/").content == b"Inside."


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/x", "/\\evil"])
def test_door_leads_to_no_other_site(browser: Client, enrolled: Enrolled, elsewhere: str) -> None:
    page = browser.get(DOOR, {"next": elsewhere}).content.decode()
    code = shown_on_phone(enrolled.authenticator)
    answer = browser.post(DOOR, {"code": code, "next": elsewhere})

    assert "evil" not in page
    assert answer.url == "/register/"


@pytest.mark.parametrize("code", ["000000", "", "abcdef", "0000000", "+00000", "００００００"])
def test_wrong_code_stays_at_the_door(browser: Client, enrolled: Enrolled, code: str) -> None:
    answer = browser.post(DOOR, {"code": code})

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert browser.get("/register/").status_code == 302


def test_field_helps_the_phone_to_fill_it_in(browser: Client, enrolled: Enrolled) -> None:
    page = browser.get(DOOR).content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_too_many_wrong_codes_say_how_long_to_wait(browser: Client, enrolled: Enrolled) -> None:
    Authenticator.objects.update(
        throttling_failure_count=9, throttling_failure_timestamp=NOON - timedelta(seconds=16)
    )

    page = browser.post(DOOR, {"code": shown_on_phone(enrolled.authenticator)}).content.decode()

    assert "Try again in 4 minutes" in page
    assert browser.get("/register/").status_code == 302


def test_code_that_another_session_used_is_refused(verified: Client, enrolled: Enrolled) -> None:
    thief = Client()
    thief.force_login(enrolled.authenticator.user)

    thief.post(DOOR, {"code": shown_on_phone(enrolled.authenticator)})

    assert thief.get("/register/").status_code == 302
    assert verified.get("/register/").status_code == 200


def test_passing_the_door_changes_the_session_key(browser: Client, enrolled: Enrolled) -> None:
    before = browser.session.session_key

    browser.post(DOOR, {"code": shown_on_phone(enrolled.authenticator)})

    assert browser.session.session_key != before


def test_reset_in_mid_session_refuses_the_next_request(verified: Client, officer: Any) -> None:
    reset_at_console(for_user=officer, at=NOON)

    assert verified.get("/register/").url.startswith(DOOR)


def test_dangerous_step_asks_again_and_then_lets_through(
    verified: Client, enrolled: Enrolled, time_machine: Any
) -> None:
    assert verified.get("/register/dangerous/").status_code == 200
    time_machine.shift(660)

    assert verified.get("/register/").status_code == 200
    sent_to = verified.get("/register/dangerous/").url
    assert sent_to.startswith(DOOR)
    assert verified.get(sent_to).status_code == 200
    answer = verified.post(sent_to, {"code": shown_on_phone(enrolled.authenticator)})
    assert answer.url == "/register/dangerous/"
    assert verified.get("/register/dangerous/").status_code == 200


def test_recovery_code_lets_in_once_and_says_how_many_are_left(
    browser: Client, enrolled: Enrolled
) -> None:
    answer = browser.post(
        f"{RECOVERY}?next=/register/access/", {"code": enrolled.codes[0].lower()}, follow=True
    )

    page = answer.content.decode()
    assert "9 left" in page
    assert 'href="/register/access/"' in page
    assert browser.get("/register/").status_code == 200

    other = Client()
    other.force_login(enrolled.authenticator.user)
    assert other.post(RECOVERY, {"code": enrolled.codes[0]}).status_code == 200
    assert other.get("/register/").status_code == 302


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "AAAA", ""])
def test_wrong_recovery_code_stays_outside(browser: Client, enrolled: Enrolled, code: str) -> None:
    page = browser.post(RECOVERY, {"code": code}).content.decode()

    assert "There is a problem" in page
    assert browser.get("/register/").status_code == 302


def test_recovery_without_a_sheet_says_so(browser: Client) -> None:
    page = browser.post(RECOVERY, {"code": "AAAA-AAAA-AAAA-AAAA"}).content.decode()

    assert "You have not set this up yet" in page


def test_lost_phone_is_explained_before_the_door(browser: Client) -> None:
    page = browser.get(f"{DOOR}lost-phone/").content.decode()

    assert "Ring your manager" in page


def test_signed_in_without_a_phone_goes_to_set_up(browser: Client) -> None:
    assert browser.get(f"{DOOR}?next=/register/access/").url == (
        f"{DOOR}set-up/?next=%2Fregister%2Faccess%2F"
    )


def test_identity_provider_without_a_place_is_explained(browser: Client, settings: Any) -> None:
    settings.CAUTIONARY_VERIFIERS = ["tests.access.stub_verifiers.from_session"]

    page = browser.get(DOOR).content.decode()

    assert "Sign out and sign in again" in page
    assert f"{DOOR}set-up/" in page


def test_identity_provider_is_asked_again_before_a_dangerous_step(
    browser: Client, settings: Any
) -> None:
    settings.CAUTIONARY_VERIFIERS = ["tests.access.stub_verifiers.from_session"]
    settings.CAUTIONARY_REAUTHENTICATE_URL = "/provider/?prompt=login"
    session = browser.session
    session["stub"] = (NOON - timedelta(minutes=20)).isoformat()
    session.save()

    assert browser.get("/register/").status_code == 200
    door = browser.get("/register/dangerous/").url
    page = browser.get(door).content.decode()

    assert "/provider/?prompt=login&amp;next=%2Fregister%2Fdangerous%2F" in page


def test_doors_are_kept_by_nobody(browser: Client, enrolled: Enrolled) -> None:
    for answer in (browser.get(DOOR), browser.post(DOOR, {"code": "000000"})):
        assert answer["Cache-Control"] == "private, no-store"


def test_codes_are_no_part_of_error_reports(browser: Client, enrolled: Enrolled) -> None:
    request = browser.post(DOOR, {"code": "000000"}).wsgi_request

    assert request.sensitive_post_parameters == "__ALL__"
