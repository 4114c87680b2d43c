"""Who writes which letter: the director, the relevant Operations Manager, or Legal (B31, B43)."""

from .posts import Power
from .vocabulary import LetterKind, Risk, Route

WRITER: dict[LetterKind, Power] = {
    LetterKind.ADDITION: Power.WRITE_LETTERS,
    LetterKind.RETENTION: Power.WRITE_LETTERS,
    LetterKind.APPEAL: Power.WRITE_LETTERS,
    LetterKind.REMOVAL: Power.WRITE_LETTERS,
    LetterKind.WARNING: Power.WRITE_LETTERS,
    LetterKind.SCHEDULE: Power.WRITE_SCHEDULE_LETTERS,
    LetterKind.SCHEDULE_HIGH: Power.WRITE_LEGAL_LETTERS,
    LetterKind.EXPECTED: Power.WRITE_SCHEDULE_LETTERS,
    LetterKind.SPOC: Power.WRITE_SCHEDULE_LETTERS,
    LetterKind.DIVERT: Power.WRITE_SCHEDULE_LETTERS,
}

WRITERS = frozenset(WRITER.values())

# The letters that one colleague is asked to write, by name.
BY_ONE = tuple(kind for kind, power in WRITER.items() if power is Power.WRITE_SCHEDULE_LETTERS)
OF_THE_PANEL = tuple(kind for kind, power in WRITER.items() if power is not Power.WRITE_LETTERS)

_ON: dict[Route, tuple[LetterKind, ...]] = {
    Route.DIRECTOR: tuple(kind for kind in LetterKind if kind not in OF_THE_PANEL),
    # An appeal, a review and a removal end with the letters of either register.
    Route.PANEL: (*OF_THE_PANEL, LetterKind.APPEAL, LetterKind.REMOVAL),
}


def kinds_of(power: Power) -> tuple[LetterKind, ...]:
    """The letters that a power is to write."""
    return tuple(kind for kind, writer in WRITER.items() if writer is power)


def kinds_on(route: str) -> tuple[LetterKind, ...]:
    """The letters that are sent about a register on which a director, or a panel, decides."""
    return _ON[Route(route)]


def tells_of_entry(route: str, risk: str) -> LetterKind:
    """The letter that tells somebody of a new entry (A22, B31, B43)."""
    if Route(route) is Route.DIRECTOR:
        return LetterKind.ADDITION
    return LetterKind.SCHEDULE_HIGH if Risk(risk) is Risk.HIGH else LetterKind.SCHEDULE
