"""How long a case file is kept, and why it is erased then (A32, A34, L13).

Everything follows from what is stored about the file; a clock that was set back finds nothing
due, and one run ten days late finds all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .states import EntryState, ReportState
from .vocabulary import DecisionOutcome, Vocabulary, WhyEnded

LETTERS_AT_MOST = timedelta(days=30)


class Cause(Vocabulary):
    """Why a file was erased."""

    EXPIRED = "expired", "The term of its entry was over"
    ENDED = "ended", "Its entry was removed"
    DECLINED = "declined", "The report led to no entry"
    WARNED = "warned", "The report led to a warning letter"
    UNDECIDED = "undecided", "Nobody decided on the report"
    DRAFT = "draft", "A draft that nobody went on with"
    REPLAYED = "replayed", "Erased before; a backup had brought it back"


@dataclass(frozen=True)
class Terms:
    """How long each kind of file is kept; settings of the council."""

    declined: timedelta
    warned: timedelta
    undecided: timedelta
    draft: timedelta


@dataclass(frozen=True)
class EntryFacts:
    """What counts of one entry."""

    state: str
    why: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True)
class ReportFacts:
    """What counts of the report that opened the file."""

    state: str
    changed_at: datetime
    outcome: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class FileFacts:
    """What counts of a file and of all that were joined to it.

    :ivar report: of the file itself; the joined files' reports go with it.
    :ivar owes_letters: a letter to the individual is still to be sent.
    :ivar held: a legal hold is in force.
    """

    opened_at: datetime
    entries: tuple[EntryFacts, ...] = ()
    report: ReportFacts | None = None
    owes_letters: bool = False
    held: bool = False


def due(facts: FileFacts, terms: Terms) -> tuple[datetime, Cause] | None:
    """When the file is to be erased, and why; None while an entry of it is live or held.

    A legal hold changes nothing about the day: it only stops the erasing (:func:`is_to_be_erased`).
    """
    if facts.entries:
        return _after_entries(facts)
    if facts.report is None:
        return facts.opened_at + terms.undecided, Cause.UNDECIDED
    return _after_report(facts.report, terms)


def is_to_be_erased(facts: FileFacts, terms: Terms, *, at: datetime) -> Cause | None:
    """Why the file is to be erased at this instant; None when it is not, or must not."""
    found = due(facts, terms)
    return found[1] if found and found[0] <= at and not facts.held else None


def _after_entries(facts: FileFacts) -> tuple[datetime, Cause] | None:
    """After the last of the entries: an expired one at once, any other when its letters are out."""
    if any(entry.state != EntryState.ENDED for entry in facts.entries):
        return None
    wait = LETTERS_AT_MOST if facts.owes_letters else timedelta(0)
    return max(_ends(facts.entries, wait), key=lambda end: end[0])


def _ends(entries: Iterable[EntryFacts], wait: timedelta) -> Iterable[tuple[datetime, Cause]]:
    for entry in entries:
        if entry.ended_at is None:
            continue
        if entry.why == WhyEnded.EXPIRED:
            yield entry.ended_at, Cause.EXPIRED
        else:
            yield entry.ended_at + wait, Cause.ENDED


def _after_report(report: ReportFacts, terms: Terms) -> tuple[datetime, Cause]:
    if report.state == ReportState.DRAFT:
        return report.changed_at + terms.draft, Cause.DRAFT
    if report.decided_at is None:
        return report.changed_at + terms.undecided, Cause.UNDECIDED
    if report.outcome == DecisionOutcome.DECLINE:
        return report.decided_at + terms.declined, Cause.DECLINED
    if report.outcome == DecisionOutcome.WARNING:
        return report.decided_at + terms.warned, Cause.WARNED
    return report.decided_at + terms.undecided, Cause.UNDECIDED
