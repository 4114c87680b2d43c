"""Files are erased when their time has come, and stay erased (A32, A34, L7)."""

from .erasing import Erased, erase_due, erase_file, when_due
from .records import erase_delivered_mail, erase_old_records
from .replaying import replay
from .steps import journal_is_missing

__all__ = [
    "Erased",
    "erase_delivered_mail",
    "erase_due",
    "erase_file",
    "erase_old_records",
    "journal_is_missing",
    "replay",
    "when_due",
]
