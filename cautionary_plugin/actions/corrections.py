"""Facts of an entry are disputed, put right, or the whole entry withdrawn as an error (L3)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import Appeal, Correction, Entry, Person, Premises
from cautionary_plugin.rules.corrections import (
    OF_A_PERSON,
    OF_PREMISES,
    Correctable,
    check_identity,
    check_value,
    correctable,
    in_words,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotYourPost
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState, EntryState
from cautionary_plugin.rules.variations import LIMITS
from cautionary_plugin.rules.vocabulary import Act, AppealOutcome, Route, WhyEnded

from .access import record
from .base import action, lock
from .ending import end_entry
from .lookup_state import advance
from .removal import tell_of_removal

SETTLED = "dispute"
WITHDRAWN = "withdrawn"
DISPUTERS = frozenset({Power.DECIDE, Power.RECORD_APPEALS})


@action
def dispute_accuracy(*, entry: Entry, by: Any, at: datetime) -> Entry:
    """From now everybody who opens the entry sees that its accuracy is disputed.

    :raises NotYourPost: ``by`` neither decides on this register nor records appeals.
    :raises BriefingLapsed: whose post also reads is briefed (A49).
    :raises IllegalMove: the entry counts no more.
    :raises AlreadyDone: it is disputed.
    """
    entry = lock(entry)
    standing = standing_of(by, at=at)
    standing.check_any_power(DISPUTERS, entry.register)
    standing.check_briefed_if_reading(entry.register)
    check_entry_not_shut_out(entry, by)
    _check_counts(entry, at)
    if entry.disputed_at:
        raise AlreadyDone("The accuracy of this entry is disputed already.")
    _set_dispute(entry, at)
    record(act=Act.CORRECTED, by=by, at=at, register=entry.register, reference=entry.reference)
    return entry


@action
def settle_dispute(*, entry: Entry, reasons: str, by: Any, at: datetime) -> Correction:
    """The facts were looked at again: they stand, or were put right before this.

    :raises NotYourPost: ``by`` does not decide on this register.
    :raises AlreadyDone: nothing is disputed.
    :raises BadInput: no ``reasons``.
    """
    entry = lock(entry)
    _check_keeper(standing_of(by, at=at), entry)
    _check_counts(entry, at)
    if not entry.disputed_at:
        raise AlreadyDone("The accuracy of this entry is not disputed.")
    check_reason(reasons, field="reasons")
    _set_dispute(entry, None)
    return _note(entry, SETTLED, reasons=reasons, by=by, at=at)


@action
def correct_entry(
    *, entry: Entry, fact: Correctable, value: Any, reasons: str, by: Any, at: datetime
) -> Correction:
    """Put a fact right, and keep what stood there before (L3).

    :param value: of the type that the fact has: text, a date, a tuple of texts or addresses, or
        codes of the vocabulary.
    :raises NotYourPost: ``by`` does not decide on this register.
    :raises IllegalMove: the entry counts no more.
    :raises BadInput: under ``fact``, ``value`` or ``reasons``.
    """
    entry = lock(entry)
    _check_keeper(standing_of(by, at=at), entry)
    _check_counts(entry, at)
    fact, today = Correctable(fact), timezone.localdate(at)
    if fact not in correctable(entry.case_file.kind, route=entry.register.route):
        raise BadInput({"fact": ["An entry of this kind has no such fact."]})
    check_reason(reasons, field="reasons")
    before = value_of(entry, fact)
    check_value(fact, value, before=before, on=today)
    _check_not_taken_away(entry, fact, value, before)
    _put(entry, fact, value, today)
    return _note(
        entry,
        fact,
        before=in_words(fact, before),
        after=in_words(fact, value),
        reasons=reasons,
        by=by,
        at=at,
    )


@action
def withdraw_entry(*, entry: Entry, reasons: str, by: Any, at: datetime) -> Entry:
    """End an entry that should never have been made.

    The individual is told where a letter about the entry may have reached them; one that was
    not yet written is owed no more.

    :raises NotYourPost: ``by`` does not decide on this register, or a panel does (B3).
    :raises IllegalMove: it has ended.
    :raises BadInput: no ``reasons``.
    """
    entry = lock(entry)
    _check_keeper(standing_of(by, at=at), entry)
    if entry.register.route == Route.PANEL:
        raise NotYourPost("The panel decides on this entry: ask it to correct its decision.")
    check_reason(reasons, field="reasons")
    end_entry(entry=entry, why=WhyEnded.ERROR, by=Power.DECIDE, at=at)
    Correction.objects.create(entry=entry, fact=WITHDRAWN, reasons=reasons, made_by=by, made_at=at)
    record(act=Act.REMOVED, by=by, at=at, register=entry.register, reference=entry.reference)
    tell_of_removal(entry=entry, at=at)
    return entry


def value_of(entry: Entry, fact: Correctable) -> Any:
    """What stands on file for a fact."""
    subject = entry.case_file.subject
    if fact is Correctable.BORN_ON and isinstance(subject, Person):
        return subject.born_on
    if fact in (*OF_A_PERSON, *OF_PREMISES):
        return getattr(subject.identity, fact.value)
    return getattr(entry, fact.value)


def _check_not_taken_away(entry: Entry, fact: Correctable, value: Any, before: Any) -> None:
    """What an appeal has taken away does not come back as a correction (A24).

    :raises BadInput: under ``value``.
    """
    if fact not in (Correctable.MARKERS, Correctable.CONTROL_MEASURES, Correctable.RESTRICTIONS):
        return
    more = set(value) - set(before)
    if fact is Correctable.CONTROL_MEASURES:
        more &= LIMITS
    varied = Appeal.objects.filter(
        entry=entry, state=AppealState.DECIDED, outcome=AppealOutcome.VARIED
    ).order_by("-decided_at")
    left = next((each.variation[fact] for each in varied if fact in each.variation), None)
    if left is not None and more - set(left):
        raise BadInput(
            {"value": ["An appeal has decided on this. Only a new decision changes it."]}
        )


def _put(entry: Entry, fact: Correctable, value: Any, today: date) -> None:
    fields = ["changed"]
    if fact in (*OF_A_PERSON, *OF_PREMISES):
        _put_on_subject(entry, lock(entry.case_file.subject), fact, value, today)
    else:
        setattr(entry, fact.value, value)
        fields.append(fact.value)
    entry.changed = advance()
    entry.save(update_fields=fields)


def _put_on_subject(
    entry: Entry, subject: Person | Premises, fact: Correctable, value: Any, today: date
) -> None:
    identity, born_on = subject.identity, None
    if isinstance(subject, Person):
        born_on = value if fact is Correctable.BORN_ON else subject.born_on
    if fact is not Correctable.BORN_ON:
        identity = replace(identity, **{fact.value: value})
    signs = entry.state == EntryState.HELD or entry.signed_off_at is not None
    check_identity(identity, born_on=born_on, senior=signs, on=today)
    subject.identity_sealed = identity.to_json()
    if isinstance(subject, Person):
        subject.born_on = born_on
    subject.save()


def _note(
    entry: Entry,
    fact: str,
    *,
    before: str = "",
    after: str = "",
    reasons: str,
    by: Any,
    at: datetime,
) -> Correction:
    record(act=Act.CORRECTED, by=by, at=at, register=entry.register, reference=entry.reference)
    return Correction.objects.create(
        entry=entry,
        fact=fact,
        before=before,
        after=after,
        reasons=reasons,
        made_by=by,
        made_at=at,
    )


def _set_dispute(entry: Entry, at: datetime | None) -> None:
    entry.disputed_at, entry.changed = at, advance()
    entry.save(update_fields=["disputed_at", "changed"])


def _check_keeper(standing: Standing, entry: Entry) -> None:
    standing.check_may_handle(Power.DECIDE, entry.register)
    check_entry_not_shut_out(entry, standing.user)


def _check_counts(entry: Entry, at: datetime) -> None:
    if entry.state == EntryState.ENDED or entry.expires_at <= at:
        raise IllegalMove("The entry counts no more.")
