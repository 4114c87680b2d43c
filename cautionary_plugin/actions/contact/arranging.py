"""A single point of contact is arranged, replaced, delegated, ended (B23–B27)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_not_shut_out, shut_out_of_file
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import Entry, MailKind, PanelCase, SinglePointOfContact
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYours, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.panel_terms import SpocTerms
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.spoc import as_told, check_contact
from cautionary_plugin.rules.states import ANYBODY, EntryState
from cautionary_plugin.rules.vocabulary import Act, Allocation, LetterKind

from .ending import end_now
from .locking import lock_arrangement, lock_file
from .suggesting import suggested_for
from .switching import switch_anew
from .terms import check_email, check_spoc_terms


@action
def arrange(
    *, case: PanelCase, terms: SpocTerms, by: Any, at: datetime, entry: Entry | None = None
) -> SinglePointOfContact:
    """One officer is the customer's single point of contact from today.

    Called by the act that decides so, within its transaction; it asks nobody's leave, and owes
    no letter. An arrangement that stood before is replaced. Without an entry it stands by itself,
    and knows no level of risk (B27).

    :param entry: the customer's entry on the schedule; what staff read there is kept in step.
    :raises BadInput: under the names of the terms; see :func:`check_spoc_terms`.
    """
    entry = lock(entry) if entry is not None else None
    case_file = lock_file(entry.case_file if entry else case.case_file)
    officer = check_spoc_terms(case=case, terms=terms)
    earlier = SinglePointOfContact.objects.filter(
        case_file=case_file, register=case.register, ended_at=None
    )
    for each in earlier.select_for_update():
        end_now(each, reasons="Another arrangement took its place.", by=by, at=at)
    arrangement = SinglePointOfContact.objects.create(
        case_file=case_file,
        register=case.register,
        entry=entry,
        case=case,
        officer=officer,
        allocation=Allocation(terms.allocation),
        suggested=suggested_for(case),
        starts_on=timezone.localdate(at),
        arranged_by=by,
        arranged_at=at,
        contact=terms.contact,
        email=terms.email.strip(),
        reasons=terms.reasons,
        override=terms.override,
    )
    _keep_entry_in_step(arrangement)
    _note(arrangement, by=by, at=at)
    queue_mail(kind=MailKind.SPOC, to=[officer], at=at, reference=case.reference)
    return arrangement


@action
def replace_arrangement(
    *, arrangement: SinglePointOfContact, terms: SpocTerms, by: Any, at: datetime
) -> SinglePointOfContact:
    """Another officer, or other details, from today; the individual is written to (B26).

    A divert to the old address is to be switched off; another may be prepared.

    :raises NotYourPost: ``by`` does not keep this schedule.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: the arrangement has ended.
    """
    arrangement = lock_arrangement(arrangement)
    check_keeps(arrangement, by=by, at=at)
    check_in_force(arrangement)
    made = arrange(case=arrangement.case, entry=arrangement.entry, terms=terms, by=by, at=at)
    owe_contact_letter(made, at=at)
    return made


@action
def delegate(
    *,
    arrangement: SinglePointOfContact,
    to: Any,
    contact: str,
    email: str,
    by: Any,
    at: datetime,
) -> SinglePointOfContact:
    """The named officer hands the contact to another, at their own discretion (B24).

    The individual is told of the new details, and a divert is to be switched to the new address.

    :raises NotYours: ``by`` is not the officer who was named.
    :raises AlreadyDone: the arrangement has ended, or stands like this already.
    :raises BadInput: under ``to``, ``contact`` or ``email``.
    """
    arrangement = lock_arrangement(arrangement)
    if arrangement.officer_id is None or arrangement.officer_id != by.pk:
        raise NotYours("Only the officer who was named may delegate.")
    check_in_force(arrangement)
    gather(
        partial(_check_delegate, arrangement, to),
        partial(check_contact, contact),
        partial(check_email, email, field="email"),
    )
    now = arrangement.delegate or by
    if (now, arrangement.contact, arrangement.email) == (to, contact, email.strip()):
        raise AlreadyDone("This was recorded before: nothing would change.")
    arrangement.delegate = None if to == by else to
    arrangement.delegated_by, arrangement.delegated_at = by, at
    arrangement.contact, arrangement.email = contact, email.strip()
    arrangement.save()
    _keep_entry_in_step(arrangement)
    switch_anew(arrangement, by=ANYBODY, at=at)
    owe_contact_letter(arrangement, at=at)
    _note(arrangement, by=by, at=at)
    queue_mail(kind=MailKind.SPOC, to=[to], at=at, reference=arrangement.case.reference)
    return arrangement


@action
def end_arrangement(
    *, arrangement: SinglePointOfContact, reasons: str, by: Any, at: datetime
) -> SinglePointOfContact:
    """The customer deals with the council as everybody does again.

    :raises NotYourPost: ``by`` does not keep this schedule.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: it has ended.
    :raises BadInput: no reasons.
    """
    arrangement = lock_arrangement(arrangement)
    check_keeps(arrangement, by=by, at=at)
    check_in_force(arrangement)
    check_reason(reasons, field="reasons")
    end_now(arrangement, reasons=reasons, by=by, at=at)
    if arrangement.entry is not None and arrangement.entry.state != EntryState.ENDED:
        _write_on_entry(arrangement.entry, "")
    _note(arrangement, by=by, at=at)
    return arrangement


def check_keeps(arrangement: SinglePointOfContact, *, by: Any, at: datetime) -> None:
    """The person keeps this schedule, and is not shut out of the case.

    :raises NotYourPost: no post that keeps it.
    :raises Excluded: shut out of the case (B11).
    """
    standing_of(by, at=at).check_may_handle(Power.KEEP_SCHEDULE, arrangement.register)
    check_not_shut_out(arrangement.case, by)


def check_in_force(arrangement: SinglePointOfContact) -> None:
    """The arrangement stands.

    :raises AlreadyDone: it has ended.
    """
    if arrangement.ended_at is not None:
        raise AlreadyDone("This arrangement has ended.")


def owe_contact_letter(arrangement: SinglePointOfContact, *, at: datetime) -> None:
    """The individual is to be told how to reach the single point of contact (B26)."""
    case = arrangement.case
    arrangement.letters.filter(kind=LetterKind.SPOC, sent_on=None, issued_at=None).delete()
    owe_letter(
        kind=LetterKind.SPOC,
        case_file=arrangement.case_file,
        register=arrangement.register,
        at=at,
        entry=arrangement.entry,
        case=case,
        arrangement=arrangement,
        writer=case.presenter,
    )


def _check_delegate(arrangement: SinglePointOfContact, to: Any) -> None:
    if to is None or not to.is_active:
        raise BadInput({"to": ["Name a colleague who has an active account."]})
    if to.pk in shut_out_of_file(arrangement.case_file):
        raise BadInput({"to": ["They have a conflict of interest with this customer."]})


def _keep_entry_in_step(arrangement: SinglePointOfContact) -> None:
    if arrangement.entry is not None:
        told = as_told(contact=arrangement.contact, email=arrangement.email)
        _write_on_entry(arrangement.entry, told)


def _write_on_entry(entry: Entry, told: str) -> None:
    entry.spoc, entry.changed = told, advance()
    entry.save(update_fields=["spoc", "changed"])


def _note(arrangement: SinglePointOfContact, *, by: Any, at: datetime) -> None:
    about = arrangement.entry or arrangement.case
    record(act=Act.SPOC, by=by, at=at, register=arrangement.register, reference=about.reference)
