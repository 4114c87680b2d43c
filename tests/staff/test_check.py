"""Check before you go, and the entry page, as an officer gets them (L1, L4, L5, L12)."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.models import AccessRecord, Acknowledgement, Entry, ReadingGrant
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    PLANTED,
    Council,
    ask,
    found_council,
    list_entries,
    make_reader,
    row,
    through_the_door,
)

pytestmark = pytest.mark.django_db

PREMISES = row(
    kind="premises",
    name="",
    date_of_birth="",
    hazard="Two loose mastiffs",
    markers="Dangerous animal",
    restrictions="",
)


@pytest.fixture
def entry(council: Council) -> Entry:
    told = row(
        aliases="Tad Quim",
        restrictions="Leisure centres",
        permitted_contact="By letter",
        spoc="Area office",
    )
    return list_entries(council, told)[0]


@pytest.fixture
def officer(council: Council) -> Client:
    return through_the_door(make_reader(council))


def open_entry(browser: Client, reference: str) -> Any:
    return browser.get(reverse("cautionary:entry", args=[reference]))


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.clause("B1")
@pytest.mark.clause("L4")
def test_answer_leads_with_handling_before_reasons_and_the_form(
    entry: Entry, officer: Client
) -> None:
    shown = text(ask(officer, "thadeus quimberley 7 gantry mews"))

    places = [shown.index(each) for each in (PLANTED, "Do not visit alone.", "Phone first")]
    assert places == sorted(places)
    assert places[-1] < shown.index("c-reasons") < shown.index("Check again")


@pytest.mark.clause("B1", "B2")
def test_entry_page_leads_with_handling_before_every_other_fact(
    entry: Entry, officer: Client
) -> None:
    ask(officer, PLANTED)

    page = text(open_entry(officer, entry.reference)).partition("<main")[2]

    places = [page.index(each) for each in ("Do not visit alone.", "Phone first")]
    others = [
        page.index(each)
        for each in (
            "Threats of violence",
            "Leisure centres",
            "By letter",
            "Area office",
            "Tad Quim",
        )
    ]
    assert places == sorted(places)
    assert places[-1] < min(others)


@pytest.mark.clause("L4")
def test_strong_and_possible_answers_are_told_apart(council: Council, officer: Client) -> None:
    list_entries(council, row(), row(address="2 Elm Row, Otherton", date_of_birth="06/06/1990"))

    shown = text(ask(officer, name=PLANTED, address="7 Gantry Mews", postcode="WX1 9ZZ"))

    assert shown.index(f"Found: {PLANTED}") < shown.index(f"Possible: {PLANTED}")


@pytest.mark.clause("L4")
def test_several_that_fit_ask_for_more_and_show_nobody(council: Council, officer: Client) -> None:
    streets = [row(address=f"{number} Elm Row, Otherton") for number in range(1, 8)]
    list_entries(council, *streets)

    shown = text(ask(officer, name=PLANTED))

    assert "Several are possible" in shown
    assert "Add a date of birth or an address" in shown
    assert "None recorded" not in shown
    assert "Elm Row" not in shown
    assert "Elm Row" in text(ask(officer, name=PLANTED, address="3 Elm Row"))


@pytest.mark.clause("L4")
def test_none_says_when_and_where_was_looked_and_promises_nothing(
    council: Council, entry: Entry, officer: Client
) -> None:
    answer = ask(officer, "Ottoline Vasquez-Bream")

    shown = text(answer)
    assert answer.status_code == 200
    assert "None recorded" in shown
    assert council.register.name in shown
    assert f"{timezone.localdate():%B %Y}" in shown
    assert "no guarantee of safety" in shown


@pytest.mark.clause("L4")
def test_failed_is_503_and_red_and_gives_the_number_to_ring(
    entry: Entry, officer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"

    def fail(*_args: Any, **_options: Any) -> Any:
        raise OSError

    monkeypatch.setattr(check_module, "search", fail)
    answer = ask(officer, PLANTED)

    shown = text(answer)
    assert answer.status_code == 503
    assert "c-answer-failed" in shown
    assert "The check failed" in shown
    assert "Ring 01632 960999" in shown
    assert "None recorded" not in shown


@pytest.mark.clause("L4")
@pytest.mark.parametrize("spoilt", ["handling", "markers"])
def test_entry_page_that_does_not_open_is_503_and_says_that_the_check_failed(
    entry: Entry, officer: Client, spoilt: str
) -> None:
    ask(officer, PLANTED)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cautionary_plugin_entry SET {spoilt} = %s", [b"spoilt"])  # noqa: S608

    answer = open_entry(officer, entry.reference)

    assert answer.status_code == 503
    assert "The check failed" in text(answer)


@pytest.mark.parametrize(
    "boxes",
    [
        {"name": "Tad Quim", "postcode": "WX1 9ZZ"},
        {"born_on": "5 11 1961", "name": "Quimberly"},
        {"address": "7 Gantry Mews", "name": "T Quimberly"},
        {"anything": "quimberly wx19zz"},
    ],
)
def test_each_box_asks(entry: Entry, officer: Client, boxes: dict[str, str]) -> None:
    assert PLANTED in text(ask(officer, **boxes))


@pytest.mark.clause("A2")
def test_premises_are_found_by_their_address_and_show_the_hazard(
    council: Council, officer: Client
) -> None:
    (entry,) = list_entries(council, PREMISES)

    answer = text(ask(officer, "7 gantry mews wx1 9zz"))
    page = text(open_entry(officer, entry.reference))

    assert "7 Gantry Mews, Weldham, WX1 9ZZ" in answer
    assert "Animal or hazard" in page
    assert "Two loose mastiffs" in page


@pytest.mark.clause("L1")
def test_entry_page_for_another_service_keeps_to_what_keeps_safe(
    council: Council, entry: Entry
) -> None:
    browser = through_the_door(make_reader(council, "clerk", service=council.revenues))
    ask(browser, PLANTED)

    shown = text(open_entry(browser, entry.reference))

    for safe in (PLANTED, "Do not visit alone.", "Phone first", "Area office", "Tad Quim"):
        assert safe in shown
    for more in ("Leisure centres", "By letter", "Threats of violence", "spade", "surveyors"):
        assert more not in shown
    assert "you see what keeps you safe and no more" in shown


@pytest.mark.clause("B2")
@pytest.mark.clause("L1")
def test_entry_page_for_its_own_service_adds_restrictions_and_not_the_account(
    entry: Entry, officer: Client
) -> None:
    ask(officer, PLANTED)

    shown = text(open_entry(officer, entry.reference))

    for more in ("Leisure centres", "By letter", "Threats of violence", "Area office"):
        assert more in shown
    for account in ("spade", "surveyors", "duty of care"):
        assert account not in shown


@pytest.mark.clause("L1")
def test_entry_page_for_the_owner_has_the_account(council: Council, entry: Entry) -> None:
    browser = through_the_door(council.owner)
    ask(browser, PLANTED)

    assert "Raised a spade" in text(open_entry(browser, entry.reference))


@pytest.mark.clause("L5")
def test_purpose_is_asked_before_the_entry_is_shown(entry: Entry, officer: Client) -> None:
    url = reverse("cautionary:entry", args=[entry.reference])

    asked = officer.get(url)
    without = officer.post(url, {"purpose": "curiosity"})
    given = officer.post(url, {"purpose": "phone_call"})

    assert PLANTED not in text(asked) + text(without)
    assert (without.status_code, given.status_code) == (400, 302)
    assert PLANTED in text(officer.get(url))
    assert AccessRecord.objects.get(act=Act.VIEWED).purpose == "phone_call"


def test_purpose_that_is_no_more_in_the_list_is_asked_again(entry: Entry, officer: Client) -> None:
    session = officer.session
    session["cautionary_purpose"] = "of another version"
    session.save()

    response = open_entry(officer, entry.reference)

    assert response.status_code == 200
    assert PLANTED not in text(response)


@pytest.mark.clause("L1")
def test_references_that_are_unknown_expired_or_foreign_look_the_same(
    council: Council, entry: Entry, officer: Client
) -> None:
    other = found_council(slug="ub", prefix="UB")
    (foreign,) = list_entries(other)
    ask(officer, PLANTED)
    past = timezone.now() - timedelta(seconds=1)
    Entry.objects.filter(pk=entry.pk).update(starts_at=past - timedelta(days=1), expires_at=past)

    pages = {
        (answer.status_code, text(answer))
        for answer in (
            open_entry(officer, reference)
            for reference in (entry.reference, foreign.reference, "CPR-1999-0001")
        )
    }

    assert len({status for status, _page in pages}) == 1
    without_token = {page.partition("<main")[2] for _status, page in pages}
    assert len(without_token) == 1
    assert not AccessRecord.objects.filter(act=Act.VIEWED).exists()


@pytest.mark.clause("L12")
def test_high_risk_is_acknowledged_once_a_day(
    entry: Entry, officer: Client, time_machine: Any
) -> None:
    ask(officer, PLANTED)
    button = "I have read this and will follow it"
    before = text(open_entry(officer, entry.reference))

    for _twice in range(2):
        sent = officer.post(reverse("cautionary:acknowledge", args=[entry.reference]))
        assert sent.status_code == 302
    after = text(open_entry(officer, entry.reference))

    assert button in before
    assert button not in after
    assert Acknowledgement.objects.count() == 1


def test_lower_risk_needs_no_acknowledgement(council: Council, officer: Client) -> None:
    (entry,) = list_entries(council, row(risk="Low"))
    ask(officer, PLANTED)

    assert "I have read this" not in text(open_entry(officer, entry.reference))


@pytest.mark.clause("L5")
def test_nothing_typed_is_in_a_url_the_session_or_the_log(
    entry: Entry, officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask(officer, "quimberly gantry", name="Thaddeus", phone="01632 960123")
        open_entry(officer, entry.reference)

    urls = re.findall(r'(?:href|action|src)="([^"]*)"', text(answer))
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    for typed in ("quimberly", "thaddeus", "gantry", "960123"):
        assert not [
            kind for kind in ("href", "action") for line in urls if f'{kind}="/{typed}' in line
        ]
        assert typed not in f"{answer.wsgi_request.get_full_path()} {kept} {caplog.text}".casefold()


def test_check_without_anything_typed_is_sent_back(entry: Entry, officer: Client) -> None:
    answer = ask(officer, "   ")

    assert answer.status_code == 400
    assert "There is a problem" in text(answer)
    assert not AccessRecord.objects.filter(act=Act.CHECKED).exists()


def test_expired_grant_shuts_the_page_that_stood_open(
    council: Council, entry: Entry, officer: Client
) -> None:
    ask(officer, PLANTED)
    ReadingGrant.objects.update(ended_at=timezone.now())

    assert ask(officer, PLANTED).status_code == 403
    assert PLANTED not in text(open_entry(officer, entry.reference))


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"anything": "14"}, "too little to check"),
        (
            {"anything": " ".join(f"{a}{b}" for a in "bcdfgh" for b in "aeiouy")},
            "too much to check",
        ),
        ({"phone": "1"}, "too little to check"),
        ({"name": "Quimberly", "born_on": "hello"}, "This is not a date"),
        ({"name": "Quimberly", "born_on": "31/2/1961"}, "Nobody was born on this date"),
        ({"name": "Quimberly", "born_on": "1/1/2961"}, "This is not a date"),
        ({"name": "Quimberly", "born_on": "1 1 2099"}, "Nobody was born on this date"),
        ({"anything": "Quimberly 32/13/1961"}, "Nobody was born on this date"),
        ({"name": "Quimberly", "postcode": "nonsense"}, "This is not a postcode"),
    ],
    ids=[
        "house number",
        "too many words",
        "one figure",
        "no date",
        "no such day",
        "far year",
        "future",
        "no such day in the one box",
        "no postcode",
    ],
)
def test_what_cannot_be_checked_is_said_and_not_answered_none(
    officer: Any, typed: dict[str, str], words: str
) -> None:
    response = officer.post(reverse("cautionary:check"), typed | {"purpose": "home_visit"})

    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert "None recorded" not in page
    assert next(iter(typed.values())) in page


@pytest.mark.clause("L4")
@pytest.mark.parametrize("typed", ["3/27/1984", "27 3 84", "1984", "29 2 1984"])
def test_date_that_can_be_read_some_way_is_asked(officer: Any, typed: str) -> None:
    """A slip that still is a date is the matcher's to weigh."""
    told = {"name": "Quimberly", "born_on": typed, "purpose": "home_visit"}

    assert officer.post(reverse("cautionary:check"), told).status_code == 200
