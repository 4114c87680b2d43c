"""An entry ends: by the clock, at a review, on appeal, or because it was an error.

Called by the acts that decide so, within their transaction; it asks nobody's leave.
"""

from datetime import datetime

from cautionary_plugin.models import Entry
from cautionary_plugin.rules.states import EntryState, check_move
from cautionary_plugin.rules.vocabulary import WhyEnded

from .abandoning import abandon_reviews
from .base import action
from .contact.ending import end_arrangements_of
from .lookup_state import advance
from .panel.withdrawing import withdraw_cases_of
from .sharing.withdrawing import withdraw_entries
from .tallies import count_removed


@action
def end_entry(*, entry: Entry, why: WhyEnded, by: str, at: datetime) -> Entry:
    """The entry counts no more from this instant, for whoever reads it; nor does its review.

    :param entry: locked by the caller.
    :param by: the power that the caller has checked, or ``THE_CLOCK``.
    :raises IllegalMove: it has ended before.
    """
    check_move(EntryState, entry.state, EntryState.ENDED, by=by)
    abandon_reviews(entry=entry, by=by, at=at)
    was_live = entry.state == EntryState.LIVE
    entry.state, entry.why_ended, entry.ended_at = EntryState.ENDED, why, at
    entry.changed = advance(added=-1 if was_live else 0)
    entry.save(update_fields=["state", "why_ended", "ended_at", "changed"])
    count_removed([(entry.register_id, entry.starts_at, why)], at=at)
    end_arrangements_of([entry], at=at)
    withdraw_entries([entry], by=None, at=at)
    if why != WhyEnded.UNRATIFIED:  # what becomes of that case is the panel's to say
        withdraw_cases_of([entry], at=at)
    return entry
