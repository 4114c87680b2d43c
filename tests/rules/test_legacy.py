"""What a row of a legacy list must say (A39, A3, A28, L2, L3)."""

from datetime import date

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.identity import PersonIdentity, PremisesIdentity
from cautionary_plugin.rules.legacy import Listed, column_named, read_row
from cautionary_plugin.rules.vocabulary import ControlMeasure, LegalCondition, Marker, Risk

TODAY = date(2026, 12, 2)
FIT = {
    "name": "Philippa Wren",
    "date_of_birth": "27/03/1984",
    "address": "Flat 2, 9 Alder Row, Weldham",
    "postcode": "WX1 4AB",
    "markers": "Violence; threats of violence",
    "risk": "High",
    "handling": "Do not visit alone.",
    "control_measures": "Do not visit alone",
    "incident_date": "01/06/2026",
    "basis": "Struck a caretaker with a broom; a colleague saw it.",
    "services": "housing; Revenues and Benefits",
    "end_date": "01/06/2027",
}
PLACE = FIT | {"kind": "Premises", "name": "", "date_of_birth": "", "hazard": "Two dogs"}


def read(**changes: str) -> Listed:
    return read_row({**FIT, **changes}, on=TODAY, longest_months=36)


def faults(**changes: str) -> dict[str, list[str]]:
    with pytest.raises(BadInput) as refused:
        read(**changes)
    return refused.value.problems


def test_fit_row_is_read_as_it_stands():
    listed = read()

    assert listed == Listed(
        identity=listed.identity,
        born_on=date(1984, 3, 27),
        risk=Risk.HIGH,
        markers=(Marker.VIOLENCE, Marker.THREATS),
        handling="Do not visit alone.",
        control_measures=(ControlMeasure.TWO_PERSON_VISIT,),
        restrictions=(),
        permitted_contact="",
        spoc="",
        fact_on=date(2026, 6, 1),
        basis=FIT["basis"],
        legal_condition=LegalCondition.LEGAL_OBLIGATION,
        services=("housing", "Revenues and Benefits"),
        ends_on=date(2027, 6, 1),
        held=False,
    )
    assert isinstance(listed.identity, PersonIdentity)
    assert listed.identity.names == ("Philippa Wren",)
    assert listed.identity.addresses[0].lines == ("Flat 2", "9 Alder Row", "Weldham")


@pytest.mark.clause("A3")
@pytest.mark.clause("A28")
@pytest.mark.parametrize(
    "column", ["incident_date", "basis", "end_date", "handling", "markers", "risk", "services"]
)
def test_row_without_a_compulsory_fact_is_refused(column: str):
    assert faults(**{column: ""}) == {column: ["is empty."]}


@pytest.mark.clause("L3")
def test_name_that_stands_alone_is_refused():
    assert list(faults(date_of_birth="", address="", postcode="")) == ["name"]


@pytest.mark.parametrize("fact", ["phone", "email", "identifiers", "address"])
def test_any_second_identifier_will_do(fact: str):
    bare = {"date_of_birth": "", "address": "", "postcode": ""}

    assert read(**bare | {fact: "01632 960 001"}).kind == "person"


@pytest.mark.clause("L2")
@pytest.mark.parametrize(
    ("born", "held"),
    [("02/12/2008", False), ("03/12/2008", True), ("02/12/2016", True)],
    ids=["eighteen today", "eighteen tomorrow", "ten today"],
)
def test_child_is_held_for_a_senior_signature(born: str, held: bool):
    assert read(date_of_birth=born).held is held


@pytest.mark.clause("L2")
@pytest.mark.parametrize("born", ["03/12/2016", "01/01/1890", "03/12/2026"])
def test_birth_date_of_nobody_who_could_be_listed_is_refused(born: str):
    assert list(faults(date_of_birth=born)) == ["date_of_birth"]


@pytest.mark.parametrize(
    ("year", "held"), [("1980", False), ("2010", True)], ids=["adult", "child"]
)
def test_approximate_year_counts_where_the_date_is_not_known(year: str, held: bool):
    assert read(date_of_birth="", birth_year=year).held is held


@pytest.mark.parametrize("year", ["2020", "84", "nineteen"])
def test_approximate_year_that_cannot_be_is_refused(year: str):
    assert faults(date_of_birth="", birth_year=year)


@pytest.mark.parametrize(
    "typed",
    ["27/03/1984", "1984-03-27", "27.03.1984", "27-03-1984", "27 March 1984", "27 Mar 1984"],
)
def test_date_is_read_the_british_way(typed: str):
    assert read(date_of_birth=typed).born_on == date(1984, 3, 27)


def test_dates_at_the_end_of_the_calendar_are_faults_of_the_row():
    found = faults(listed_on="31/12/9998", end_date="31/12/9999")

    assert {"listed_on", "end_date"} <= set(found)


@pytest.mark.parametrize("typed", ["27/03/84", "03/27/1984", "1984", "about 1984", "31/02/1984"])
def test_date_is_never_guessed(typed: str):
    assert faults(date_of_birth=typed) == {"date_of_birth": ["is not a date like 27/03/1984."]}


@pytest.mark.clause("A32")
def test_entry_that_has_ended_is_refused():
    assert "is past" in faults(end_date="02/12/2026")["end_date"][0]


@pytest.mark.clause("A29")
def test_term_longer_than_the_register_allows_is_refused():
    assert "36 months" in faults(end_date="02/06/2029")["end_date"][0]
    assert read(end_date="01/06/2029").ends_on == date(2029, 6, 1)


def test_term_counts_from_the_day_of_listing_where_it_is_known():
    assert read(listed_on="01/08/2026", end_date="01/08/2029").ends_on == date(2029, 8, 1)


def test_incident_in_the_future_is_refused():
    assert faults(incident_date="03/12/2026") == {"incident_date": ["is in the future."]}


@pytest.mark.clause("A2")
def test_premises_have_an_address_and_a_hazard_and_no_person():
    listed = read_row(PLACE, on=TODAY, longest_months=36)

    assert isinstance(listed.identity, PremisesIdentity)
    assert (listed.kind, listed.identity.hazard) == ("premises", "Two dogs")
    for column, value in {"name": "Philippa Wren", "hazard": "", "address": ""}.items():
        with pytest.raises(BadInput) as refused:
            read_row(PLACE | {column: value}, on=TODAY, longest_months=36)
        assert list(refused.value.problems) == [column]


def test_all_faults_of_a_row_are_told_at_once():
    assert set(faults(risk="severe", basis="", end_date="soon")) == {"risk", "basis", "end_date"}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("DOB", "date_of_birth"),
        (" Date of  Birth ", "date_of_birth"),
        ("end_date", "end_date"),
        ("Review date", "end_date"),
        ("What happened", "basis"),
        ("Favourite colour", None),
    ],
)
def test_heading_is_recognised_in_its_usual_spellings(heading: str, column: str | None):
    assert column_named(heading) == column
