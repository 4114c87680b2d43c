"""An item of the agenda is opened, or adjourned to another meeting (B14, B19)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AgendaItem, Motion
from cautionary_plugin.rules.errors import IllegalMove, NotReady
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState, check_move
from cautionary_plugin.rules.vocabulary import Act

from .agenda import list_on_next
from .locking import check_runs, lock_item
from .papers import has_papers_or_statement
from .tally import close_with

UNDER_WAY = (ItemState.OPEN, ItemState.VOTING)


@action
def open_item(*, item: AgendaItem, by: Any, at: datetime) -> AgendaItem:
    """The panel turns to a case; to one at a time.

    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the meeting is not in session, another item is open, the case is settled.
    :raises NotReady: neither papers nor the Operations Manager's statement (B14).
    """
    item = lock_item(item)
    check_runs(item, by=by, at=at)
    check_move(ItemState, item.state, ItemState.OPEN, by=Power.RUN_MEETINGS)
    if item.state != ItemState.LISTED:
        raise IllegalMove("The item is open already.")
    if item.case.state != CaseState.WAITING:
        raise IllegalMove("The case does not wait for the panel any more.")
    if item.meeting.items.filter(state__in=UNDER_WAY).exists():
        raise IllegalMove("Another item is open: decide or adjourn that one first.")
    _check_papers(item)
    item.state, item.opened_at = ItemState.OPEN, at
    item.save(update_fields=["state", "opened_at"])
    record(
        act=Act.ITEM, by=by, at=at, register=item.meeting.register, reference=item.case.reference
    )
    return item


@action
def adjourn_item(*, item: AgendaItem, reasons: str, by: Any, at: datetime) -> AgendaItem:
    """The case waits again, and goes to the next meeting that is planned.

    A motion on which the panel is voting is withdrawn; its votes stay on the record.

    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the meeting is not in session, or the item is over.
    :raises BadInput: no reasons.
    """
    item = lock_item(item)
    check_runs(item, by=by, at=at)
    check_move(ItemState, item.state, ItemState.ADJOURNED, by=Power.RUN_MEETINGS)
    check_reason(reasons, field="reasons")
    for motion in Motion.objects.filter(item=item, closed_at=None):
        motion.item = item
        close_with(motion, withdrawn=True, by=by, at=at)
    item.state, item.closed_at, item.adjourned_because = ItemState.ADJOURNED, at, reasons
    item.save(update_fields=["state", "closed_at", "adjourned_because"])
    list_on_next(case=item.case, at=at)
    record(
        act=Act.ITEM, by=by, at=at, register=item.meeting.register, reference=item.case.reference
    )
    return item


def _check_papers(item: AgendaItem) -> None:
    if not has_papers_or_statement(item):
        sentence = (
            "There are neither papers nor a statement of the Operations Manager. Release the "
            "papers on the meeting’s page."
        )
        raise NotReady(sentence, missing=[sentence])
