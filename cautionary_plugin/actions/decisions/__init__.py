"""The director decides on a report (A10–A19)."""

from .beside import facts_beside
from .decide import check_decision, decide_report
from .gates import hindrance_to, missing_before_decision
from .same_subject import Lookalike, same_subject

__all__ = [
    "Lookalike",
    "check_decision",
    "decide_report",
    "facts_beside",
    "hindrance_to",
    "missing_before_decision",
    "same_subject",
]
