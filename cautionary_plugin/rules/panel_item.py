"""What the panel must have found before something is put to the vote, and what may be put.

Health, conditions and disabilities come first (B20); then the criteria (B15), the exceptional
circumstances (B16), a letter of expected behaviour first (B17), and whether a single point of
contact is needed (B23). Which outcomes fit a case depends on why it is before the panel.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from .errors import BadInput
from .grants import check_reason
from .panel_terms import EntryTerms, MotionTerms
from .risk_definitions import DEFINITIONS
from .vocabulary import (
    CaseKind,
    Health,
    LetterFirst,
    Marker,
    PanelOutcome,
    Restriction,
    Risk,
)

OUTCOMES: dict[CaseKind, tuple[PanelOutcome, ...]] = {
    CaseKind.REFERRAL: (
        PanelOutcome.NO_ACTION,
        PanelOutcome.LETTER,
        PanelOutcome.SPOC,
        PanelOutcome.ENTRY,
    ),
    CaseKind.RATIFICATION: (PanelOutcome.RATIFY, PanelOutcome.REMOVE),
    CaseKind.RENEWAL: (PanelOutcome.RENEW, PanelOutcome.LAPSE, PanelOutcome.REMOVE),
    CaseKind.RECONSIDERATION: (
        PanelOutcome.NO_ACTION,
        PanelOutcome.SPOC,
        PanelOutcome.ENTRY,
        PanelOutcome.REMOVE,
    ),
    CaseKind.CORRECTION: (
        PanelOutcome.NO_ACTION,
        PanelOutcome.LETTER,
        PanelOutcome.SPOC,
        PanelOutcome.ENTRY,
        PanelOutcome.RENEW,
        PanelOutcome.REMOVE,
    ),
}
ON_AN_ENTRY = frozenset(
    {PanelOutcome.RATIFY, PanelOutcome.RENEW, PanelOutcome.LAPSE, PanelOutcome.REMOVE}
)
# With these somebody is on the schedule afterwards, so that the criteria must be met.
LISTING = frozenset({PanelOutcome.ENTRY, PanelOutcome.RATIFY, PanelOutcome.RENEW})
# "Low" never shows as a marker of violence.
LOW_MARKERS = frozenset({Marker.VEXATIOUS})


@dataclass(frozen=True, repr=False)
class Findings:
    """The panel's answers to its questions on one item; empty, or None, where not yet answered."""

    health: str = ""
    health_words: str = ""
    adjustments: str = ""
    criteria_met: bool | None = None
    criteria: str = ""
    exceptional: str = ""
    letter_first: str = ""
    letter_reasons: str = ""
    spoc_needed: bool | None = None
    spoc_reasons: str = ""
    legal_advice: str = ""
    consultations: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As the decision keeps them."""
        return asdict(self)


def outcomes_for(kind: str, *, on_entry: bool) -> tuple[PanelOutcome, ...]:
    """What the panel may be asked to decide in a case.

    :param on_entry: whether the case is about an entry that counts.
    """
    fitting = OUTCOMES[CaseKind(kind)]
    return tuple(each for each in fitting if on_entry or each not in ON_AN_ENTRY)


def check_outcome(kind: str, outcome: str, *, on_entry: bool) -> None:
    """The outcome fits why the case is before the panel.

    :raises BadInput: under ``outcome``.
    """
    if outcome not in outcomes_for(kind, on_entry=on_entry):
        told = f"This cannot be the outcome of a case of the kind “{CaseKind(kind).label}”."
        raise BadInput({"outcome": [told]})


def check_health(health: str, *, words: str, adjustments: str) -> None:
    """The first question has an answer, and where something is known the approach changes (B21).

    :raises BadInput: under ``health``, ``words`` or ``adjustments``.
    """
    if health not in set(Health):
        raise BadInput({"health": ["Answer the first question."]})
    check_reason(words, field="words", told="Say what was considered, in a sentence.")
    if health == Health.KNOWN:
        told = "Say how the approach changes, as agreed with specialist colleagues."
        check_reason(adjustments, field="adjustments", told=told)


def check_letter_first(letter_first: str, *, reasons: str, kind: str) -> None:
    """Whether a letter was tried first is said of each referral, with reasons (B17).

    :raises BadInput: under ``letter_first`` or ``letter_reasons``.
    """
    if not letter_first and kind != CaseKind.REFERRAL:
        return
    if letter_first not in set(LetterFirst):
        raise BadInput({"letter_first": ["Say whether a letter of expected behaviour was tried."]})
    told = "Say when it was tried, or why it was not, in a sentence."
    check_reason(reasons, field="letter_reasons", told=told)


def missing_before_motion(findings: Findings, *, kind: str, outcome: str) -> list[str]:
    """What must be found before this outcome is put to the vote, as sentences."""
    return [
        *_unanswered(findings, kind),
        *(_missing_for_listing(findings) if outcome in LISTING else []),
        *_contradicted(findings, outcome),
    ]


def _unanswered(findings: Findings, kind: str) -> list[str]:
    unanswered = {
        "Health, conditions and disabilities come first.": not findings.health,
        "Say whether the behaviour meets the criteria, and why.": findings.criteria_met is None,
        "Say whether a letter of expected behaviour was tried first.": (
            kind == CaseKind.REFERRAL and not findings.letter_first
        ),
        "Say whether a single point of contact is needed, and why.": findings.spoc_needed is None,
    }
    return [sentence for sentence, missing in unanswered.items() if missing]


def _missing_for_listing(findings: Findings) -> list[str]:
    missing = []
    if findings.criteria_met is False:
        missing.append("The panel found that the behaviour does not meet the criteria.")
    if not findings.exceptional.strip():
        missing.append("Say what the exceptional circumstances are.")
    if findings.letter_first == LetterFirst.SUITABLE:
        missing.append("The panel found that a letter of expected behaviour should be tried first.")
    return missing


def _contradicted(findings: Findings, outcome: str) -> list[str]:
    if outcome == PanelOutcome.SPOC and findings.spoc_needed is False:
        return ["The panel found that no single point of contact is needed."]
    if outcome == PanelOutcome.NO_ACTION and findings.spoc_needed:
        return ["The panel found that a single point of contact is needed: that is an action."]
    return []


def check_level(outcome: str, risk: str) -> None:
    """An entry has one level of risk, and no other outcome is given one (B18).

    :raises BadInput: under ``risk``.
    """
    if outcome == PanelOutcome.ENTRY and risk not in set(Risk):
        raise BadInput({"risk": ["Choose one level of risk."]})
    if outcome != PanelOutcome.ENTRY and risk:
        raise BadInput({"risk": ["Only an entry has a level of risk."]})


def definition_of(risk: str) -> str:
    """The procedure's words for a level, to be frozen with the vote; empty without a level."""
    return DEFINITIONS[Risk(risk)] if risk else ""


def check_low_is_no_marker(risk: str, markers: Collection[str]) -> None:
    """A vexatious person is not marked as a violent one.

    :raises BadInput: under ``markers``.
    """
    if risk == Risk.LOW and not set(markers) <= LOW_MARKERS:
        told = f"At low risk an entry is about “{Marker.VEXATIOUS.label}” and nothing else."
        raise BadInput({"markers": [told]})


def check_restrictions(terms: EntryTerms) -> None:
    """Services are restricted, or there is a reason why none is (B34, B47).

    :raises BadInput: under ``restrictions`` or ``no_restrictions``.
    """
    restricted = any(not limit.is_of_contact for limit in limits_of(terms))
    if restricted and terms.no_restrictions.strip():
        told = "Services are restricted: leave out why none is."
        raise BadInput({"no_restrictions": [told]})
    if not restricted:
        check_reason(terms.no_restrictions, field="no_restrictions")


def check_contact_limits(terms: EntryTerms) -> None:
    """Contact is limited, or there is a reason why it is not (B33, B46).

    :raises BadInput: under ``no_contact_limits``.
    """
    ticked = any(limit.is_of_contact for limit in limits_of(terms))
    limited = ticked or bool(terms.permitted_contact.strip())
    if limited and terms.no_contact_limits.strip():
        told = "Contact is limited: leave out why it is not."
        raise BadInput({"no_contact_limits": [told]})
    if not limited:
        check_reason(terms.no_contact_limits, field="no_contact_limits")


def limits_of(terms: EntryTerms) -> list[Restriction]:
    """The limits that were chosen; a code of no vocabulary is told of elsewhere."""
    return [limit for limit in Restriction if limit in terms.restrictions]


def check_terms_fit(
    outcome: str, terms: MotionTerms, *, spoc_needed: bool | None, has_spoc: bool
) -> None:
    """The terms of an entry go with an entry, and those of a point of contact where one is needed.

    :param has_spoc: whether the customer has a single point of contact already.
    :raises BadInput: under ``outcome`` or ``officer``.
    """
    if (terms.entry is not None) != (outcome == PanelOutcome.ENTRY):
        raise BadInput({"outcome": ["The terms of an entry go with an entry, and only with one."]})
    if terms.spoc is None:
        if outcome == PanelOutcome.SPOC or (spoc_needed and not has_spoc):
            raise BadInput({"officer": ["Say who the single point of contact is."]})
    elif not spoc_needed:
        told = "The panel found that no single point of contact is needed."
        raise BadInput({"officer": [told]})
