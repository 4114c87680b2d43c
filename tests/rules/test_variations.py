"""What an appeal may change of an entry: whatever it is, nothing gets worse."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.variations import (
    LEVELS,
    LIMITS,
    Terms,
    Varied,
    as_the_individual_is_told,
    as_the_schedule_has_them,
    changes_between,
    check_no_worse,
)
from cautionary_plugin.rules.vocabulary import ControlMeasure, Marker, Restriction, Risk

TODAY = date(2026, 12, 2)
NOW = Terms(
    risk=Risk.MEDIUM,
    last_day=date(2027, 6, 30),
    handling="Do not visit alone.",
    markers=frozenset({Marker.THREATS, Marker.STALKING}),
    control_measures=frozenset({ControlMeasure.NO_HOME_VISIT, ControlMeasure.PHONE_FIRST}),
    restrictions=frozenset({Restriction.LIBRARIES}),
    audience=frozenset({"housing", "revenues"}),
)


@pytest.mark.clause("A24")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"risk": "low"}, "The level of risk is now: Low."),
        ({"handling": "Zinnober."}, "The instructions to our staff have changed."),
        ({"markers": ["threats"]}, "Our records now show: Threats of violence."),
        (
            {"control_measures": ["phone_first", "two_person_visit"]},
            "Our staff now keep to this: Phone first; Do not visit alone.",
        ),
        ({"control_measures": []}, "Our staff now keep to this: nothing special."),
        ({"restrictions": ["libraries"]}, "We now limit: Libraries."),
        ({"restrictions": []}, "We now limit: nothing."),
        ({"audience": ["housing"]}, "The information is now for: Housing."),
    ],
    ids=str,
)
def test_each_change_is_told_to_the_individual(changes: dict[str, Any], told: str) -> None:
    services = {"housing": "Housing"}

    assert as_the_individual_is_told(changes, services=services) == [told]
    everything = NOW.as_json() | changes
    assert told in as_the_individual_is_told(everything, services=services)
    assert len(as_the_individual_is_told(everything, services=services)) == len(Varied) - 1


@pytest.mark.clause("A24")
@pytest.mark.parametrize(
    "better",
    [
        {"risk": Risk.LOW},
        {"last_day": date(2027, 1, 31)},
        {"last_day": TODAY},
        {"handling": "Phone before you come."},
        {"markers": frozenset({Marker.THREATS})},
        {"control_measures": frozenset()},
        {"control_measures": frozenset({ControlMeasure.TWO_PERSON_VISIT})},
        {"restrictions": frozenset()},
        {"audience": frozenset({"housing"})},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_what_is_better_for_the_individual_may_change(better: dict[str, Any]) -> None:
    wanted = replace(NOW, **better)

    check_no_worse(NOW, wanted, today=TODAY)

    assert set(changes_between(NOW, wanted)) == set(better)
    assert NOW.with_changes(changes_between(NOW, wanted)) == wanted


@pytest.mark.clause("A24")
@pytest.mark.parametrize(
    "worse",
    [
        {"risk": Risk.HIGH},
        {"last_day": date(2027, 7, 1)},
        {"last_day": date(2026, 12, 1)},
        {"handling": "  "},
        {"markers": frozenset({Marker.WEAPON})},
        {"markers": frozenset()},
        {"control_measures": NOW.control_measures | {ControlMeasure.OFFICE_ONLY}},
        {"restrictions": frozenset({Restriction.LEISURE})},
        {"audience": frozenset({"housing", "planning"})},
        {"audience": frozenset()},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_what_is_worse_is_refused_under_its_own_field(worse: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        check_no_worse(NOW, replace(NOW, **worse), today=TODAY)

    assert set(refused.value.problems) == set(worse)


def test_variation_that_changes_nothing_is_none() -> None:
    with pytest.raises(BadInput) as refused:
        check_no_worse(NOW, NOW, today=TODAY)

    assert set(refused.value.problems) == {""}


def _subsets_and_more(own: frozenset[str], others: list[str]) -> Any:
    """Mostly what is there or less; sometimes something else besides."""
    less = st.frozensets(st.sampled_from(sorted(own)))
    return less | st.frozensets(st.sampled_from(others))


@pytest.mark.clause("A24")
@given(
    risk=st.sampled_from(LEVELS),
    last_day=st.dates(date(2026, 11, 1), date(2027, 12, 31)),
    markers=_subsets_and_more(NOW.markers, list(Marker)),
    measures=_subsets_and_more(NOW.control_measures, list(ControlMeasure)),
    restrictions=_subsets_and_more(NOW.restrictions, list(Restriction)),
    audience=_subsets_and_more(NOW.audience, ["housing", "planning"]),
)
def test_change_passes_just_when_nobody_is_worse_off(
    risk: Risk,
    last_day: date,
    markers: frozenset[str],
    measures: frozenset[str],
    restrictions: frozenset[str],
    audience: frozenset[str],
) -> None:
    wanted = Terms(risk, last_day, NOW.handling, markers, measures, restrictions, audience)
    is_no_worse = (
        risk in (Risk.LOW, Risk.MEDIUM)
        and TODAY <= last_day <= NOW.last_day
        and set() < markers <= NOW.markers
        and restrictions <= NOW.restrictions
        and set() < audience <= NOW.audience
        and not (measures - NOW.control_measures) & LIMITS
        and wanted != NOW
    )

    try:
        check_no_worse(NOW, wanted, today=TODAY)
        passed = True
    except BadInput:
        passed = False

    assert passed == is_no_worse


@pytest.mark.clause("B18")
def test_on_the_schedule_low_risk_is_about_vexatious_contact_alone() -> None:
    low = as_the_schedule_has_them(replace(NOW, risk=Risk.LOW))

    assert low.markers == {Marker.VEXATIOUS}
    check_no_worse(NOW, low, today=TODAY)
    assert as_the_schedule_has_them(NOW) == NOW
    added = NOW.markers | {Marker.VEXATIOUS}
    with pytest.raises(BadInput):
        check_no_worse(NOW, replace(NOW, markers=added), today=TODAY)
