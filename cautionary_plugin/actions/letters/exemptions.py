"""In an extreme case an individual is not informed; the decision is on record (A27)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import Entry, NotificationExemption, OutboxMessage
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.letters import INFORMING
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.rules.writers import tells_of_entry

from .owing import check_keeps_letters, notice_ends, owe_letter


@action
def exempt_from_letter(
    *, entry: Entry, belief: str, reasons: str, retest_on: date, by: Any, at: datetime
) -> NotificationExemption:
    """Decide that telling the individual would create a violent reaction, and why.

    While it stands no letter that tells of the entry is owed. It is tested again at each review.

    :param retest_on: to be tested again on this day at the latest.
    :raises AlreadyDone: an exemption stands, or the letter is on its way by e-mail.
    :raises IllegalMove: the entry has ended.
    :raises BadInput: no belief, no reasons, or a day that cannot be.
    """
    entry = lock(entry)
    check_keeps_letters(entry.register, by=by, at=at)
    check_entry_not_shut_out(entry, by)
    _check_possible(entry)
    return _exempt(entry, belief, reasons, retest_on, by, at)


@action
def retest_exemption(
    *,
    exemption: NotificationExemption,
    belief: str,
    reasons: str,
    retest_on: date,
    by: Any,
    at: datetime,
) -> NotificationExemption:
    """Test an exemption again and keep it, for reasons given afresh; the old one stays on record.

    :raises AlreadyDone: it has ended.
    :raises BadInput: as :func:`exempt_from_letter`.
    """
    entry = lock(exemption.entry)
    check_keeps_letters(entry.register, by=by, at=at)
    check_entry_not_shut_out(entry, by)
    _end(lock(exemption), at)
    _check_possible(entry)
    return _exempt(entry, belief, reasons, retest_on, by, at)


@action
def end_exemption(*, exemption: NotificationExemption, by: Any, at: datetime) -> None:
    """End an exemption: the letter is owed from now on, by a clock that starts anew.

    :raises AlreadyDone: it has ended.
    """
    entry = lock(exemption.entry)
    check_keeps_letters(entry.register, by=by, at=at)
    check_entry_not_shut_out(entry, by)
    _end(lock(exemption), at)
    if entry.state != EntryState.ENDED:
        _owe_again(entry, at)
    record(act=Act.EXEMPTED, by=by, at=at, register=entry.register, reference=entry.reference)


@action
def open_exemption(*, exemption: NotificationExemption, by: Any, at: datetime) -> None:
    """Record that somebody read why an individual is not informed.

    :raises NotYourPost: ``by`` neither keeps nor reviews this register.
    :raises NoSuchEntry: the entry has expired (A32).
    """
    register = exemption.entry.register
    standing = standing_of(by, at=at)
    standing.check_power(Power.READ_BASIS, register)
    standing.check_may_read(register)
    check_entry_not_shut_out(exemption.entry, by)
    check_in_use(exemption.entry.case_file, at=at)
    reference = exemption.entry.reference
    record(act=Act.READ_LETTER, by=by, at=at, register=register, reference=reference)


def _check_possible(entry: Entry) -> None:
    if entry.state == EntryState.ENDED:
        raise IllegalMove("The entry has ended.")
    if entry.exemptions.filter(ended_at=None).exists():
        raise AlreadyDone("An exemption stands already.")
    on_its_way = OutboxMessage.objects.filter(
        letter__entry=entry, letter__kind__in=INFORMING, letter__sent_on=None
    )
    if on_its_way.exists():
        raise AlreadyDone("The letter is on its way by e-mail. Stop that e-mail first.")


def _exempt(
    entry: Entry, belief: str, reasons: str, retest_on: date, by: Any, at: datetime
) -> NotificationExemption:
    check_reason(belief, field="belief")
    check_reason(reasons, field="reasons")
    if retest_on <= timezone.localdate(at):
        raise BadInput({"retest_on": ["This day is not to come."]})
    if retest_on > last_day(entry):
        raise BadInput({"retest_on": ["This day is after the end of the entry."]})
    record(act=Act.EXEMPTED, by=by, at=at, register=entry.register, reference=entry.reference)
    return NotificationExemption.objects.create(
        entry=entry,
        belief=belief,
        reasons=reasons,
        retest_on=retest_on,
        decided_by=by,
        decided_at=at,
    )


def _end(exemption: NotificationExemption, at: datetime) -> None:
    if exemption.ended_at is not None:
        raise AlreadyDone("This exemption ended before.")
    exemption.ended_at = at
    exemption.save(update_fields=["ended_at"])


def _owe_again(entry: Entry, at: datetime) -> None:
    waiting = entry.letters.filter(kind__in=INFORMING, sent_on=None)
    if waiting.exists():
        waiting.update(due_on=notice_ends(entry.register, at))
    elif not entry.letters.filter(kind__in=INFORMING).exists():
        owe_letter(
            kind=tells_of_entry(entry.register.route, entry.risk),
            case_file=entry.case_file,
            register=entry.register,
            entry=entry,
            at=at,
        )
