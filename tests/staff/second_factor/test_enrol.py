"""Setting up a phone, in the browser."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.actions.second_factor import Enrolled
from cautionary_plugin.models import AccessRecord, Authenticator, RecoverySheet
from tests.factors import NOON, shown_on_phone

from .conftest import DOOR

SET_UP = f"{DOOR}set-up/"
PHONE = f"{SET_UP}phone/"
QR = f"{SET_UP}qr.svg"


@pytest.fixture
def code(officer: Any) -> str:
    return issue_code_at_console(for_user=officer, at=NOON)


@pytest.fixture
def setting_up(browser: Client, code: str) -> Client:
    """Has entered the issued code."""
    browser.post(SET_UP, {"code": code})
    return browser


def secret_on(page: bytes) -> str:
    found = re.search(r'class="c-secret">([^<]+)<', page.decode())
    assert found
    return found.group(1)


def codes_on(page: bytes) -> list[str]:
    return re.findall(r"<li><code>([^<]+)</code></li>", page.decode())


def test_issued_code_leads_to_the_phone(browser: Client, code: str) -> None:
    answer = browser.post(f"{SET_UP}?next=/register/access/", {"code": code})

    assert answer.url == f"{PHONE}?next=%2Fregister%2Faccess%2F"


def test_nothing_is_enrolled_without_an_issued_code(browser: Client) -> None:
    page = browser.post(SET_UP, {"code": "AAAA-AAAA-AAAA"}).content.decode()

    assert "Ask your manager for a new one" in page
    assert browser.get(PHONE).status_code == 302
    assert browser.post(PHONE, {"code": "000000"}).status_code == 302
    assert browser.get(QR).status_code == 404
    assert not Authenticator.objects.exists()


def test_secret_is_the_same_on_each_reload(setting_up: Client) -> None:
    secret = secret_on(setting_up.get(PHONE).content)

    setting_up.post(PHONE, {"code": "000000"})

    assert secret_on(setting_up.get(PHONE).content) == secret
    assert secret.replace(" ", "") == Authenticator.objects.get().secret
    assert [len(group) for group in secret.split()] == [4] * 8
    assert setting_up.get(SET_UP).url.startswith(PHONE)


def test_secret_is_shown_to_no_other_session(setting_up: Client, officer: Any) -> None:
    thief = Client()
    thief.force_login(officer)

    assert thief.get(PHONE).status_code == 302
    assert thief.get(QR).status_code == 404


def test_qr_is_a_picture_of_this_site_that_nobody_keeps(setting_up: Client) -> None:
    answer = setting_up.get(QR)

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"<svg" in answer.content
    assert b"style=" not in answer.content
    page = setting_up.get(PHONE).content.decode()
    assert f'src="{QR}"' in page
    assert "data:" not in page


def test_first_code_gives_the_recovery_codes_once(setting_up: Client) -> None:
    answer = setting_up.post(
        f"{PHONE}?next=/register/access/", {"code": shown_on_phone(Authenticator.objects.get())}
    )

    assert len(codes_on(answer.content)) == 10
    assert setting_up.get("/register/").status_code == 200
    for url in (PHONE, SET_UP, f"{DOOR}mine/"):
        assert not codes_on(setting_up.get(url, follow=True).content)


def test_wrong_first_code_shows_the_picture_again(setting_up: Client) -> None:
    page = setting_up.post(PHONE, {"code": "000000"}).content.decode()

    assert "There is a problem" in page
    assert QR in page
    assert not RecoverySheet.objects.exists()


def test_keeping_the_codes_leads_on(setting_up: Client) -> None:
    setting_up.post(PHONE, {"code": shown_on_phone(Authenticator.objects.get())})

    without = setting_up.post(f"{DOOR}kept/?next=/register/access/", {})
    assert "cannot be shown again" in without.content.decode()
    assert RecoverySheet.objects.get().kept_at is None

    answer = setting_up.post(f"{DOOR}kept/?next=/register/access/", {"kept": "on"})
    assert answer.url == "/register/access/"
    assert RecoverySheet.objects.get().kept_at == NOON


def test_whoever_is_set_up_goes_to_the_door(verified: Client) -> None:
    assert verified.get(SET_UP).url.startswith(DOOR)
    assert verified.post(SET_UP, {"code": "AAAA-AAAA-AAAA"}).url.startswith(DOOR)


def test_enrolment_ends_with_the_session_that_began_it(
    setting_up: Client, time_machine: Any
) -> None:
    time_machine.shift(1800)

    assert setting_up.get(PHONE).status_code == 302
    assert setting_up.get(QR).status_code == 404


def test_nothing_secret_is_in_the_session_the_logs_or_the_record(
    browser: Client, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "django.db.backends")
    browser.post(SET_UP, {"code": code})
    pending = Authenticator.objects.get()
    held = str(dict(browser.session.items()))
    token = shown_on_phone(pending)
    codes = codes_on(browser.post(PHONE, {"code": token}).content)
    held += str(dict(browser.session.items()))
    held += caplog.text + str(list(AccessRecord.objects.values_list()))

    assert len(codes) == 10
    for secret in (code, token, pending.secret, *codes):
        assert secret not in held
        assert secret.replace("-", "") not in held


def test_renewed_codes_are_shown_once_and_replace_the_old(
    verified: Client, enrolled: Enrolled
) -> None:
    answer = verified.post(f"{DOOR}mine/renew/")

    codes = codes_on(answer.content)
    assert len(codes) == 10
    assert not set(codes) & set(enrolled.codes)
    assert verified.get(f"{DOOR}mine/renew/").status_code == 405


def test_renewing_asks_for_a_recent_code(verified: Client, time_machine: Any) -> None:
    before = RecoverySheet.objects.get().made_at
    time_machine.shift(660)

    answer = verified.post(
        f"{DOOR}mine/renew/", headers={"referer": f"http://testserver{DOOR}mine/"}
    )

    assert answer.url == f"{DOOR}?next=%2Fregister%2Fsecond-factor%2Fmine%2F"
    assert RecoverySheet.objects.get().made_at == before


def test_my_page_says_when_the_codes_were_not_kept(verified: Client) -> None:
    assert "not said that you have kept" in verified.get(f"{DOOR}mine/").content.decode()

    verified.post(f"{DOOR}kept/", {"kept": "on"})

    assert "not said that you have kept" not in verified.get(f"{DOOR}mine/").content.decode()
