"""An e-mail divert: prepared, asked about, asked for, ended (B28–B30)."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import CouncillorAnswer, EmailDivert, SinglePointOfContact
from cautionary_plugin.rules.diverts import (
    check_addresses,
    check_day,
    check_ready,
    what_is_missing,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import DivertState, check_move
from cautionary_plugin.rules.vocabulary import Act, LetterKind

from .arranging import check_in_force, check_keeps
from .locking import lock_arrangement, lock_divert
from .switching import end_divert_now, switch_anew, tell_mail_administrators
from .terms import check_email, each_email


@action
def prepare_divert(
    *,
    arrangement: SinglePointOfContact,
    addresses: list[str],
    reasons: str,
    by: Any,
    at: datetime,
) -> EmailDivert:
    """Prepare that the customer's e-mail goes to the single point of contact, and nowhere else.

    The customer is owed a letter about it, which goes out before anything is switched (B30).

    :param addresses: the customer's.
    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises AlreadyDone: the arrangement has ended, or has a divert that is not quite over.
    :raises BadInput: under ``addresses`` or ``reasons``.
    """
    arrangement = lock_arrangement(arrangement)
    check_keeps(arrangement, by=by, at=at)
    check_in_force(arrangement)
    if arrangement.diverts.exclude(state=DivertState.ENDED).exists():
        raise AlreadyDone("There is a divert to this single point of contact already.")
    each = list(dict.fromkeys(each_email(addresses, field="addresses")))
    gather(
        partial(check_addresses, each, target=arrangement.email),
        partial(check_reason, reasons, field="reasons"),
    )
    [reference] = take_references(Prefix.DIVERT, 1, at=at)
    divert = EmailDivert.objects.create(
        case_file=arrangement.case_file,
        reference=reference,
        arrangement=arrangement,
        prepared_by=by,
        prepared_at=at,
        addresses="\n".join(each),
        reasons=reasons,
    )
    owe_letter(
        kind=LetterKind.DIVERT,
        case_file=arrangement.case_file,
        register=arrangement.register,
        at=at,
        entry=arrangement.entry,
        case=arrangement.case,
        arrangement=arrangement,
        divert=divert,
        writer=arrangement.case.presenter,
    )
    _note(divert, by=by, at=at)
    return divert


@action
def ask_councillor(
    *,
    divert: EmailDivert,
    councillor: str,
    email: str,
    asked_on: date,
    by: Any,
    at: datetime,
) -> CouncillorAnswer:
    """Record that a ward councillor was asked whether they want the divert too (B29).

    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises IllegalMove: the divert is over.
    :raises BadInput: under ``councillor``, ``email`` or ``asked_on``.
    """
    divert = _lock_kept(divert, by=by, at=at)
    gather(
        partial(_check_named, councillor),
        partial(check_email, email, field="email"),
        partial(
            check_day, asked_on, field="asked_on", not_before=None, today=timezone.localdate(at)
        ),
    )
    if email.strip().casefold() in {each.email.casefold() for each in divert.councillors.all()}:
        raise BadInput({"email": ["The councillor with this address was asked already."]})
    answer = CouncillorAnswer.objects.create(
        case_file=divert.case_file,
        divert=divert,
        councillor=councillor,
        email=email.strip(),
        asked_on=asked_on,
        recorded_by=by,
    )
    _note(divert, by=by, at=at)
    return answer


@action
def record_answer(
    *, answer: CouncillorAnswer, wants: bool, answered_on: date, by: Any, at: datetime
) -> CouncillorAnswer:
    """Record what a councillor said; the last answer counts, and a divert that is on follows it.

    :raises AlreadyDone: the same was recorded before.
    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises IllegalMove: the divert is over.
    :raises BadInput: under ``answered_on``.
    """
    divert = _lock_kept(answer.divert, by=by, at=at)
    answer = lock(answer)
    earliest = answer.answered_on or answer.asked_on
    today = timezone.localdate(at)
    check_day(answered_on, field="answered_on", not_before=earliest, today=today)
    if (answer.wants, answer.answered_on) == (wants, answered_on):
        raise AlreadyDone("This answer was recorded before.")
    followed = bool(answer.wants)
    answer.wants, answer.answered_on, answer.recorded_by = wants, answered_on, by
    answer.save()
    if followed != wants:
        switch_anew(divert.arrangement, by=Power.KEEP_SCHEDULE, at=at)
    _note(divert, by=by, at=at)
    return answer


@action
def ask_no_councillor(*, divert: EmailDivert, reasons: str, by: Any, at: datetime) -> EmailDivert:
    """Record why no ward councillor is to be asked.

    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises AlreadyDone: a councillor was asked, or it was recorded before.
    :raises IllegalMove: the divert is over.
    :raises BadInput: no reasons.
    """
    divert = _lock_kept(divert, by=by, at=at)
    if divert.councillors.exists():
        raise AlreadyDone("A councillor was asked about this divert.")
    if divert.no_councillors:
        raise AlreadyDone("It was recorded before that no councillor is concerned.")
    check_reason(reasons, field="reasons")
    divert.no_councillors = reasons
    divert.save(update_fields=["no_councillors"])
    _note(divert, by=by, at=at)
    return divert


@action
def request_divert(*, divert: EmailDivert, by: Any, at: datetime) -> EmailDivert:
    """Ask whoever runs mail to switch the divert on.

    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises IllegalMove: it was asked for already, or is over.
    :raises NotReady: an answer of a councillor (B29), or the letter to the customer (B30), is
        missing.
    """
    divert = lock_divert(divert)
    check_keeps(divert.arrangement, by=by, at=at)
    check_move(DivertState, divert.state, DivertState.REQUESTED, by=Power.KEEP_SCHEDULE)
    if divert.state != DivertState.PREPARED:
        raise IllegalMove("This divert was asked for before.")
    check_ready(missing_of(divert))
    divert.state, divert.requested_at = DivertState.REQUESTED, at
    divert.save(update_fields=["state", "requested_at"])
    _note(divert, by=by, at=at)
    tell_mail_administrators(divert, at=at)
    return divert


@action
def end_divert(*, divert: EmailDivert, by: Any, at: datetime) -> EmailDivert:
    """The customer's e-mail is to reach everybody again; what is on is to be switched off.

    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises IllegalMove: its end was decided on before.
    """
    divert = lock_divert(divert)
    check_keeps(divert.arrangement, by=by, at=at)
    end_divert_now(divert, by=by, mover=Power.KEEP_SCHEDULE, at=at)
    _note(divert, by=by, at=at)
    return divert


def missing_of(divert: EmailDivert) -> list[str]:
    """What must come before the divert is asked for, as sentences."""
    answers = list(divert.councillors.values_list("wants", flat=True))
    told = divert.letters.filter(kind=LetterKind.DIVERT, sent_on__isnull=False)
    return what_is_missing(
        asked=len(answers),
        answered=sum(wants is not None for wants in answers),
        nobody_to_ask=bool(divert.no_councillors),
        customer_told=told.exists(),
    )


def _lock_kept(divert: EmailDivert, *, by: Any, at: datetime) -> EmailDivert:
    """The divert, held, by somebody who keeps it; it is not over."""
    divert = lock_divert(divert)
    check_keeps(divert.arrangement, by=by, at=at)
    if divert.state in (DivertState.ENDING, DivertState.ENDED):
        raise IllegalMove("This divert is over.")
    return divert


def _check_named(councillor: str) -> None:
    if not councillor.strip():
        raise BadInput({"councillor": ["Name the councillor."]})


def _note(divert: EmailDivert, *, by: Any, at: datetime) -> None:
    register = divert.arrangement.register
    record(act=Act.DIVERT, by=by, at=at, register=register, reference=divert.reference)
