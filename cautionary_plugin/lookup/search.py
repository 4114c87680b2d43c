"""Find the records with the most evidence without weighing all of them.

Every candidate's leads bound its evidence from above. Candidates are weighed in the order of
their bounds, until nobody who is left can come in. What bounds cannot settle is capped, so that
a register in which all share one street or one surname is searched as fast as any other.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import islice

from cautionary_plugin.lookup import evidence
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.terms import Lead, Terms
from cautionary_plugin.lookup.vocabulary import Slot
from cautionary_plugin.lookup.weigh import SPARE_WORD, Weighed, weigh

MOST_STEPS = 5_000
"""Steps along the leads of one question to new candidates, the rarest leads first."""

MOST_WEIGHED = 200
"""Candidates of one question that are weighed in full."""

MOST_IN_VAIN = 50
"""Candidates of one and the same bound that are weighed in a row without a better one."""

SLACK = 1e-5
"""Bits by which a bound may be too low, since sums of the same worths differ by their order."""

ENOUGH_UNLIKELY = 40
"""Candidates that are weighed though their bound says that they are unlikely at best."""

Result = tuple[Record, Weighed]


def best(terms: Terms, store: Store, limit: int) -> list[Result]:
    """Give the records with the most evidence, the best first.

    Exact for whoever has the bits to be possible, unless hundreds tie or the rarest thing typed
    is true of thousands; the unlikely behind them are the best of a few.
    """
    found: list[tuple[float, str, Slot]] = []
    weighed: dict[Slot, Result] = {}
    candidates = _candidates(terms, store, max(limit, ENOUGH_UNLIKELY))
    last_bound, in_vain = 0.0, 0
    while candidates and len(weighed) < MOST_WEIGHED:
        bound, slot = heapq.heappop(candidates)
        if len(found) == limit and -bound < found[0][0] - SLACK:
            break
        in_vain = in_vain if bound == last_bound else 0
        last_bound = bound
        if in_vain == MOST_IN_VAIN:
            continue
        record = store.records[slot]
        one = weigh(terms, record)
        weighed[slot] = (record, one)
        item = (round(one.bits, 6), repr(record.key), slot)  # sums differ by their order
        if len(found) < limit:
            heapq.heappush(found, item)
        else:
            beaten, *_ = heapq.heappushpop(found, item)
            in_vain = 0 if beaten < one.bits else in_vain + 1
    return [weighed[slot] for _, _, slot in sorted(found, reverse=True)]


def _candidates(terms: Terms, store: Store, enough: int) -> list[tuple[float, Slot]]:
    """Give a heap of bounds, negated: all who may be possible, or the likeliest unlikely."""
    gains, most = _follow(terms.leads, len(store))
    most += _settle(terms, store, gains)
    _spare(terms, store, gains)
    needed = evidence.least_possible(len(store)) - most
    chosen = [(-most - gain, slot) for slot, gain in gains.items() if gain >= needed]
    if len(chosen) >= enough:
        heapq.heapify(chosen)
        return chosen
    likeliest = heapq.nlargest(enough, gains, key=gains.__getitem__)
    return [(-most - gains[slot], slot) for slot in likeliest]


def _spare(terms: Terms, store: Store, gains: dict[Slot, float]) -> None:
    """Take off what each name costs that was not typed: *Danny* comes before all Danny Browns.

    Only where nothing but one name was typed: there hundreds are as near, but for this.
    """
    if [term.in_street for term in terms.words] != [False]:
        return
    for slot in gains:
        gains[slot] -= SPARE_WORD * max(0, store.records[slot].shortest_name - 1)


def _follow(leads: list[Lead], entries: int) -> tuple[dict[Slot, float], float]:
    """Add up the gains per slot, the rarest leads first; give also what all may gain.

    What is too common only adds to those who have something rarer: nobody walks through half of
    the register because it lives in the same town.
    """
    gains: dict[Slot, float] = {}
    steps, common = 0, 0.0
    for gain, slots in sorted(leads, key=lambda one: len(one.slots)):
        steps += len(slots)
        reached: Iterable[Slot] = islice(slots, MOST_STEPS)
        if gains and steps > MOST_STEPS:
            if len(slots) > entries / 2:
                common += gain
                continue
            reached = gains.keys() & set(slots)
        for slot in reached:
            gains[slot] = gains.get(slot, 0.0) + gain
    return gains, common


def _settle(terms: Terms, store: Store, gains: dict[Slot, float]) -> float:
    """Give what every bound has in common: what is missing costs, unless the record is silent.

    Who has no name, no address, no postcode or no date does not pay for what is missing there.
    """
    silent = (
        (store.nameless, terms.floor(in_name=True, in_street=False)),
        (store.placeless, terms.floor(in_name=False, in_street=True)),
        (store.codeless, terms.other_postcode),
        (store.undated, terms.other_date),
    )
    for slots, floor in silent:
        for slot in slots & gains.keys() if floor else ():
            gains[slot] -= floor
    either = terms.floor(in_name=True, in_street=True)
    return either + sum(floor for _, floor in silent)
