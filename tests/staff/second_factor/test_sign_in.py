"""The sign-in door and the way out."""

from typing import Any

import pytest
from django.contrib.auth.signals import user_login_failed
from django.test import Client

SIGN_IN = "/register/sign-in/"
RIGHT = {"username": "officer", "password": "a password"}


def test_stranger_is_sent_to_sign_in_and_back(client: Client, db: None) -> None:
    answer = client.get("/register/access/")

    assert answer.status_code == 302
    assert answer.url == "/register/sign-in/?next=%2Fregister%2Faccess%2F"


def test_password_leads_to_where_one_was_going(client: Client, officer: Any) -> None:
    answer = client.post(f"{SIGN_IN}?next=/register/access/", RIGHT)

    assert answer.url == "/register/access/"
    assert "/second-factor/" in client.get("/register/access/").url


def test_password_without_a_way_leads_to_the_first_screen(client: Client, officer: Any) -> None:
    assert client.post(SIGN_IN, RIGHT).url == "/register/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_sign_in_leads_to_no_other_site(client: Client, officer: Any, elsewhere: str) -> None:
    page = client.get(SIGN_IN, {"next": elsewhere}).content.decode()
    answer = client.post(SIGN_IN, {**RIGHT, "next": elsewhere})

    assert "evil" not in page
    assert answer.url == "/register/"


def test_wrong_password_keeps_the_name_and_not_the_password(client: Client, officer: Any) -> None:
    answer = client.post(SIGN_IN, {"username": "officer", "password": "wrong words"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert 'value="officer"' in page
    assert "wrong words" not in page


def test_backends_get_the_request(client: Client, officer: Any) -> None:
    seen = []

    def listen(sender: Any, request: Any, **kwargs: Any) -> None:
        seen.append(request.path)

    user_login_failed.connect(listen)
    try:
        client.post(SIGN_IN, {"username": "officer", "password": "wrong"})
    finally:
        user_login_failed.disconnect(listen)

    assert seen == [SIGN_IN]


def test_sign_in_is_protected_against_forged_forms(officer: Any) -> None:
    assert Client(enforce_csrf_checks=True).post(SIGN_IN, RIGHT).status_code == 403


def test_sign_in_is_kept_by_nobody(client: Client, db: None) -> None:
    answer = client.get(SIGN_IN)

    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_signing_out_ends_the_session(verified: Client) -> None:
    assert verified.get("/register/").status_code == 200

    answer = verified.post("/register/sign-out/")

    assert answer.url == SIGN_IN
    assert not verified.session.keys()
    assert verified.get("/register/").url.startswith(SIGN_IN)


def test_signing_out_goes_where_the_host_says(verified: Client, settings: Any) -> None:
    settings.LOGOUT_REDIRECT_URL = "/provider/"

    assert verified.post("/register/sign-out/").url == "/provider/"


def test_signing_out_takes_a_press(verified: Client) -> None:
    assert verified.get("/register/sign-out/").status_code == 405
    assert verified.get("/register/").status_code == 200


def test_signing_out_twice_is_no_fault(client: Client, db: None) -> None:
    assert client.post("/register/sign-out/").status_code == 302


@pytest.mark.parametrize(
    "url", ["", "recovery/", "lost-phone/", "set-up/", "mine/", "set-up/phone/"]
)
def test_every_page_of_the_second_factor_lets_one_sign_out(
    client: Client, officer: Any, url: str, request: pytest.FixtureRequest
) -> None:
    name = "verified" if url in {"", "mine/"} else "browser"
    browser = request.getfixturevalue(name)

    page = browser.get(f"/register/second-factor/{url}", follow=True).content.decode()

    assert 'action="/register/sign-out/"' in page
