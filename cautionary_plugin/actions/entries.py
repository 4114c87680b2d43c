"""Open an entry, acknowledge it, sign off one that was held."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cautionary_plugin.access.entry_facts import marked_under_appeal
from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import Acknowledgement, Entry
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import IllegalMove, NoSuchEntry
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState, check_move
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, Purpose

from .access import record
from .announcing import case_behind, owe_announcement
from .base import action, lock
from .check import how_much
from .lookup_state import advance


@action
def view_entry(*, reference: str, purpose: Purpose, by: Any, at: datetime) -> tuple[Entry, View]:
    """Open a live entry by its reference, and record that it was opened.

    :raises NoSuchEntry: there is none for this person.
    """
    standing = standing_of(by, at=at)
    entry = _live(reference, standing, at)
    record(
        act=Act.VIEWED,
        by=by,
        at=at,
        register=entry.register,
        reference=reference,
        purpose=purpose,
    )
    return entry, how_much(entry, standing)


@action
def open_for_review(*, entry: Entry, by: Any, at: datetime) -> None:
    """Record that somebody who keeps or reviews the register opened an entry, held or live.

    :raises NotYourPost: ``by`` neither keeps nor reviews this register.
    :raises BriefingLapsed: a lapse suspends access at once (A49).
    :raises Excluded: ``by`` is shut out of a case about it (B11).
    """
    standing = standing_of(by, at=at)
    standing.check_power(Power.READ_BASIS, entry.register)
    standing.check_may_read(entry.register)
    check_entry_not_shut_out(entry, by)
    record(
        act=Act.VIEWED,
        by=by,
        at=at,
        register=entry.register,
        reference=entry.reference,
        purpose=Purpose.SUPERVISION,
    )


@action
def acknowledge_entry(*, reference: str, by: Any, at: datetime) -> Acknowledgement:
    """Say that a high-risk entry was read and will be followed; once a day (L12).

    :raises NoSuchEntry: as :func:`view_entry`.
    """
    entry = _live(reference, standing_of(by, at=at), at)
    acknowledgement, made = Acknowledgement.objects.get_or_create(
        entry=entry, user=by, day=timezone.localdate(at), defaults={"at": at}
    )
    if made:
        record(act=Act.ACKNOWLEDGED, by=by, at=at, register=entry.register, reference=reference)
    return acknowledgement


@action
def sign_off_entry(*, entry: Entry, by: Any, at: datetime) -> Entry:
    """Make an entry live that was held because the person is under 18 (L2).

    From now colleagues and the individual are to be told, where a decision made it (A20, A22).

    :raises NotYourPost: ``by`` holds no senior post of the register.
    :raises BriefingLapsed: nobody signs what they may not read.
    :raises SamePerson: ``by`` has made the entry.
    :raises IllegalMove: the entry is not held, or its term is over.
    """
    entry = lock(entry)
    check_move(EntryState, entry.state, EntryState.LIVE, by=Power.SIGN_OFF_CHILDREN)
    standing = standing_of(by, at=at)
    standing.check_power(Power.SIGN_OFF_CHILDREN, entry.register)
    standing.check_may_read(entry.register)
    check_entry_not_shut_out(entry, by)
    check_second_person(first=entry.made_by_id, second=by.pk)
    if entry.expires_at <= at:
        raise IllegalMove("The term of this entry is over.")
    entry.state, entry.signed_off_by, entry.signed_off_at = EntryState.LIVE, by, at
    entry.changed = advance(added=1)
    entry.save(update_fields=["state", "signed_off_by", "signed_off_at", "changed"])
    record(act=Act.SIGNED_OFF, by=by, at=at, register=entry.register, reference=entry.reference)
    if entry.decisions.filter(outcome=DecisionOutcome.ADD).exists() or case_behind(entry):
        owe_announcement(entry=entry, at=at)
    return entry


def _live(reference: str, standing: Standing, at: datetime) -> Entry:
    found: QuerySet[Entry] = Entry.objects.live_at(at).filter(reference=reference)
    entry = (
        marked_under_appeal(found)
        .select_related("register", "case_file__person", "case_file__premises")
        .prefetch_related("audience")
        .first()
    )
    if entry is None or not standing.may_read(entry.register):
        raise NoSuchEntry("There is no live entry with this reference for you.")
    return entry
