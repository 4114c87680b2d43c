"""Checks that programs ask for: the same three answers, the same record (L4, L5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.models import AccessRecord, Entry
from cautionary_plugin.rules.vocabulary import Act
from tests.api.calling import ASKED, call, kind_of
from tests.council import PLANTED, Council
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

PER_VISIT = 1  # query: is the index as new as the database?
STRANGER = "Ottoline Vasquez-Bream"


def _fail(*_args: Any, **_options: Any) -> Any:
    raise OSError


@pytest.mark.clause("L4")
def test_found_says_how_to_stay_safe_and_why(
    entry: Entry, officer: Client, council: Council
) -> None:
    answer = call(officer, "api_check", ASKED)

    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["registers"]) == ("found", [council.register.name])
    [found] = told["findings"]
    assert found["title"] == PLANTED
    assert found["handling"] == "Do not visit alone."
    assert found["measures"] == ["Phone first"]
    assert (found["reference"], found["risk"]) == (entry.reference, "high")
    assert found["agree"]
    assert "basis" not in found  # L1: who reads an answer on a phone needs no account of it


@pytest.mark.clause("L4")
def test_none_says_when_and_where_was_looked(
    entry: Entry, officer: Client, council: Council
) -> None:
    told = call(officer, "api_check", {**ASKED, "anything": STRANGER}).json()

    assert (told["outcome"], told["findings"]) == ("none", [])
    assert told["registers"] == [council.register.name]
    assert told["at"].startswith(f"{timezone.now():%Y-%m}")


@pytest.mark.clause("L4")
def test_failed_check_is_a_problem_and_never_none(
    entry: Entry, officer: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"
    monkeypatch.setattr(check_module, "search", _fail)

    answer = call(officer, "api_check", ASKED)

    assert (answer.status_code, kind_of(answer)) == (503, "check-failed")
    assert answer.json()["outcome"] == "failed"
    assert answer.json()["phone"] == "01632 960999"
    assert "findings" not in answer.json()


@pytest.mark.clause("L5")
def test_call_is_recorded_as_a_check_on_the_screen_is(entry: Entry, officer: Client) -> None:
    call(officer, "api_check", ASKED)

    checked = AccessRecord.objects.get(act=Act.CHECKED)
    shown = AccessRecord.objects.get(act=Act.SHOWN)
    assert (checked.user.get_username(), checked.purpose) == ("officer", "home_visit")
    assert (checked.outcome, shown.reference) == ("found", entry.reference)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"anything": PLANTED}, "purpose"),
        ({"anything": PLANTED, "purpose": PLANTED}, "purpose"),
        ({"purpose": "home_visit"}, ""),
        ({"anything": "Mr", "purpose": "home_visit"}, ""),
        ({"born_on": PLANTED, "purpose": "home_visit"}, "born_on"),
        ({"nmae": PLANTED, "purpose": "home_visit", "postcode": "WX1 9ZZ"}, ""),
        ({"name": {"is": PLANTED}, "purpose": "home_visit"}, "name"),
        ({"name": PLANTED * 20, "purpose": "home_visit"}, "name"),
        ([PLANTED], ""),
    ],
)
def test_what_cannot_be_asked_is_named_and_not_repeated(
    entry: Entry, officer: Client, sent: Any, field: str
) -> None:
    answer = call(officer, "api_check", sent)

    assert (answer.status_code, kind_of(answer)) == (400, "input")
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert PLANTED not in answer.content.decode()
    assert not AccessRecord.objects.filter(act=Act.CHECKED).exists()


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b'{"anything": "\\ud800"}', b"[" * 100_000, b'{"a": NaN}']
)
def test_what_is_no_json_is_refused(officer: Client, body: bytes) -> None:
    answer = officer.post(
        "/cautionary/api/v1/check/", body, content_type="application/json; charset=utf-8"
    )

    assert (answer.status_code, kind_of(answer)) == (400, "unreadable")


def test_body_without_bounds_is_refused(officer: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = call(officer, "api_check", {**ASKED, "name": "a" * 1000})

    assert (answer.status_code, kind_of(answer)) == (413, "too-large")


def test_form_of_a_page_of_another_site_is_no_call(officer: Client) -> None:
    answer = officer.post("/cautionary/api/v1/check/", {"anything": PLANTED})

    assert (answer.status_code, kind_of(answer)) == (415, "media-type")


@pytest.mark.clause("L4")
def test_visits_are_answered_one_by_one_in_their_order(entry: Entry, officer: Client) -> None:
    visits = [{"anything": STRANGER}, {"name": PLANTED, "postcode": "WX1 9ZZ"}]

    told = call(officer, "api_check_visits", {"purpose": "home_visit", "visits": visits}).json()

    assert told["failed"] == 0
    assert [each["visit"] for each in told["visits"]] == [0, 1]
    assert [each["outcome"] for each in told["visits"]] == ["none", "found"]
    assert told["visits"][1]["findings"][0]["title"] == PLANTED
    assert AccessRecord.objects.filter(act=Act.CHECKED).count() == 2


@pytest.mark.clause("L4")
def test_visit_that_could_not_be_checked_has_no_findings(
    entry: Entry, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_module, "search", _fail)
    visits = [{"anything": PLANTED}]

    told = call(officer, "api_check_visits", {"purpose": "home_visit", "visits": visits}).json()

    assert told["failed"] == 1
    assert told["visits"][0]["outcome"] == "failed"
    assert "findings" not in told["visits"][0]


def test_all_visits_that_cannot_be_asked_are_named_and_none_is_checked(officer: Client) -> None:
    visits = [{"anything": PLANTED}, {"anything": "Mr"}, {"born_on": "soon", "name": "X Y"}]

    answer = call(officer, "api_check_visits", {"purpose": "home_visit", "visits": visits})

    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == ["visits.1", "visits.2.born_on"]
    assert not AccessRecord.objects.filter(act=Act.CHECKED).exists()


def test_more_visits_than_a_day_holds_are_refused(entry: Entry, officer: Client) -> None:
    visits = [{"anything": STRANGER}] * 200

    taken = call(officer, "api_check_visits", {"purpose": "home_visit", "visits": visits})
    refused = call(officer, "api_check_visits", {"purpose": "home_visit", "visits": [*visits, {}]})

    assert [each["outcome"] for each in taken.json()["visits"]] == ["none"] * 200
    assert (refused.status_code, kind_of(refused)) == (400, "input")
    assert AccessRecord.objects.filter(act=Act.CHECKED).count() == 200


def test_visit_more_costs_no_more_than_the_visit_before(entry: Entry, officer: Client) -> None:
    def cost(count: int) -> int:
        visits = [{"anything": STRANGER}] * count
        asked = {"purpose": "home_visit", "visits": visits}
        return fewest_queries(lambda: call(officer, "api_check_visits", asked))

    assert cost(40) - cost(10) <= 30 * PER_VISIT


def test_checks_of_an_hour_are_bounded_whatever_the_cache_remembers(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_API_CHECKS = 3
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"
    call(officer, "api_check", ASKED)
    visits = {"purpose": "home_visit", "visits": [{"anything": PLANTED}] * 3}

    refused = call(officer, "api_check_visits", visits)
    said = refused.json()
    last = call(officer, "api_check_visits", {**visits, "visits": visits["visits"][:2]})

    assert (refused.status_code, kind_of(refused)) == (429, "too-many")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert "2 are left, and 3 were asked for. 3 are possible in" in said["detail"]
    assert said["phone"] == "01632 960999"
    assert last.status_code == 200
    refused = call(officer, "api_check", ASKED)
    assert refused.status_code == 429
    assert "none is left. The next is possible in" in refused.json()["detail"]


def test_an_hour_later_there_is_room_again(entry: Entry, officer: Client, settings: Any) -> None:
    settings.CAUTIONARY_API_CHECKS = 1
    before = timezone.now() - timedelta(hours=1)
    user = entry.register.grants.get().user
    AccessRecord.objects.create(at=before, act=Act.CHECKED, user=user, user_key=str(user.pk))

    assert call(officer, "api_check", ASKED).status_code == 200


def test_calls_of_a_minute_are_bounded(officer: Client, settings: Any) -> None:
    settings.CAUTIONARY_API_RATE = "1/min"
    call(officer, "api_check", ASKED)

    answer = call(officer, "api_check", ASKED)

    assert (answer.status_code, kind_of(answer)) == (429, "too-many")
    assert int(answer.headers["Retry-After"]) <= 61
