"""Who looked: the use of a register in a month, what is unusual in it, and its review (A40, L5)."""

from .lines import Period, by_entry, by_person, month_of_use
from .reviewing import UsageStanding, sign_usage, usage_standing
from .unusual import unusual_use
from .warning import warn_of_unusual_use

__all__ = [
    "Period",
    "UsageStanding",
    "by_entry",
    "by_person",
    "month_of_use",
    "sign_usage",
    "unusual_use",
    "usage_standing",
    "warn_of_unusual_use",
]
