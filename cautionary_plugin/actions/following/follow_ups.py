"""What is to be done after a decision, by whom and by when; and what came of it (B40)."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import FollowUpAction, MailKind, PanelCase
from cautionary_plugin.rules.errors import AlreadyDone, NotYours, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .keeping import check_colleague, check_keeps, check_length, check_not_past


@action
def note_follow_up(
    *, case: PanelCase, what: str, colleague: Any, due_on: date, by: Any, at: datetime
) -> FollowUpAction:
    """Note an action that follows from a case; the colleague is mailed.

    :param what: all that the colleague is shown.
    :raises NotYourPost, Excluded: ``by`` does not keep the schedule, or is shut out of the case.
    :raises AlreadyDone: the same was noted before, and is still to be done.
    :raises BadInput: no words, nobody who may be asked, or a day that has passed.
    """
    case = lock(case)
    check_keeps(case.register, case, by=by, at=at)
    gather(
        partial(check_reason, what, field="what", told="Say what is to be done, in a sentence."),
        partial(check_length, what, 2000, field="what"),
        partial(check_colleague, colleague, case, field="colleague"),
        partial(check_not_past, due_on, today=timezone.localdate(at), field="due_on"),
    )
    same = case.follow_ups.filter(colleague=colleague, due_on=due_on, done_at=None)
    if any(each.what == what.strip() for each in same.select_related("case_file")):
        raise AlreadyDone("This action was noted before.")
    decision = case.decisions.filter(entry__isnull=False).order_by("-recorded_at").first()
    noted = FollowUpAction.objects.create(
        case_file=case.case_file,
        case=case,
        entry=case.entry or (decision.entry if decision else None),
        what=what.strip(),
        colleague=colleague,
        due_on=due_on,
        noted_by=by,
        noted_at=at,
    )
    _note(noted, by, at)
    queue_mail(kind=MailKind.FOLLOW_UP, to=[colleague], at=at, reference=case.reference)
    return noted


@action
def open_follow_up(*, follow_up: FollowUpAction, by: Any, at: datetime) -> None:
    """Record that somebody opened an action: what is to be done may tell of a customer.

    :raises NotYours, Excluded, AlreadyDone, NoSuchEntry: as :func:`finish_follow_up`.
    """
    check_may_finish(follow_up, by=by, at=at)
    case = follow_up.case
    record(act=Act.READ_CASE, by=by, at=at, register=case.register, reference=case.reference)


@action
def finish_follow_up(
    *, follow_up: FollowUpAction, result: str, by: Any, at: datetime
) -> FollowUpAction:
    """Say what came of an action, once: its colleague does, or whoever keeps the schedule.

    :raises NotYours: neither.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: it was done before.
    :raises BadInput: no result.
    """
    follow_up = lock(follow_up)
    check_may_finish(follow_up, by=by, at=at)
    gather(
        partial(check_reason, result, field="result", told="Say what came of it, in a sentence."),
        partial(check_length, result, 4000, field="result"),
    )
    follow_up.result, follow_up.done_by, follow_up.done_at = result.strip(), by, at
    follow_up.save(update_fields=["result", "done_by", "done_at"])
    _note(follow_up, by, at)
    return follow_up


def check_may_finish(follow_up: FollowUpAction, *, by: Any, at: datetime) -> None:
    """It is theirs, or they keep the schedule; and it is still to be done.

    :raises NotYours, Excluded, AlreadyDone, NoSuchEntry: else.
    """
    case = follow_up.case
    keeps = Power.KEEP_SCHEDULE in standing_of(by, at=at).powers(case.register)
    if follow_up.colleague_id != by.pk and not keeps:
        raise NotYours("This action is a colleague’s.")
    check_not_shut_out(case, by)
    check_in_use(follow_up.case_file, at=at)
    if follow_up.done_at is not None:
        raise AlreadyDone("This action was recorded as done before.")


def _note(follow_up: FollowUpAction, by: Any, at: datetime) -> None:
    case = follow_up.case
    record(act=Act.FOLLOWED_UP, by=by, at=at, register=case.register, reference=case.reference)
