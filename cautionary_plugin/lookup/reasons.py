"""Say in words what agrees and what differs, without repeating what the entry says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.facts import Reason
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.terms import Terms
from cautionary_plugin.lookup.weighed import Weighed

_BEST_FIRST = ("exact", "close", "nickname", "far", "initial")


def agreeing(one: Weighed) -> tuple[Reason, ...]:
    """Name the facts that agree, the person's first."""
    return _reasons(_agreeing(one))


def differing(terms: Terms, record: Record, one: Weighed) -> tuple[Reason, ...]:
    """Name the facts that both have and that differ."""
    return _reasons(_differing(terms, record, one))


def _agreeing(one: Weighed) -> Iterator[str]:
    exact = {*one.families, *one.givens} == {"exact"} and not one.strays
    if exact and one.families and one.givens:
        yield "name-same"
    else:
        yield from _levels("surname", one.families)
        yield from _levels("given", one.givens)
    if one.born not in ("", "about", "differs"):
        yield f"born-{one.born}"
    if one.number not in ("", "differs", "turned"):
        yield f"number-{one.number}"
    if one.flat == "exact":
        yield "flat-exact"
    yield from _levels("street", _best(one.streets))
    if one.localities:
        yield "locality"
    if one.postcode not in ("", "differs"):
        yield f"postcode-{one.postcode}"
    for kind, level in one.codes.items():
        if level != "differs":
            yield f"{kind}-{level}"


def _differing(terms: Terms, record: Record, one: Weighed) -> Iterator[str]:
    typed = any(not term.in_street for term in terms.words)
    if record.names and typed and one.strays:
        yield "name-part" if one.families or one.givens else "name-differs"
    if one.born in ("about", "differs"):
        yield f"born-{one.born}"
    if one.lost:
        yield "address-part" if one.streets or one.localities else "address-differs"
    for fact in ("number", "flat", "postcode"):
        if getattr(one, fact) == "differs":
            yield f"{fact}-differs"
    if one.number == "turned":
        yield "number-turned"
    if one.flat == "missing":
        yield "flat-missing"
    for kind, level in one.codes.items():
        if level == "differs":
            yield f"{kind}-differs"


def _levels(fact: str, levels: Iterable[str]) -> Iterator[str]:
    for level in _BEST_FIRST:
        if level in levels:
            yield f"{fact}-{level}"


def _best(levels: Sequence[str]) -> list[str]:
    return [min(levels, key=_BEST_FIRST.index)] if levels else []


def _reasons(codes: Iterable[str]) -> tuple[Reason, ...]:
    words = tables.reasons()
    return tuple(Reason(code, words[code]) for code in codes)
