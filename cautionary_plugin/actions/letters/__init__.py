"""Letters to the individual: a duty first, then words, then a date and a method (A22, B31)."""

from .contents import (
    Preview,
    PreviewItem,
    changed_since_issue,
    preview,
    wording_for,
)
from .exemptions import end_exemption, exempt_from_letter, open_exemption, retest_exemption
from .handing_over import hand_over_letter
from .owing import check_writer, letter_reference, owe_letter
from .panel_facts import OWN_NAMES, changes_to_approach, facts_lacking
from .sending import record_sent, send_by_email, stop_email
from .wordings import keep_wording
from .writing import issue_letter, open_letter, reissue_letter, write_letter

__all__ = [
    "OWN_NAMES",
    "Preview",
    "PreviewItem",
    "changed_since_issue",
    "changes_to_approach",
    "check_writer",
    "end_exemption",
    "exempt_from_letter",
    "facts_lacking",
    "hand_over_letter",
    "issue_letter",
    "keep_wording",
    "letter_reference",
    "open_exemption",
    "open_letter",
    "owe_letter",
    "preview",
    "record_sent",
    "reissue_letter",
    "retest_exemption",
    "send_by_email",
    "stop_email",
    "wording_for",
    "write_letter",
]
