"""The review of an entry: signed twice, on fresh answers, and told before it closes (A30–A37)."""

from .closing import check_told, close_review
from .lapsing import lapsing_entries
from .opening import open_review
from .past import last_answers, last_decided_at, new_reports
from .proposing import propose_review
from .signing import send_back_review, sign_review

__all__ = [
    "check_told",
    "close_review",
    "lapsing_entries",
    "last_answers",
    "last_decided_at",
    "new_reports",
    "open_review",
    "propose_review",
    "send_back_review",
    "sign_review",
]
