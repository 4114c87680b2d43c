"""Is this person, or this place, on the register? The moment that the product exists for (L4)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from cautionary_plugin.access.entry_facts import marked_under_appeal, measures_of, who_or_where
from cautionary_plugin.access.standing import Standing
from cautionary_plugin.access.systems import standing_for
from cautionary_plugin.lookup.facts import Match, Question
from cautionary_plugin.lookup.register import search
from cautionary_plugin.models import Entry, Register
from cautionary_plugin.rules.audience import View, view_for
from cautionary_plugin.rules.errors import NotAllowed
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose

from .access import record, record_checks, record_entries
from .base import write_alias

logger = logging.getLogger(__name__)

MOST = 10


@dataclass(frozen=True, repr=False)
class Finding:
    """One entry that the question may mean, and how much of it the person sees.

    Opened as a whole before the answer is given: what does not open fails the check.

    :ivar match: strong or possible, and the facts that agree and differ.
    :ivar title: the name of the person, or the address of the premises.
    :ivar measures: how to stay safe, in words.
    """

    entry: Entry
    match: Match
    view: View
    title: str
    handling: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One of three answers: found, none recorded, the check failed (L4).

    :ivar several: found, but what was typed is true of entries that it does not tell apart. They
        are not listed: the officer is asked for a second fact.
    :ivar more: more entries fit than are given.
    :ivar behind: the few of whom "several" tells; they are recorded, and not shown.
    """

    outcome: Outcome
    at: datetime
    registers: tuple[Register, ...]
    findings: tuple[Finding, ...] = ()
    several: bool = False
    more: bool = False
    behind: tuple[Entry, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """All of whom the answer tells, in one way or the other."""
        return [*(found.entry for found in self.findings), *self.behind]


def check_register(*, question: Question, purpose: Purpose, by: Any, at: datetime) -> Answer:
    """Check the registers that the person may read: :func:`check_each` of one question."""
    return check_each(questions=[question], purpose=purpose, by=by, at=at)[0]


def check_each(
    *, questions: Sequence[Question], purpose: Purpose, by: Any, at: datetime
) -> list[Answer]:
    """Check the registers that the person may read, for each question by itself.

    Whatever goes wrong is answered "the check failed", never "none recorded": an officer who
    reads "none" will knock. An answer that cannot be recorded is not given either (L5).

    Who asks, and which registers, is found out once for all of them; that the index is as new as
    the database, for each.

    :raises NoReadingGrant, BriefingLapsed: the person may read no register.
    """
    registers: tuple[Register, ...] = ()
    try:
        with transaction.atomic(using=write_alias()):
            standing = standing_for(by, at=at)
            standing.check_may_read()
            registers = tuple(each for each in Register.objects.all() if standing.may_read(each))
            answers = [_answer(question, registers, standing) for question in questions]
            outcomes = [each.outcome for each in answers]
            record_checks(outcomes=outcomes, by=by, at=at, purpose=purpose)
            record_entries(
                act=Act.SHOWN,
                entries=(entry for each in answers for entry in each.entries),
                by=by,
                at=at,
                purpose=purpose,
            )
    except NotAllowed:
        raise
    except Exception as failure:  # any fault at all must read "failed", never "none"
        logger.error("A check failed: %s", type(failure).__name__)
        return [_failed(registers, purpose=purpose, by=by, at=at) for _question in questions]
    return answers


def _answer(question: Question, registers: tuple[Register, ...], standing: Standing) -> Answer:
    """The answer to one question. What does not open fails this one, and no other."""
    try:
        return _found(question, registers, standing)
    except DatabaseError:  # nothing more can be asked or recorded in this transaction
        raise
    except Exception as failure:  # any fault at all must read "failed", never "none"
        logger.error("A check failed: %s", type(failure).__name__)
        return Answer(Outcome.FAILED, standing.at, registers)


def _found(question: Question, registers: tuple[Register, ...], standing: Standing) -> Answer:
    entries: dict[Any, Entry] = {}

    def visible(keys: list[UUID]) -> dict[Any, Entry]:
        if not keys:
            return entries
        live = Entry.objects.live_at(standing.at).filter(pk__in=keys, register__in=registers)
        related = marked_under_appeal(live).select_related(
            "register", "case_file__person", "case_file__premises"
        )
        entries.update({entry.pk: entry for entry in related.prefetch_related("audience")})
        return entries

    keys = {register.pk for register in registers}
    found = search(question, limit=MOST, visible=visible, registers=keys)
    outcome = Outcome.FOUND if found.matches or found.several else Outcome.NONE_RECORDED
    answer = Answer(outcome, standing.at, registers, several=found.several, more=found.more)
    if found.several:
        return replace(answer, more=False, behind=tuple(entries[each.key] for each in found.behind))
    findings = tuple(_finding(entries[each.key], each, standing) for each in found.matches)
    return replace(answer, findings=findings)


def _finding(entry: Entry, match: Match, standing: Standing) -> Finding:
    return Finding(
        entry=entry,
        match=match,
        view=how_much(entry, standing),
        title=who_or_where(entry),
        handling=entry.handling,
        measures=tuple(measures_of(entry)),
    )


def how_much(entry: Entry, standing: Standing) -> View:
    """How much of an entry the person sees (L1)."""
    return view_for(
        services=standing.services(entry.register),
        audience={service.slug for service in entry.audience.all()},
        reads_basis=Power.READ_BASIS in standing.powers(entry.register),
    )


def _failed(registers: tuple[Register, ...], *, purpose: Purpose, by: Any, at: datetime) -> Answer:
    try:
        record(act=Act.CHECKED, by=by, at=at, purpose=purpose, outcome=Outcome.FAILED)
    except Exception as failure:  # the answer is the same, recorded or not
        logger.error("A failed check could not be recorded: %s", type(failure).__name__)
    return Answer(Outcome.FAILED, at, registers)
