"""A named system does what its approval says, and nothing else (A40)."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Entry, IncidentReport, NamedSystem
from cautionary_plugin.rules.vocabulary import Act
from tests.api.calling import ASKED, call, get, kind_of
from tests.api.systems import approved, named
from tests.api.test_reports import told as told_report
from tests.council import PLANTED, Council, found_council
from tests.factors import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A40")]

THEIRS = {"whose": {"whose": "colleague", "colleague": "visitor"}}


def by(key: str) -> dict[str, str]:
    """The header with which a system calls."""
    return {"Authorization": f"Cautionary {key}"}


@pytest.mark.clause("L4")
@pytest.mark.clause("L5")
def test_approved_system_checks_and_the_record_says_which(council: Council, entry: Entry) -> None:
    made = approved(council)

    answer = call(Client(), "api_check", ASKED, **by(made.key))

    assert answer.status_code == 200, answer.content
    assert answer.json()["findings"][0]["title"] == PLANTED
    lines = AccessRecord.objects.filter(act__in=[Act.CHECKED, Act.SHOWN])
    assert {(line.act, line.user, line.user_key) for line in lines} == {
        (Act.CHECKED, None, "system:diary"),
        (Act.SHOWN, None, "system:diary"),
    }


def test_key_is_kept_as_its_digest_alone(council: Council) -> None:
    made = approved(council)

    row = NamedSystem.objects.values().get()
    assert made.key not in str(row)
    assert made.key not in repr(made)
    assert len(made.key) == 43


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"approved_at": None, "approved_by": None}, "waits for its approval"),
        ({"ended_at": timezone.now()}, "no more"),
        ({"ends_on": timezone.localdate()}, "term of this system is over"),
        ({"networks": "10.20.30.0/24"}, "one of its networks"),
        ({"may_check": False, "may_report": True}, "not approved to check"),
    ],
)
def test_call_beyond_the_approval_is_refused_in_plain_words_and_recorded(
    council: Council, entry: Entry, caplog: Any, spoil: dict[str, Any], words: str
) -> None:
    made = approved(council)
    NamedSystem.objects.update(**spoil)

    with caplog.at_level(logging.DEBUG):
        answer = call(Client(), "api_check", ASKED, **by(made.key))

    assert (answer.status_code, kind_of(answer)) == (403, "refused")
    assert words in answer.json()["detail"]
    line = AccessRecord.objects.get(act=Act.REFUSED)
    assert (line.user_key, line.screen) == ("system:diary", "cautionary:api_check")
    assert made.key not in caplog.text
    assert not AccessRecord.objects.filter(act=Act.CHECKED).exists()


def test_unknown_key_is_refused_and_logged_without_it(entry: Entry, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = call(Client(), "api_check", ASKED, **by("Zirconium-key-of-nobody"))

    assert (answer.status_code, kind_of(answer)) == (401, "key")
    assert "no system has" in caplog.text
    assert "Zirconium" not in caplog.text + answer.content.decode()


def test_key_does_not_lend_the_session_its_grant(
    council: Council, entry: Entry, officer: Client
) -> None:
    made = named(council)

    assert call(officer, "api_check", ASKED, **by(made.key)).status_code == 403


def test_system_checks_its_own_registers_for_its_own_purpose(council: Council) -> None:
    other = found_council(slug="depot", prefix="DEP")
    made = approved(council)

    here = call(Client(), "api_check", ASKED, **by(made.key))
    for_more = call(Client(), "api_check", {**ASKED, "purpose": "supervision"}, **by(made.key))

    assert here.json()["registers"] == [council.register.name]
    assert other.register.name not in here.json()["registers"]
    assert [each["field"] for each in for_more.json()["errors"]] == ["purpose"]


def test_over_its_rate_a_system_is_refused_and_that_is_recorded(council: Council) -> None:
    made = approved(council, rate=2)
    for _call in range(2):
        assert call(Client(), "api_check", ASKED, **by(made.key)).status_code == 200

    answer = call(Client(), "api_check", ASKED, **by(made.key))

    assert (answer.status_code, kind_of(answer)) == (429, "too-many")
    assert int(answer.headers["Retry-After"]) <= 3600
    assert AccessRecord.objects.filter(act=Act.REFUSED, user_key="system:diary").count() == 1


def test_system_has_no_worklist_but_reads_the_document(council: Council) -> None:
    made = approved(council)

    assert kind_of(get(Client(), "api_worklist", **by(made.key))) == "refused"
    assert "openapi" in get(Client(), "api_document", **by(made.key)).json()


@pytest.mark.clause("A7")
def test_report_of_a_system_is_a_colleagues_and_says_who_sent_it(council: Council) -> None:
    visitor = make_person("visitor")
    made = approved(council, doings=["report"])

    answer = call(Client(), "api_report", told_report(**THEIRS), **by(made.key))

    assert answer.status_code == 201, answer.content
    report = IncidentReport.objects.get()
    assert (report.reporter, report.typed_by) == (visitor, None)
    assert report.system == made.system
    assert AccessRecord.objects.get(act=Act.REPORTED).user_key == "system:diary"


def test_system_has_seen_nothing_itself(council: Council) -> None:
    made = approved(council, doings=["report"])

    answer = call(Client(), "api_report", told_report(), **by(made.key))

    assert [each["field"] for each in answer.json()["errors"]] == ["answers.whose"]
    assert not IncidentReport.objects.exists()


def test_system_reports_to_its_own_registers(council: Council) -> None:
    make_person("visitor")
    found_council(slug="depot", prefix="DEP")
    made = approved(council, doings=["report"])
    sent = told_report(**THEIRS) | {"register": "depot"}

    assert kind_of(call(Client(), "api_report", sent, **by(made.key))) == "refused"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "passes"),
    [
        (0, "127.0.0.1", False),
        (1, "127.0.0.1", True),
        (1, "127.0.0.1, 192.0.2.9", False),
        (2, "192.0.2.9, 127.0.0.1, 192.0.2.7", True),
        (1, "", False),
        (1, "nowhere", False),
    ],
)
def test_caller_cannot_write_where_it_calls_from(
    council: Council, settings: Any, proxies: int, forwarded: str, passes: bool
) -> None:
    settings.CAUTIONARY_API_PROXIES = proxies
    made = approved(council)
    browser = Client(REMOTE_ADDR="192.0.2.1")
    headers = by(made.key) | {"X-Forwarded-For": forwarded}

    assert (call(browser, "api_check", ASKED, **headers).status_code == 200) is passes


def test_term_ends_with_the_day_before(council: Council) -> None:
    made = approved(council)
    NamedSystem.objects.update(ends_on=timezone.localdate() + timedelta(days=1))

    assert call(Client(), "api_check", ASKED, **by(made.key)).status_code == 200
