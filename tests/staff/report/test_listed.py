"""Is this already listed? Told to reporters who may read the register; nobody else learns (L1)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.models import AccessRecord, Briefing, Entry, IncidentReport, ReadingGrant
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    PLANTED,
    Council,
    found_council,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.queries import fewest_queries
from tests.staff.report.pages import at, begin, signed_in

pytestmark = pytest.mark.django_db

OWNER_CHECKS = "The owner of the register will check"
NOTHING = "Nothing like it was found among the entries that you may read; the owner checks anyway."
TOO_LITTLE = "what you know so far is too little to look for"
LOOK_FAILED = "The look failed"
LOOKS = (Act.CHECKED, Act.SHOWN)
ALIKE = {"name": "Thadeus Quimberly", "aliases": ""}
STRANGER = {"name": "Ottoline Vasquez-Bream", "aliases": ""}
HOME = {"address": "7 Gantry Mews", "postcode": "WX1 9ZZ"}


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


def tell(browser: Client, report: IncidentReport, page: str, told: dict[str, str]) -> Any:
    answer = browser.post(at("report_page", report.reference, page), told)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def describe(browser: Client, person: dict[str, str] | None = None) -> tuple[IncidentReport, Any]:
    """A report up to who it was, and where "Next" led."""
    report = begin(browser)
    tell(browser, report, "person", person or ALIKE)
    return report, tell(browser, report, "identify", HOME)


def looks() -> int:
    return AccessRecord.objects.filter(act__in=LOOKS).count()


@pytest.mark.clause("L1")
@pytest.mark.clause("L5")
def test_reader_sees_who_looks_the_same_and_goes_on(council: Council, entry: Entry) -> None:
    browser = through_the_door(make_reader(council))

    report, led = describe(browser)
    shown = browser.get(led.url)

    text = shown.content.decode()
    assert led.url == at("report_listed", report.reference, "identify")
    assert shown.status_code == 200
    assert f"Found: {PLANTED}" in text
    assert "Do not visit alone." in text
    assert at("entry", entry.reference) in text
    assert at("report_page", report.reference, "behaviour") in text
    lines = AccessRecord.objects.filter(act__in=LOOKS).order_by("pk")
    assert [line.act for line in lines] == list(LOOKS)
    assert [line.reference for line in lines] == ["", entry.reference]
    assert {line.user.get_username() for line in lines} == {"officer"}


@pytest.mark.clause("L5")
def test_nothing_of_it_is_kept_in_the_report_or_the_session(council: Council, entry: Entry) -> None:
    browser = through_the_door(make_reader(council))
    report, led = describe(browser)
    browser.get(led.url)

    report.refresh_from_db()
    assert entry.reference not in str(report.answers)
    assert report.answers.keys() == {"person", "identify"}
    assert "uimberly" not in str([each.get_decoded() for each in Session.objects.all()])


@pytest.mark.parametrize(
    ("who", "where"),
    [
        (STRANGER, {"postcode": "WX4 4ZZ"}),
        ({"name": "big man with a beard at no 71", "aliases": ""}, {"address": "71 Chapel Street"}),
    ],
    ids=["stranger", "description"],
)
def test_reader_is_told_that_nothing_like_it_was_found(
    council: Council, entry: Entry, who: dict[str, str], where: dict[str, str]
) -> None:
    browser = through_the_door(make_reader(council))
    report, _led = describe(browser, who)

    shown = browser.get(tell(browser, report, "identify", where).url)

    text = shown.content.decode()
    assert shown.status_code == 200
    assert _said(text) == [NOTHING]
    assert at("report_page", report.reference, "behaviour") in text
    assert looks() == 1


def test_reader_who_says_too_little_is_told_that_nobody_looked(
    council: Council, entry: Entry
) -> None:
    browser = through_the_door(make_reader(council))
    report = begin(browser)
    tell(browser, report, "person", {"name": "Mr T", "aliases": ""})

    led = tell(browser, report, "identify", {"identifier": "T 88"})
    text = browser.get(led.url).content.decode()

    assert _said(text) == [TOO_LITTLE]
    assert "That you looked is recorded" not in text
    assert at("report_page", report.reference, "behaviour") in text
    assert not looks()


def _said(text: str) -> list[str]:
    """Which of the answers the page gives."""
    return [each for each in (NOTHING, TOO_LITTLE, LOOK_FAILED, "Found:") if each in text]


def _without_second_factor(council: Council) -> Client:
    return signed_in(make_reader(council))


def _without_grant(_council: Council) -> Client:
    return through_the_door(make_person("stranger"))


def _with_a_grant_that_ended(council: Council) -> Client:
    reader = make_reader(council)
    ReadingGrant.objects.filter(user=reader).update(ended_at=timezone.now())
    return through_the_door(reader)


def _whose_briefing_lapsed(council: Council) -> Client:
    reader = make_reader(council)
    then = timezone.now() - timedelta(days=3 * 365)
    Briefing.objects.filter(user=reader).update(briefed_on=then)
    return through_the_door(reader)


STRANGERS = [
    _without_second_factor,
    _without_grant,
    _with_a_grant_that_ended,
    _whose_briefing_lapsed,
]


@pytest.mark.clause("L1")
@pytest.mark.parametrize("who", STRANGERS)
def test_whoever_may_not_know_gets_the_same_whether_it_is_listed_or_not(
    council: Council, entry: Entry, who: Any
) -> None:
    browser = who(council)
    answers = []
    for person in (ALIKE, STRANGER):
        report, led = describe(browser, person)
        past = browser.get(at("report_listed", report.reference, "identify"))
        page = browser.get(at("report_page", report.reference, "identify"))
        queries = fewest_queries(
            lambda report=report: tell(browser, report, "identify", HOME)  # type: ignore[misc]
        )
        assert OWNER_CHECKS in page.content.decode()
        assert led.url == past.url == at("report_page", report.reference, "behaviour")
        assert PLANTED not in page.content.decode()
        answers.append(
            (led.status_code, past.status_code, len(past.content), len(page.content), queries)
        )

    assert answers[0] == answers[1]
    assert not looks()


@pytest.mark.clause("L1")
def test_reader_of_another_register_is_not_looked_up_for(council: Council, entry: Entry) -> None:
    other = found_council(slug="other", prefix="OTH")
    browser = through_the_door(make_reader(other))
    asked = {"about": "public", "register": council.register.pk}
    assert browser.post(at("report"), asked).status_code == 302
    report = IncidentReport.objects.latest("started_at")
    tell(browser, report, "person", ALIKE)

    led = tell(browser, report, "identify", HOME)

    assert led.url == at("report_page", report.reference, "behaviour")
    assert not looks()


@pytest.mark.clause("A3")
def test_second_factor_that_has_lapsed_meanwhile_blocks_no_report(
    council: Council, entry: Entry
) -> None:
    browser = through_the_door(make_reader(council))
    report, led = describe(browser)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        onward = browser.get(led.url)

    assert onward.url == at("report_page", report.reference, "behaviour")
    assert not looks()


@pytest.mark.clause("A3")
@pytest.mark.parametrize("fault", [OSError, ValueError, RuntimeError])
def test_lookup_that_fails_blocks_no_report(
    council: Council, entry: Entry, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise fault

    monkeypatch.setattr(check_module, "search", fail)
    browser = through_the_door(make_reader(council))

    report, led = describe(browser)
    shown = browser.get(led.url)

    assert shown.status_code == 200
    assert _said(shown.content.decode()) == [LOOK_FAILED]
    assert at("report_page", report.reference, "behaviour") in shown.content.decode()


def test_lookup_that_fails_tells_nobody_else(
    council: Council, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_module, "search", None)
    browser = through_the_door(make_person("stranger"))

    report, led = describe(browser)

    assert led.url == at("report_page", report.reference, "behaviour")
    assert browser.get(at("report_listed", report.reference, "identify")).url == led.url


def test_address_of_an_animal_is_looked_up_before_the_animal_is_described(
    council: Council,
) -> None:
    list_entries(
        council,
        row(
            kind="premises",
            name="",
            date_of_birth="",
            hazard="Two loose mastiffs",
            markers="Dangerous animal",
            handling="Ask for the dogs to be secured.",
        ),
    )
    browser = through_the_door(make_reader(council))
    report = begin(browser, "animal")

    led = tell(browser, report, "address", HOME)

    assert "Ask for the dogs to be secured." in browser.get(led.url).content.decode()


def test_name_that_several_entries_bear_shows_nobody(council: Council) -> None:
    list_entries(
        council,
        *(
            row(name="John Smith", address=f"{number} Elm Row", date_of_birth=f"06/06/19{number}")
            for number in range(60, 70)
        ),
    )
    browser = through_the_door(make_reader(council))
    report = begin(browser)
    tell(browser, report, "person", {"name": "John Smith", "aliases": ""})

    led = tell(browser, report, "identify", {"identifier": "T 88"})
    shown = browser.get(led.url).content.decode()

    assert "Several are possible" in shown
    assert "Elm Row" not in shown


def test_name_is_looked_up_again_when_it_is_changed(council: Council, entry: Entry) -> None:
    browser = through_the_door(make_reader(council))
    report, _led = describe(browser, STRANGER)

    url = at("report_page", report.reference, "person") + "?change"
    led = browser.post(url, ALIKE)

    assert led.url == at("report_listed", report.reference, "person") + "?change"
    assert PLANTED in browser.get(led.url).content.decode()


def test_page_that_describes_nobody_has_no_such_question(council: Council) -> None:
    browser = through_the_door(make_reader(council))
    report = begin(browser)

    assert browser.get(at("report_listed", report.reference, "seen")).status_code == 404


def test_report_of_a_colleague_is_not_looked_up(council: Council, entry: Entry) -> None:
    report, _led = describe(through_the_door(make_reader(council)))
    other = through_the_door(make_reader(council, "other-officer"))

    answer = other.get(at("report_listed", report.reference, "identify"))

    assert answer.status_code == 403
    assert PLANTED not in answer.content.decode()
