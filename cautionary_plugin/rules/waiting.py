"""How long somebody must wait, in words."""

from .errors import TooManyAttempts

UNITS = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)]


def in_words(seconds: int) -> str:
    """A length of time, rounded up to whole units: "4 minutes"."""
    for unit, length in UNITS:
        if seconds >= length:
            count = -(-seconds // length)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "1 second"


def too_many_attempts(seconds: int) -> TooManyAttempts:
    """The refusal to look at another attempt, which says how long to wait."""
    return TooManyAttempts(
        f"There were too many wrong codes. Try again in {in_words(seconds)}.", wait_seconds=seconds
    )
