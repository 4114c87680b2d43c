"""When something is due, in words: "due tomorrow, Tuesday 2 December 2026"."""

from datetime import date


def plain_day(day: date) -> str:
    """2 December 2026."""
    return f"{day.day} {day:%B %Y}"


def day_in_words(day: date) -> str:
    """Tuesday 2 December 2026."""
    return f"{day:%A} {plain_day(day)}"


def due_in_words(due_on: date, *, today: date) -> str:
    """How a clock stands; the day itself is always named."""
    days = (due_on - today).days
    named = day_in_words(due_on)
    if days < 0:
        late = "1 day" if days == -1 else f"{-days} days"
        return f"overdue by {late}: was due {named}"
    if days == 0:
        return f"due today, {named}"
    return f"due tomorrow, {named}" if days == 1 else f"due {named}"


def is_overdue(due_on: date, *, today: date) -> bool:
    """Whether the day has passed. The due day itself is still in time."""
    return due_on < today
