"""An appeal is lodged, or withdrawn (A24); the employees concerned are asked to comment (A26)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_entry_not_shut_out, shut_out_of_file
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import Appeal, Entry, Letter, MailKind
from cautionary_plugin.rules.appeals import (
    check_lodged_in_time,
    heard_first_by,
    last_day_to_lodge,
)
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import AppealState, check_move
from cautionary_plugin.rules.vocabulary import Act, LetterKind, Route

from .locking import lock_appeal
from .took_part import employees_concerned

TELLS_OF_ENTRY = (
    LetterKind.ADDITION,
    LetterKind.RETENTION,
    LetterKind.SCHEDULE,
    LetterKind.SCHEDULE_HIGH,
)


@action
def lodge_appeal(
    *, entry: Entry, lodged_on: date, grounds: str, by: Any, at: datetime, late_reasons: str = ""
) -> Appeal:
    """Record that the individual appeals against an entry; from now it stands "under appeal".

    The entry stays as it is meanwhile. The employees concerned are asked for a comment, and the
    owner is asked to name the hearers.

    :param lodged_on: the day on which the appeal came in.
    :raises NotYourPost: ``by`` records no appeals of this register.
    :raises IllegalMove: the entry does not count.
    :raises AlreadyDone: an appeal against it is open.
    :raises BadInput: no grounds, or too late without reasons.
    """
    entry = lock(entry)
    register = entry.register
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, register)
    check_entry_not_shut_out(entry, by)
    check_counts(entry, at=at)
    if Appeal.objects.open().filter(entry=entry).exists():
        raise AlreadyDone("An appeal against this entry is open already.")
    check_reason(grounds, field="grounds")
    today, calendar = timezone.localdate(at), register.calendar
    check_lodged_in_time(
        lodged_on=lodged_on,
        begun_on=timezone.localdate(entry.starts_at),
        last_day=last_day_to_lodge(
            told_on=told_on(entry), days=register.appeal_days, calendar=calendar
        ),
        today=today,
        late_reasons=late_reasons,
    )
    (reference,) = take_references(Prefix.APPEAL, 1, at=at)
    appeal = Appeal.objects.create(
        reference=reference,
        case_file=entry.case_file,
        entry=entry,
        heard_by=heard_first_by(register.route, entry.risk),
        lodged_on=lodged_on,
        decide_by=calendar.after(lodged_on, register.hearing_days),
        recorded_by=by,
        recorded_at=at,
        grounds=grounds,
        late_reasons=late_reasons,
    )
    invite(
        employees=employees_concerned(entry),
        case_file=entry.case_file,
        due_on=calendar.after(today, register.statement_days),
        at=at,
        appeal=appeal,
    )
    record(act=Act.APPEAL, by=by, at=at, register=register, reference=reference)
    apart = {by.pk, *_shut_out(entry)}
    holders = holders_of(Power.DECIDE, at=at, register=register)
    owners = [each for each in holders if each.pk not in apart]
    queue_mail(kind=MailKind.APPEAL_DUE, to=owners, at=at, reference=reference)
    return appeal


def _shut_out(entry: Entry) -> frozenset[Any]:
    """Of an appeal against the schedule nobody hears who is shut out of its case (B11)."""
    schedule = entry.register.route == Route.PANEL
    return shut_out_of_file(entry.case_file) if schedule else frozenset()


def told_on(entry: Entry) -> date:
    """When the individual was last told in writing of the entry, else when it began."""
    told = Letter.objects.filter(
        entry=entry,
        kind__in=TELLS_OF_ENTRY,
        sent_on__isnull=False,
    )
    latest = told.order_by("-sent_on").values_list("sent_on", flat=True).first()
    return latest or timezone.localdate(entry.starts_at)


@action
def withdraw_appeal(*, appeal: Appeal, reasons: str, by: Any, at: datetime) -> Appeal:
    """The individual takes the appeal back, or the entry has ended before it was decided.

    :raises NotYourPost: ``by`` records no appeals of this register.
    :raises IllegalMove: it is decided or withdrawn.
    :raises BadInput: no reasons.
    """
    entry, appeal = lock_appeal(appeal)
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, entry.register)
    check_entry_not_shut_out(entry, by)
    check_move(AppealState, appeal.state, AppealState.WITHDRAWN, by=Power.RECORD_APPEALS)
    check_reason(reasons, field="reasons")
    appeal.state, appeal.decided_at = AppealState.WITHDRAWN, at
    appeal.outcome, appeal.variation, appeal.reasons = "", {}, reasons
    appeal.save()
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    return appeal
