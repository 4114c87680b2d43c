"""An employee reports an incident or a concern, page by page, and sends it (A3, A6, A7)."""

from .drafts import (
    OPEN_STATES,
    discard_draft,
    find_own_report,
    pages_now,
    save_page,
    start_report,
)
from .listed import is_described, look_whether_listed
from .submission import submit_report
from .whole import report_at_once

__all__ = [
    "OPEN_STATES",
    "discard_draft",
    "find_own_report",
    "is_described",
    "look_whether_listed",
    "pages_now",
    "report_at_once",
    "save_page",
    "start_report",
    "submit_report",
]
