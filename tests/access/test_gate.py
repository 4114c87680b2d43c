"""The gate's answers: headers, closed doors, and the way back (decision 4)."""

import sys
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.debug import ExceptionReporter

from cautionary_plugin.access import doors
from cautionary_plugin.access.gate import Need, gated
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.sealing.keyrings import get_keyring
from tests.council import (
    PLANTED,
    Council,
    ask,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db

TYPED = {"anything": PLANTED, "postcode": "WX1 9ZZ"}
OWN = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def officer(council: Council) -> Client:
    list_entries(council)
    return through_the_door(make_reader(council))


def policy_of(response: Any) -> dict[str, str]:
    rules = response.headers["Content-Security-Policy"].split(";")
    return dict(rule.strip().split(" ", 1) for rule in rules)


@pytest.mark.parametrize(
    ("name", "method", "status"),
    [
        ("check", "get", 200),
        ("check", "post", 400),
        ("home", "get", 302),
        ("people", "get", 403),
        ("acknowledge", "get", 405),
        ("entry", "get", 200),
        ("accept_post", "post", 404),
    ],
)
def test_every_kind_of_answer_carries_the_headers(
    officer: Client, name: str, method: str, status: int
) -> None:
    arguments = {"entry": ["CPR-1-1"], "acknowledge": ["CPR-1-1"], "accept_post": [99]}
    url = reverse(f"cautionary:{name}", args=arguments.get(name, []))

    response = getattr(officer, method)(url)

    assert response.status_code == status
    assert {header: response.headers.get(header) for header in OWN} == OWN
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_answers_with_names_carry_the_headers(officer: Client) -> None:
    response = ask(officer, PLANTED)

    assert PLANTED in response.content.decode()
    assert {header: response.headers.get(header) for header in OWN} == OWN


def test_own_pages_forbid_inline_code_and_other_peoples_hosts(officer: Client) -> None:
    policy = policy_of(officer.get(reverse("cautionary:check")))

    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    for kind in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"):
        assert policy[kind] == "'self'"


def test_policy_names_the_host_of_the_static_files(officer: Client, settings: Any) -> None:
    settings.STATIC_URL = "https://static.example.gov.uk/a/"

    policy = policy_of(officer.get(reverse("cautionary:sign_in")))

    assert policy["script-src"] == "'self' https://static.example.gov.uk"
    assert policy["form-action"] == "'self'"


def test_case_screen_leaves_the_policy_to_the_host_and_keeps_the_rest(council: Council) -> None:
    let_into_wagtail(council.owner)

    response = through_the_door(council.owner).get(reverse("cautionary_register_modeladmin_index"))

    assert response.status_code == 200
    assert "Content-Security-Policy" not in response.headers
    assert "private" in response.headers["Cache-Control"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == OWN["Referrer-Policy"]


@pytest.mark.clause("L4")
@pytest.mark.parametrize("name", ["check", "home", "my_access", "people"])
def test_missing_keyring_closes_every_screen_and_says_that_the_check_failed(
    officer: Client, settings: Any, name: str
) -> None:
    path = get_keyring().file.path
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": path.with_name("another.json")},
    }
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"

    answer = officer.get(reverse(f"cautionary:{name}"))

    assert answer.status_code == 503
    assert "The check failed" in answer.content.decode()
    assert "01632 960999" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.clause("L4")
def test_keyring_removed_while_people_work_fails_the_next_check(officer: Client) -> None:
    path = get_keyring().file.path
    kept = path.read_bytes()
    assert ask(officer, PLANTED).status_code == 200
    path.unlink()

    try:
        answer = ask(officer, PLANTED)
    finally:
        path.touch(0o600)
        path.write_bytes(kept)

    text = answer.content.decode()
    assert answer.status_code == 503
    assert "The check failed" in text
    assert "None recorded" not in text
    assert PLANTED not in text


# The way back


def next_of(response: Any) -> str:
    (wanted,) = parse_qs(urlsplit(response.headers["Location"]).query)["next"]
    return wanted


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
        "",
    ],
)
def test_way_back_leads_nowhere_but_to_this_site(evil: str) -> None:
    home = reverse("cautionary:home")

    assert doors.way_back(RequestFactory().get("/", {"next": evil})) == home
    assert doors.way_back(RequestFactory().post("/", {"next": evil})) == home


def test_way_back_leads_to_a_page_of_this_site() -> None:
    assert doors.way_back(RequestFactory().get("/", {"next": "/cautionary/people/"})) == (
        "/cautionary/people/"
    )


def test_way_back_over_https_does_not_lead_to_http() -> None:
    request = RequestFactory().get("/", {"next": "http://testserver/x"}, secure=True)

    assert doors.way_back(request) == reverse("cautionary:home")


def test_door_carries_no_query_string(council: Council) -> None:
    response = Client().get(reverse("cautionary:check"), {"anything": PLANTED})

    assert next_of(response) == reverse("cautionary:check")
    assert "Quimberly" not in response.headers["Location"]


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/cautionary/people/?p=2", "/cautionary/people/"),
        ("https://evil.example/cautionary/people/", "/cautionary/"),
        ("http://testserver//evil.example/", "/cautionary/"),
        ("/cautionary/people/", "/cautionary/people/"),
        ("", "/cautionary/"),
    ],
)
def test_after_a_post_the_way_back_is_the_page_of_the_form(
    council: Council, referer: str, back: str
) -> None:
    response = Client().post(reverse("cautionary:check"), headers={"Referer": referer})

    assert next_of(response) == back


# Step-up


@pytest.fixture
def hours(time_machine: Any) -> Any:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def test_dangerous_screen_asks_for_the_code_again_and_comes_back(
    hours: Any, council: Council
) -> None:
    browser = through_the_door(council.owner)
    people, appoint = reverse("cautionary:people"), reverse("cautionary:appoint")
    door = reverse("cautionary:second_factor")
    outcomes = []

    for minutes in (4, 2, 5):  # after 4, 6 and 11 minutes
        hours.shift(timedelta(minutes=minutes))
        opened = browser.get(appoint)
        came_from = {"Referer": f"http://testserver{people}"}
        sent = browser.post(appoint, {"post": ""}, headers=came_from)
        outcomes.append((opened.status_code, sent.status_code))

    assert outcomes == [(200, 400), (302, 400), (302, 403)]
    assert "What you typed is kept on this page" in sent.content.decode()
    assert opened.headers["Location"].startswith(door)
    assert next_of(opened) == appoint
    assert f'name="next" value="{appoint}"' in sent.content.decode()
    assert browser.get(people).status_code == 200


def test_screen_cannot_be_built_without_saying_what_it_needs() -> None:
    with pytest.raises(TypeError):
        gated(lambda request: HttpResponse())  # type: ignore[call-arg]


# Error reports


def _reported(view: Any, request: HttpRequest) -> str:
    """What the administrators' mail and page would say of an error in this view."""
    try:
        gated(view, needs=Need.NOTHING)(request)
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        return reporter.get_traceback_text() + reporter.get_traceback_html()
    raise AssertionError("the view did not raise")


def test_error_report_tells_nothing_that_was_typed_nor_any_local_variable() -> None:
    def deeper(words: str) -> None:
        parts = words.split()
        raise RuntimeError(f"{len(parts)} words")

    def view(request: HttpRequest) -> HttpResponse:
        typed = request.POST["anything"]
        deeper(typed)
        return HttpResponse()

    request = RequestFactory().post("/", TYPED)
    request.user = make_person()

    report = _reported(view, request)

    assert "2 words" in report
    for secret in " ".join(TYPED.values()).split():
        assert secret not in report


def test_head_of_service_is_refused_politely_with_what_is_missing(council: Council) -> None:
    head = make_person("head")
    hold_post(council, head, PostKind.HEAD_OF_SERVICE)

    response = through_the_door(head).get(reverse("cautionary:check"))

    assert response.status_code == 403
    assert "You have no access to this register." in response.content.decode()
