"""An arrangement ends, and its diverts are to be switched off (B28)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action
from cautionary_plugin.models import Entry, SinglePointOfContact
from cautionary_plugin.rules.states import THE_CLOCK

from .switching import let_go


@action
def end_now(
    arrangement: SinglePointOfContact,
    *,
    reasons: str,
    by: Any,
    at: datetime,
    mover: str = THE_CLOCK,
) -> None:
    """The arrangement stands no more; what was never switched on ends with it.

    Called by the act that decides so, within its transaction.

    :param arrangement: locked by the caller.
    :param by: who ends it; None where its entry has ended.
    """
    arrangement.ended_by, arrangement.ended_at, arrangement.ended_because = by, at, reasons
    arrangement.save(update_fields=["ended_by", "ended_at", "ended_because"])
    let_go(arrangement, by=by, mover=mover, at=at)
    arrangement.letters.filter(sent_on=None, issued_at=None).delete()


@action
def end_arrangements_of(entries: Iterable[Entry | Any], *, at: datetime) -> int:
    """What was arranged with entries ends with them; return how many there were.

    Called by whatever ends the entries, within its transaction.

    :param entries: locked by the caller; they, or their keys.
    """
    standing = SinglePointOfContact.objects.filter(entry__in=list(entries), ended_at=None)
    found = list(standing.order_by("pk").select_for_update())
    for arrangement in found:
        end_now(arrangement, reasons="Its entry has ended.", by=None, at=at)
    return len(found)
