"""A report about somebody who is on the schedule already is a repeat, and no second entry (B52)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.decisions.same_subject import Lookalike, look_for, record_looked
from cautionary_plugin.models import AgendaItem, Entry, PanelCase
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState, check_move
from cautionary_plugin.rules.vocabulary import Act, CaseKind

from .agenda import current_item
from .cases import shut_out_whom_it_concerns
from .locking import lock_item
from .settling import take_off_agendas
from .subject import report_of


@action
def who_is_alike(*, case: PanelCase, by: Any, at: datetime) -> tuple[Lookalike, ...]:
    """The entries of the schedule that may be about the same person, and record what was shown.

    :raises NotYourPost, BriefingLapsed: ``by`` does not run the panel's meetings.
    :raises Excluded: ``by`` is shut out of the case.
    :raises NotReady: the schedule cannot be checked.
    """
    _check_runs(case, by=by, at=at)
    found = look_for(report_of(case), register=case.register, at=at)
    record_looked(found, register=case.register, by=by, at=at)
    return found


@action
def join_case(*, case: PanelCase, entry: Entry, checked: str, by: Any, at: datetime) -> PanelCase:
    """A referral is about the person of an entry: it becomes the renewal of that entry.

    Its report joins the file of the entry, and is the new incident without which nothing is
    renewed. Where a renewal waits already, the referral is taken back: the report counts there.

    :param checked: how it was checked that this is the same person (L3).
    :raises NotYourPost, BriefingLapsed: ``by`` does not run the panel's meetings.
    :raises Excluded: ``by`` is shut out of the case.
    :returns: the renewal.
    :raises AlreadyDone: the case is settled.
    :raises IllegalMove: it is no referral, or the panel is at it and it cannot be taken back.
    :raises BadInput: under ``entry`` or ``checked``.
    """
    item = current_item(case)
    if item is not None:
        item = lock_item(item)
    entry, case = lock(entry), lock(case)
    _check_runs(case, by=by, at=at)
    if case.state != CaseState.WAITING:
        raise AlreadyDone("The case does not wait for the panel any more.")
    if case.kind != CaseKind.REFERRAL or (item and item.state == ItemState.VOTING):
        raise IllegalMove("Only a referral on which the panel does not vote can be joined.")
    _check_live(case, entry, at=at)
    check_reason(checked, field="checked", told="Say what you compared, in a sentence.")
    case.case_file.joined_to = entry.case_file
    case.case_file.save(update_fields=["joined_to"])
    waiting = PanelCase.objects.filter(entry=entry, kind=CaseKind.RENEWAL, state=CaseState.WAITING)
    renewal = waiting.first() or _become_renewal(case, entry)
    if renewal != case:
        _take_back(case, renewal, checked, item, by=by, at=at)
    shut_out_whom_it_concerns(renewal, report=case.report, at=at)
    record(act=Act.REFERRED, by=by, at=at, register=case.register, reference=case.reference)
    return renewal


def _become_renewal(case: PanelCase, entry: Entry) -> PanelCase:
    case.kind, case.entry, case.decide_by = CaseKind.RENEWAL, entry, last_day(entry)
    case.save(update_fields=["kind", "entry", "decide_by"])
    return case


def _take_back(
    case: PanelCase,
    renewal: PanelCase,
    checked: str,
    item: AgendaItem | None,
    *,
    by: Any,
    at: datetime,
) -> None:
    if item is not None and item.state != ItemState.LISTED:
        raise IllegalMove("The panel is at this item: adjourn it, and join it then.")
    check_move(CaseState, case.state, CaseState.WITHDRAWN, by=Power.RUN_MEETINGS)
    take_off_agendas(case, at=at)
    case.state, case.settled_at, case.withdrawn_by = CaseState.WITHDRAWN, at, by
    case.withdrawn_because = f"Joined to {renewal.reference}: {checked}"
    case.save()


def _check_runs(case: PanelCase, *, by: Any, at: datetime) -> None:
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, case.register)
    check_not_shut_out(case, by)


def _check_live(case: PanelCase, entry: Entry, *, at: datetime) -> None:
    live = Entry.objects.live_at(at).filter(pk=entry.pk, register=case.register)
    if not live.filter(case_file__kind=case.case_file.kind).exists():
        sentence = "No live entry of this schedule has this reference."
        raise BadInput({"entry": [sentence]})
