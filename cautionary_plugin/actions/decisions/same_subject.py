"""Is the subject of a report on the register already? (L3: nobody is marked for another.)"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cautionary_plugin.access.entry_facts import who_or_where
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record, record_entries
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.subject_questions import about_person, about_place
from cautionary_plugin.lookup.facts import Facts, Match, Question
from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.register import facts_of_person, facts_of_premises, search
from cautionary_plugin.models import Entry, IncidentReport, Person, Premises, Register
from cautionary_plugin.rules.errors import LookupOutOfStep, NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose

MOST = 5
LIKELY = ("strong", "possible")


@dataclass(frozen=True, repr=False)
class Lookalike:
    """An entry, live or held, that may be about the subject of the report.

    :ivar title: the name of the person, or the address of the premises.
    :ivar agree: which facts agree, in words; ``differ`` likewise.
    """

    entry: Entry
    strong: bool
    title: str
    agree: tuple[str, ...]
    differ: tuple[str, ...]

    @property
    def state(self) -> str:
        """Live, or held for a signature."""
        return EntryState(self.entry.state).label


@action
def same_subject(*, report: IncidentReport, by: Any, at: datetime) -> tuple[Lookalike, ...]:
    """Look in the register for the subject of a report, and record what was shown (L5).

    :raises NotYourPost, BriefingLapsed: ``by`` does not decide on this register.
    :raises NotReady: the register cannot be checked.
    """
    standing_of(by, at=at).check_may_handle(Power.DECIDE, report.register)
    found = look_for(report, register=report.register, at=at)
    record_looked(found, register=report.register, by=by, at=at)
    return found


def record_looked(
    found: tuple[Lookalike, ...], *, register: Register, by: Any, at: datetime
) -> None:
    """Record that somebody has looked for a subject, and which entries were shown (L5)."""
    record(
        act=Act.CHECKED,
        by=by,
        at=at,
        register=register,
        purpose=Purpose.SUPERVISION,
        outcome=Outcome.FOUND if found else Outcome.NONE_RECORDED,
    )
    record_entries(
        act=Act.SHOWN,
        entries=(each.entry for each in found),
        by=by,
        at=at,
        purpose=Purpose.SUPERVISION,
    )


def look_for(report: IncidentReport, *, register: Register, at: datetime) -> tuple[Lookalike, ...]:
    """The entries of a register and of the same kind, live or held, that may be about the subject.

    :raises NotReady: the register cannot be checked, which is never taken for "none" (L4).
    """
    theirs = Entry.objects.filter(
        register=register, case_file__kind=report.case_file.kind, expires_at__gt=at
    ).select_related("register", "case_file__person", "case_file__premises")
    held = {entry.pk: entry for entry in theirs.filter(state=EntryState.HELD)}
    entries: dict[Any, Entry] = {**held}

    def visible(keys: list[UUID]) -> dict[Any, Entry]:
        entries.update(theirs.filter(state=EntryState.LIVE).in_bulk(keys))
        return entries

    matches: dict[Any, Match] = {}
    unsigned = Index((pk, _facts_of(entry.case_file.subject)) for pk, entry in held.items())
    try:
        for question in _questions(report.case_file.subject):
            held_too = [each for each in unsigned.search(question) if each.strength in LIKELY]
            there = search(question, limit=MOST, visible=visible, registers={register.pk}).matches
            for match in (*there, *held_too):
                known = matches.get(match.key)
                if known is None or match.score > known.score:
                    matches[match.key] = match
    except LookupOutOfStep:
        sentence = "The register cannot be checked for the same person or place just now."
        raise NotReady(sentence, missing=[sentence]) from None
    likeliest = sorted(matches.values(), key=lambda match: -match.score)[:MOST]
    return tuple(_lookalike(entries[match.key], match) for match in likeliest)


def _facts_of(subject: Person | Premises) -> Facts:
    if isinstance(subject, Person):
        return facts_of_person(subject.identity, subject.born_on)
    return facts_of_premises(subject.identity)


def _lookalike(entry: Entry, match: Match) -> Lookalike:
    return Lookalike(
        entry=entry,
        strong=match.strength == "strong",
        title=who_or_where(entry),
        agree=tuple(reason.words for reason in match.agree),
        differ=tuple(reason.words for reason in match.differ),
    )


def _questions(subject: Person | Premises) -> Iterator[Question]:
    if isinstance(subject, Premises):
        return about_place(subject.identity.address)
    return about_person(subject.identity, subject.born_on)
