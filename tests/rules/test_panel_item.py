"""What the panel must have found before a vote, and which outcome fits which case (B15–B23)."""

from dataclasses import replace

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.panel_item import (
    OUTCOMES,
    Findings,
    check_contact_limits,
    check_health,
    check_letter_first,
    check_level,
    check_low_is_no_marker,
    check_outcome,
    check_restrictions,
    check_terms_fit,
    definition_of,
    missing_before_motion,
    outcomes_for,
)
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms, SpocTerms
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import CaseKind, Marker, PanelOutcome, Risk

WORDS = "He shouted at staff for an hour."
ANSWERED = Findings(
    health="none_known",
    health_words=WORDS,
    criteria_met=True,
    criteria=WORDS,
    exceptional=WORDS,
    letter_first="tried",
    letter_reasons=WORDS,
    spoc_needed=False,
    spoc_reasons=WORDS,
)
ENTRY = EntryTerms(
    handling=WORDS,
    basis=WORDS,
    legal_condition="legal_obligation",
    markers=["threats"],
    control_measures=["office_only"],
    audience=["housing"],
    audience_reasons=WORDS,
    no_restrictions=WORDS,
    no_contact_limits=WORDS,
)
SPOC = SpocTerms(officer="1", contact=WORDS, email="a@b.example", allocation="service", reasons="")

# Written down a second time, by hand.
FITTING = {
    "referral": {"no_action", "letter", "spoc", "entry"},
    "ratification": {"ratify", "remove"},
    "renewal": {"renew", "lapse", "remove"},
    "reconsider": {"no_action", "spoc", "entry", "remove"},
    "correction": {"no_action", "letter", "spoc", "entry", "renew", "remove"},
}


def fields(error: pytest.ExceptionInfo[BadInput]) -> set[str]:
    return set(error.value.problems)


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("outcome", list(PanelOutcome))
def test_outcome_fits_why_the_case_is_before_the_panel(
    kind: CaseKind, outcome: PanelOutcome
) -> None:
    assert set(OUTCOMES) == set(CaseKind)
    if outcome.value in FITTING[kind.value]:
        check_outcome(kind, outcome, on_entry=True)
        return
    with pytest.raises(BadInput) as error:
        check_outcome(kind, outcome, on_entry=True)
    assert fields(error) == {"outcome"}


def test_nothing_is_renewed_or_removed_that_does_not_count() -> None:
    fitting = {outcome.value for outcome in outcomes_for("correction", on_entry=False)}
    assert fitting == {"no_action", "letter", "spoc", "entry"}


@pytest.mark.clause("B20")
@pytest.mark.parametrize("outcome", list(PanelOutcome))
def test_nothing_is_put_before_the_answer_on_health(outcome: PanelOutcome) -> None:
    lacking = replace(ANSWERED, health="")
    missing = missing_before_motion(lacking, kind="referral", outcome=outcome)
    assert "Health, conditions and disabilities come first." in missing


def test_all_that_is_missing_is_said_at_once() -> None:
    missing = missing_before_motion(Findings(), kind="referral", outcome="entry")
    assert len(missing) == 5  # health, criteria, letter, point of contact, exceptional


def test_nothing_is_missing_where_all_is_answered() -> None:
    assert missing_before_motion(ANSWERED, kind="referral", outcome="entry") == []


@pytest.mark.clause("B15")
@pytest.mark.parametrize("outcome", ["entry", "ratify", "renew"])
def test_nobody_is_listed_whose_behaviour_does_not_meet_the_criteria(outcome: str) -> None:
    unmet = replace(ANSWERED, criteria_met=False)
    assert missing_before_motion(unmet, kind="referral", outcome=outcome)
    assert not missing_before_motion(unmet, kind="referral", outcome="letter")


@pytest.mark.clause("B16")
@pytest.mark.parametrize("outcome", ["entry", "ratify", "renew"])
def test_nobody_is_listed_without_exceptional_circumstances(outcome: str) -> None:
    usual = replace(ANSWERED, exceptional=" ")
    assert missing_before_motion(usual, kind="referral", outcome=outcome)
    assert not missing_before_motion(usual, kind="referral", outcome="no_action")


@pytest.mark.clause("B17")
def test_nobody_is_listed_where_a_letter_would_do() -> None:
    suitable = replace(ANSWERED, letter_first="suitable")
    assert missing_before_motion(suitable, kind="referral", outcome="entry")
    assert not missing_before_motion(suitable, kind="referral", outcome="letter")


@pytest.mark.clause("B17")
def test_whether_a_letter_was_tried_is_asked_of_each_referral() -> None:
    unsaid = replace(ANSWERED, letter_first="")
    assert missing_before_motion(unsaid, kind="referral", outcome="no_action")
    assert not missing_before_motion(unsaid, kind="renewal", outcome="lapse")
    with pytest.raises(BadInput) as error:
        check_letter_first("", reasons="", kind="referral")
    assert fields(error) == {"letter_first"}
    with pytest.raises(BadInput) as error:
        check_letter_first("tried", reasons="", kind="referral")
    assert fields(error) == {"letter_reasons"}
    check_letter_first("", reasons="", kind="renewal")


@pytest.mark.clause("B23")
def test_point_of_contact_is_asked_about_and_the_answer_is_kept_to() -> None:
    unsaid = replace(ANSWERED, spoc_needed=None)
    assert missing_before_motion(unsaid, kind="renewal", outcome="lapse")
    assert missing_before_motion(ANSWERED, kind="referral", outcome="spoc")
    needed = replace(ANSWERED, spoc_needed=True)
    assert missing_before_motion(needed, kind="referral", outcome="no_action")
    assert not missing_before_motion(needed, kind="referral", outcome="spoc")


@pytest.mark.clause("B21")
def test_what_is_known_of_health_changes_the_approach() -> None:
    check_health("none_known", words=WORDS, adjustments="")
    check_health("known", words=WORDS, adjustments="Letters in large print, as his nurse advised.")
    with pytest.raises(BadInput) as error:
        check_health("known", words=WORDS, adjustments="")
    assert fields(error) == {"adjustments"}


@pytest.mark.parametrize(
    ("health", "words", "field"), [("", WORDS, "health"), ("known", "", "words")]
)
def test_answer_on_health_needs_words(health: str, words: str, field: str) -> None:
    with pytest.raises(BadInput) as error:
        check_health(health, words=words, adjustments=WORDS)
    assert fields(error) == {field}
    if field == "words":
        assert error.value.problems == {"words": ["Say what was considered, in a sentence."]}


@pytest.mark.clause("B18")
@pytest.mark.parametrize("risk", list(Risk))
def test_entry_has_one_level_and_no_other_outcome_has_any(risk: Risk) -> None:
    check_level("entry", risk)
    for outcome in set(PanelOutcome) - {PanelOutcome.ENTRY}:
        check_level(outcome, "")
        with pytest.raises(BadInput):
            check_level(outcome, risk)
    assert definition_of(risk) == DEFINITIONS[risk]


@pytest.mark.clause("B18")
@pytest.mark.parametrize("risk", ["", "severe"])
def test_entry_without_a_level_is_refused(risk: str) -> None:
    with pytest.raises(BadInput) as error:
        check_level("entry", risk)
    assert fields(error) == {"risk"}
    assert definition_of("") == ""


@pytest.mark.clause("B18")
@pytest.mark.parametrize("marker", list(Marker))
def test_low_risk_never_shows_as_a_marker_of_violence(marker: Marker) -> None:
    check_low_is_no_marker("medium", [marker])
    if marker is Marker.VEXATIOUS:
        check_low_is_no_marker("low", [marker])
        return
    with pytest.raises(BadInput) as error:
        check_low_is_no_marker("low", [Marker.VEXATIOUS, marker])
    assert fields(error) == {"markers"}


@pytest.mark.clause("B34", "B47")
def test_services_are_restricted_or_there_is_a_reason_why_none_is() -> None:
    check_restrictions(ENTRY)
    check_restrictions(replace(ENTRY, restrictions=["libraries"], no_restrictions=""))
    for terms in (
        replace(ENTRY, no_restrictions=""),
        replace(ENTRY, restrictions=["telephone"], no_restrictions=""),
        replace(ENTRY, restrictions=["libraries"]),
    ):
        with pytest.raises(BadInput) as error:
            check_restrictions(terms)
        assert fields(error) == {"no_restrictions"}


@pytest.mark.clause("B33", "B46")
def test_contact_is_limited_or_there_is_a_reason_why_it_is_not() -> None:
    unsaid = replace(ENTRY, no_contact_limits="")
    check_contact_limits(ENTRY)
    check_contact_limits(replace(unsaid, restrictions=["telephone"]))
    check_contact_limits(replace(unsaid, permitted_contact=WORDS))
    for terms in (
        unsaid,
        replace(unsaid, restrictions=["libraries"]),
        replace(unsaid, permitted_contact=" \n"),
        replace(ENTRY, restrictions=["telephone"]),
        replace(ENTRY, permitted_contact=WORDS),
    ):
        with pytest.raises(BadInput) as error:
            check_contact_limits(terms)
        assert fields(error) == {"no_contact_limits"}


@pytest.mark.clause("B23")
@pytest.mark.parametrize(
    ("outcome", "terms", "needed", "has", "wrong"),
    [
        ("entry", MotionTerms(entry=ENTRY), False, False, None),
        ("entry", MotionTerms(), False, False, "outcome"),
        ("letter", MotionTerms(entry=ENTRY), False, False, "outcome"),
        ("entry", MotionTerms(entry=ENTRY), True, False, "officer"),
        ("entry", MotionTerms(entry=ENTRY), True, True, None),
        ("entry", MotionTerms(entry=ENTRY, spoc=SPOC), True, False, None),
        ("entry", MotionTerms(entry=ENTRY, spoc=SPOC), False, False, "officer"),
        ("spoc", MotionTerms(spoc=SPOC), True, False, None),
        ("spoc", MotionTerms(), True, True, "officer"),
        ("letter", MotionTerms(spoc=SPOC), True, False, None),
        ("letter", MotionTerms(), True, False, "officer"),
    ],
)
def test_terms_go_with_what_was_found(
    outcome: str, terms: MotionTerms, needed: bool, has: bool, wrong: str | None
) -> None:
    if wrong is None:
        check_terms_fit(outcome, terms, spoc_needed=needed, has_spoc=has)
        return
    with pytest.raises(BadInput) as error:
        check_terms_fit(outcome, terms, spoc_needed=needed, has_spoc=has)
    assert fields(error) == {wrong}
