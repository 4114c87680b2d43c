"""The quarter's check of a register: the owner signs that every entry was looked at (A30)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Min
from django.utils import timezone

from cautionary_plugin.access.entry_facts import marked_under_appeal
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Entry, QuarterlyCheck, Register
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.reviews import Quarter, missed, quarter_of, window
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock
from .reviews.lapsing import lapses_in


@dataclass(frozen=True, repr=False)
class QuarterList:
    """What is signed: every entry that has not ended, and how many lapse next quarter.

    :ivar digest: SHA-256 over reference, state and end of each.
    """

    entries: list[Entry]
    lapsing: int
    digest: str


def list_of_quarter(register: Register, *, at: datetime) -> QuarterList:
    """The list as it is at an instant."""
    entries = Entry.objects.filter(register=register, expires_at__gt=at)
    entries = entries.exclude(state=EntryState.ENDED).order_by("reference")
    lapsing = lapses_in(entries, window(timezone.localdate(at))).count()
    listed = list(marked_under_appeal(entries))
    lines = [f"{each.reference} {each.state} {each.expires_at.isoformat()}" for each in listed]
    return QuarterList(listed, lapsing, sha256("\n".join(lines).encode()).hexdigest())


@action
def sign_quarterly_check(
    *, register: Register, digest: str, by: Any, at: datetime
) -> QuarterlyCheck:
    """Sign that every entry of the list was looked at in this quarter.

    :param digest: of the list that the person has looked at.
    :raises NotYourPost: ``by`` signs no reviews of this register.
    :raises AlreadyDone: this quarter is signed.
    :raises BadInput: the register has changed since the list was opened.
    """
    register = lock(register)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS, register)
    quarter = quarter_of(timezone.localdate(at))
    if register.checks.filter(quarter=quarter.starts_on).exists():
        raise AlreadyDone(f"The check of {quarter.in_words} is signed already.")
    listed = list_of_quarter(register, at=at)
    if listed.digest != digest:
        raise BadInput(
            {"": ["The register has changed since you opened the list. Look at it again."]}
        )
    signed = QuarterlyCheck.objects.create(
        register=register,
        quarter=quarter.starts_on,
        signed_by=by,
        signed_at=at,
        entries=len(listed.entries),
        lapsing=listed.lapsing,
        digest=listed.digest,
    )
    record(act=Act.QUARTERLY, by=by, at=at, register=register)
    return signed


@dataclass(frozen=True)
class QuarterlyStanding:
    """How a register stands with its checks; computed, never stored.

    :ivar signed: the check of the current quarter, if there is one.
    :ivar missed: earlier quarters that nobody signed, oldest first.
    """

    current: Quarter
    signed: QuarterlyCheck | None
    missed: list[Quarter]
    owed: bool


def quarterly_standing(register: Register, *, at: datetime) -> QuarterlyStanding:
    """Which quarter is owed, and which were missed since the register's first entry."""
    today = timezone.localdate(at)
    checks = {Quarter(check.quarter): check for check in register.checks.all()}
    begun = register.entries.aggregate(first=Min("made_at"))["first"]
    known = [*checks, *([quarter_of(timezone.localdate(begun))] if begun else [])]
    current = quarter_of(today)
    signed = checks.get(current)
    return QuarterlyStanding(
        current=current,
        signed=signed,
        missed=missed(first=min(known, default=current), signed=checks.keys(), today=today),
        owed=signed is None and bool(known),
    )
