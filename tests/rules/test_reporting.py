"""The pages of a report: fact and source, dates that can be true, nobody too young."""

from datetime import date
from typing import Any

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.report_pages import LONGEST, check_page, check_report
from cautionary_plugin.rules.reporting import PAGES, TRIGGERS, Page, pages_of
from cautionary_plugin.rules.vocabulary import Marker, SubjectKind, Trigger

TODAY = date(2026, 12, 2)
PERSON: dict[str, dict[str, Any]] = {
    "whose": {"whose": "mine"},
    "trigger": {"trigger": "act"},
    "when": {"occurred_on": "2026-12-01", "place": "The front desk"},
    "person": {"name": "Barnabus Thistlewick"},
    "behaviour": {"markers": ["violence"]},
    "seen": {"seen": "He threw a chair."},
    "crime": {"crime": "no"},
}
PREMISES: dict[str, dict[str, Any]] = {
    "whose": {"whose": "mine"},
    "address": {"address": "212 Quarry Hill"},
    "animal": {"animal": "Two dogs", "loose": "unknown"},
    "sighted": {"occurred_on": "2026-12-01"},
    "seen": {"seen": "They ran at the gate."},
    "crime": {"crime": "no"},
}


def faults(answers: dict[str, Any], kind: str = "person") -> dict[str, list[str]]:
    try:
        check_report(kind, answers, on=TODAY)
    except BadInput as problem:
        return problem.problems
    return {}


def faults_of(page: str, others: dict[str, Any] | None = None, **fields: Any) -> list[str]:
    try:
        check_page(page, {**PERSON, **PREMISES, **(others or {}), page: fields}, on=TODAY)
    except BadInput as problem:
        return list(problem.problems)
    return []


@pytest.mark.parametrize(("kind", "answers"), [("person", PERSON), ("premises", PREMISES)])
def test_report_with_what_is_needed_passes(kind: str, answers: dict[str, Any]) -> None:
    assert faults(answers, kind) == {}


@pytest.mark.clause("A3")
@pytest.mark.parametrize(("kind", "answers"), [("person", PERSON), ("premises", PREMISES)])
def test_each_page_that_is_needed_is_missed(kind: str, answers: dict[str, Any]) -> None:
    for page in answers:
        missing = "told" if page == "seen" else page

        assert list(faults({**answers, page: {}}, kind)) == [missing]


@pytest.mark.clause("A2")
def test_premises_are_asked_nothing_about_a_person() -> None:
    about_people = {Page.PERSON, Page.IDENTIFY, Page.BEHAVIOUR, Page.TRIGGER}

    assert not about_people & set(PAGES[SubjectKind.PREMISES])
    assert not {Page.ADDRESS, Page.ANIMAL} & set(PAGES[SubjectKind.PERSON])


@pytest.mark.clause("A6")
def test_three_triggers_and_a_concern_are_asked_about_a_person() -> None:
    assert set(Trigger) - set(TRIGGERS) == {Trigger.ANIMAL, Trigger.UNREASONABLE}
    assert faults_of("trigger", trigger="animal") == ["trigger"]
    assert faults_of("trigger", trigger="opinion") == ["trigger"]


@pytest.mark.clause("A3")
@pytest.mark.parametrize(
    ("seen", "told", "told_by", "wrong"),
    [
        ("", "", "", ["told"]),
        ("  ", " ", "", ["told"]),
        ("", "He is violent.", "", ["told_by"]),
        ("I saw it.", "He is violent.", "", ["told_by"]),
        ("", "", "A neighbour", ["told"]),
        ("I saw it.", "", "", []),
        ("", "He hit the caretaker.", "The caretaker", []),
    ],
)
def test_account_is_what_was_seen_or_what_somebody_told(
    seen: str, told: str, told_by: str, wrong: list[str]
) -> None:
    said = {"told": told, "told_by": told_by}

    assert faults_of("told", {"seen": {"seen": seen}}, **said) == wrong


@pytest.mark.clause("A3")
@pytest.mark.parametrize(
    ("day", "passes"),
    [
        ("2026-12-02", True),
        ("2026-12-03", False),
        ("2016-12-02", True),
        ("2016-12-01", False),
        ("", False),
        ("yesterday", False),
    ],
)
@pytest.mark.parametrize("page", ["when", "sighted"])
def test_date_is_neither_in_the_future_nor_ten_years_ago(page: str, day: str, passes: bool) -> None:
    assert faults_of(page, occurred_on=day, place="Here") == ([] if passes else ["occurred_on"])


@pytest.mark.clause("L2")
@pytest.mark.parametrize("born_on", ["2026-12-01", "2017-01-01", "2016-12-02"])
def test_child_under_ten_at_the_time_is_not_reported(born_on: str) -> None:
    """The last is ten today, but was nine on the day before, when it happened."""
    with pytest.raises(BadInput) as refusal:
        check_page("identify", {**PERSON, "identify": {"born_on": born_on}}, on=TODAY)

    assert "safeguarding" in refusal.value.problems["born_on"][0]


@pytest.mark.clause("L2")
def test_child_who_was_ten_on_the_day_may_be_reported() -> None:
    assert faults_of("identify", born_on="2016-12-01") == []


@pytest.mark.clause("L2")
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"born_on": "1910-01-01"}, ["born_on"]),
        ({"born_on": "2026-12-03"}, ["born_on"]),
        ({"birth_year": "1910"}, ["birth_year"]),
        ({"birth_year": "2020"}, ["birth_year"]),
        ({"birth_year": "2027"}, ["birth_year"]),
        ({"birth_year": "0000"}, ["birth_year"]),
        ({"birth_year": "about 1980"}, ["birth_year"]),
        ({"birth_year": "१९८०"}, ["birth_year"]),
        ({"birth_year": "1980"}, []),
        ({}, []),
    ],
)
def test_birth_that_cannot_be_true_is_refused(fields: dict[str, str], wrong: list[str]) -> None:
    assert faults_of("identify", **fields) == wrong


def test_date_of_the_incident_that_makes_a_child_of_the_person_shows_at_the_end() -> None:
    answers = {**PERSON, "identify": {"born_on": "2010-06-01"}}
    assert faults(answers) == {}

    early = {**answers, "when": {"occurred_on": "2019-01-01", "place": "Here"}}

    assert list(faults(early)) == ["identify"]


@pytest.mark.clause("A1")
@pytest.mark.parametrize("markers", [[], ["vexatious"], ["dangerous_animal"], ["violence", "x"]])
def test_behaviour_is_of_the_policys_list(markers: list[str]) -> None:
    assert faults_of("behaviour", markers=markers) == ["markers"]
    assert Marker.VEXATIOUS not in PERSON["behaviour"]["markers"]


@pytest.mark.clause("A12")
def test_police_are_asked_about_only_after_a_crime() -> None:
    crime = {**PERSON, "crime": {"crime": "yes"}}

    assert Page.POLICE not in pages_of("person", PERSON)
    assert Page.POLICE in pages_of("person", crime)
    assert list(faults(crime)) == ["police"]
    assert faults({**crime, "police": {"informed": "no"}}) == {}
    assert faults_of("police", informed="yes", informed_on="2026-12-03") == ["informed_on"]


@pytest.mark.clause("A7")
def test_report_for_a_colleague_names_the_colleague() -> None:
    assert faults_of("whose", whose="colleague") == ["colleague"]
    assert faults_of("whose", whose="colleague", colleague="7") == []
    assert faults_of("whose", whose="nobody") == ["whose"]


@pytest.mark.parametrize("uprn", ["1" * 13, "12a", "१२"])
def test_uprn_is_a_number(uprn: str) -> None:
    assert faults_of("address", address="212 Quarry Hill", uprn=uprn) == ["uprn"]


def test_answer_without_end_is_refused() -> None:
    assert faults_of("harm", injuries="x" * (LONGEST + 1)) == ["injuries"]
    assert faults_of("harm", injuries="x" * LONGEST) == []
