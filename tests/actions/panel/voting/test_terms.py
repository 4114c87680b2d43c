"""The terms of an entry are complete and sound before a vote is taken on them (B18)."""

from typing import Any

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Risk
from tests.actions.panel.voting.steps import put
from tests.life import submitted
from tests.panel import Panel, waiting_case
from tests.panel_items import entry_terms, findings_recorded, opened_item, panel_entry

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B1", "B33", "B34", "B46", "B47")
def test_everything_wrong_with_the_terms_is_said_at_once(panel: Panel) -> None:
    item = findings_recorded(panel)
    terms = entry_terms(
        handling=" ",
        basis="",
        legal_condition="",
        audience=[],
        audience_reasons="",
        control_measures=[],
        second_identifier="",
        no_restrictions="",
        no_contact_limits="",
    )

    with pytest.raises(BadInput) as error:
        put(panel, item, risk="", reasons="", terms=MotionTerms(entry=terms))

    assert set(error.value.problems) == {
        "risk",
        "reasons",
        "handling",
        "basis",
        "legal_condition",
        "audience",
        "control_measures",
        "second_identifier",
        "no_restrictions",
        "no_contact_limits",
    }


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"markers": ["gossip"]}, "markers"),
        ({"control_measures": ["gossip"]}, "control_measures"),
        ({"audience": ["housing", "nobody"]}, "audience"),
        ({"audience_reasons": "None."}, "audience_reasons"),
        ({"restrictions": ["elections"]}, "restrictions"),
    ],
)
def test_entry_keeps_to_the_vocabularies(panel: Panel, told: dict[str, Any], field: str) -> None:
    item = findings_recorded(panel)

    with pytest.raises(BadInput) as error:
        put(panel, item, terms=MotionTerms(entry=entry_terms(**told)))

    assert set(error.value.problems) == {field}


@pytest.mark.clause("B18")
def test_low_risk_is_about_vexatious_contact_alone(panel: Panel) -> None:
    item = findings_recorded(panel)

    with pytest.raises(BadInput) as error:
        put(panel, item, risk="low", terms=MotionTerms(entry=entry_terms(markers=["violence"])))

    assert set(error.value.problems) == {"markers"}
    vexatious = MotionTerms(entry=entry_terms(Risk.LOW))
    assert put(panel, item, risk="low", terms=vexatious).risk == "low"


def test_basis_names_no_colleague(panel: Panel) -> None:
    report = submitted(panel.council)
    reporter = report.reporter
    reporter.first_name, reporter.last_name = "Wilhelmina", "Oatcake"
    reporter.save()
    item = findings_recorded(panel, opened_item(panel, waiting_case(panel, report=report)))
    terms = entry_terms(basis="He shouted at Wilhelmina Oatcake at the counter.")

    with pytest.raises(BadInput) as error:
        put(panel, item, terms=MotionTerms(entry=terms))

    assert set(error.value.problems) == {"basis"}


def test_who_looks_the_same_is_told_apart(panel: Panel) -> None:
    panel_entry(panel)
    item = findings_recorded(
        panel, opened_item(panel, waiting_case(panel), meeting=panel.register.meetings.get())
    )

    with pytest.raises(BadInput) as error:
        put(panel, item)

    assert set(error.value.problems) == {"another_person"}
    apart = entry_terms(another_person="A cousin of the same name, born on the same day.")
    assert put(panel, item, terms=MotionTerms(entry=apart)).pk
