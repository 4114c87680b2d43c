"""Entries whose day has come end by the clock, and with them what waited on them (A32).

Nobody reads an entry after its end whether or not this has run: every read asks the clock.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.states import THE_CLOCK, EntryState, ReviewState, check_move
from cautionary_plugin.rules.vocabulary import WhyEnded

from .base import action
from .contact.ending import end_arrangements_of
from .lookup_state import advance
from .panel.withdrawing import withdraw_cases_of
from .sharing.withdrawing import withdraw_entries
from .tallies import count_removed

BATCH = 500
UNFINISHED = (ReviewState.OPEN, ReviewState.PROPOSED, ReviewState.SIGNED)


def lapse_entries(*, at: datetime) -> int:
    """End each entry, live or held, whose term is over at this instant; return how many."""
    ended = 0
    while lapsed := _lapse_some(at):
        ended += lapsed
    return ended


@action
def _lapse_some(at: datetime) -> int:
    over = Entry.objects.filter(state__in=(EntryState.LIVE, EntryState.HELD), expires_at__lte=at)
    fields = "pk", "state", "register_id", "starts_at"
    rows = list(over.order_by("pk").select_for_update().values_list(*fields)[:BATCH])
    states: dict[UUID, str] = {pk: state for pk, state, *_others in rows}
    if not states:
        return 0
    for state in set(states.values()):
        check_move(EntryState, state, EntryState.ENDED, by=THE_CLOCK)
    live = sum(state == EntryState.LIVE for state in states.values())
    _abandon_reviews(states)
    end_arrangements_of(states, at=at)
    withdraw_cases_of(states, at=at)
    withdraw_entries(states, by=None, at=at)
    ended = Entry.objects.filter(pk__in=states).update(
        state=EntryState.ENDED,
        why_ended=WhyEnded.EXPIRED,
        ended_at=F("expires_at"),
        changed=advance(added=-live),
    )
    count_removed(
        [(register, since, WhyEnded.EXPIRED) for _pk, _state, register, since in rows], at=at
    )
    return ended


def _abandon_reviews(entries: dict[UUID, str]) -> None:
    for state in UNFINISHED:
        check_move(ReviewState, state, ReviewState.ABANDONED, by=THE_CLOCK)
    waiting = Review.objects.filter(entry__in=list(entries), state__in=UNFINISHED)
    waiting.update(state=ReviewState.ABANDONED)
