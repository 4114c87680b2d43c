"""How long a case file is kept, and why it is erased then (A32, A34, L13).

Everything follows from what is stored about the file; a clock that was set back finds nothing
due, and one run ten days late finds all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .states import CaseState, EntryState, ReportState
from .vocabulary import DecisionOutcome, PanelOutcome, Vocabulary, WhyEnded

LETTERS_AT_MOST = timedelta(days=30)
REQUESTS_AT_MOST = timedelta(days=92)  # three months, however many requests are made
DIVERTS_AT_MOST = timedelta(days=14)  # until a divert is off that was to be switched off


class Cause(Vocabulary):
    """Why a file was erased."""

    EXPIRED = "expired", "The term of its entry was over"
    ENDED = "ended", "Its entry was removed"
    DECLINED = "declined", "The report led to no entry"
    WARNED = "warned", "The report led to a warning letter"
    ARRANGED = "arranged", "Its single point of contact has ended"
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
class CaseFacts:
    """What counts of one case before the panel.

    :ivar at: when it was settled, or referred where it waits still.
    :ivar outcome: what was carried; empty where nothing was.
    """

    state: str
    at: datetime
    outcome: str = ""


@dataclass(frozen=True)
class FileFacts:
    """What counts of a file and of all that were joined to it.

    :ivar report: of the file itself; the joined files' reports go with it.
    :ivar cases: before the panel, but for those about an entry, which go with the entry.
    :ivar arrangements: when each single point of contact ended that stood without an entry; None
        for one that stands.
    :ivar diverts_end: when it was decided that diverts end which are on still.
    :ivar owes_letters: a letter to the individual is still to be sent.
    :ivar held: a legal hold is in force.
    :ivar held_until: when the last of those ended that are over.
    :ivar asked: somebody has asked what is held about them and waits for the answer.
    """

    opened_at: datetime
    entries: tuple[EntryFacts, ...] = ()
    report: ReportFacts | None = None
    cases: tuple[CaseFacts, ...] = ()
    arrangements: tuple[datetime | None, ...] = ()
    diverts_end: tuple[datetime, ...] = ()
    owes_letters: bool = False
    held: bool = False
    held_until: datetime | None = None
    asked: bool = False


def due(facts: FileFacts, terms: Terms) -> tuple[datetime, Cause] | None:
    """When the file is to be erased, and why; None while an entry of it is live or held.

    Nor is it while a single point of contact stands. A divert that is still on keeps the file for
    a fortnight more at most: whoever runs mail must know what to switch off. A legal hold, or a
    request for what is held, changes nothing about the day: it only stops the erasing
    (:func:`is_kept`).
    """
    if None in facts.arrangements:
        return None
    found = _after_entries(facts, terms) if facts.entries else _without_entry(facts, terms)
    if found is None or not facts.diverts_end:
        return found
    return max(found[0], max(facts.diverts_end) + DIVERTS_AT_MOST), found[1]


def is_to_be_erased(facts: FileFacts, terms: Terms, *, at: datetime) -> Cause | None:
    """Why the file is to be erased at this instant; None when it is not, or must not."""
    found = due(facts, terms)
    return found[1] if found and found[0] <= at and not is_kept(facts, found[0], at=at) else None


def is_kept(facts: FileFacts, due_at: datetime, *, at: datetime) -> bool:
    """Whether a file that was due stays: for a legal hold, or until a request is answered.

    All requests together keep it for three months from the day on which nothing else did, so that
    nobody keeps a file for ever by asking again.
    """
    since = max(due_at, facts.held_until or due_at)
    return facts.held or (facts.asked and at < since + REQUESTS_AT_MOST)


def _after_entries(facts: FileFacts, terms: Terms) -> tuple[datetime, Cause] | None:
    """After the last of the entries: an expired one at once, any other when its letters are out.

    What waits for the panel on the same file is waited for as on any other.
    """
    if any(entry.state != EntryState.ENDED for entry in facts.entries):
        return None
    wait = LETTERS_AT_MOST if facts.owes_letters else timedelta(0)
    waiting = [each for each in facts.cases if each.state == CaseState.WAITING]
    ends = [*_ends(facts.entries, wait), *(_after_case(each, terms) for each in waiting)]
    return max([*ends, *_after_arrangements(facts)], key=lambda end: end[0])


def _without_entry(facts: FileFacts, terms: Terms) -> tuple[datetime, Cause]:
    """After the last of what was done about it: by a director, by the panel, by an arrangement."""
    ends = [*(_after_case(each, terms) for each in facts.cases), *_after_arrangements(facts)]
    if facts.report is not None and not (ends and _is_the_panels(facts.report)):
        ends.append(_after_report(facts.report, terms))
    if not ends:
        return facts.opened_at + terms.undecided, Cause.UNDECIDED
    return max(ends, key=lambda end: end[0])


def _is_the_panels(report: ReportFacts) -> bool:
    """Whether it was the panel that decided on the report, so that its decision has the clock."""
    return report.state == ReportState.DECIDED and report.decided_at is None


def _after_case(case: CaseFacts, terms: Terms) -> tuple[datetime, Cause]:
    if case.state == CaseState.WAITING:
        return case.at + terms.undecided, Cause.UNDECIDED
    if case.outcome in (PanelOutcome.LETTER, PanelOutcome.SPOC):
        return case.at + terms.warned, Cause.WARNED
    return case.at + terms.declined, Cause.DECLINED


def _after_arrangements(facts: FileFacts) -> list[tuple[datetime, Cause]]:
    return [(ended, Cause.ARRANGED) for ended in facts.arrangements if ended is not None]


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
