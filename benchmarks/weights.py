"""Estimate the shares of ``lookup/data/weights.json`` from data: ``python -m benchmarks.weights``.

Two sources that the benchmark does not ask about: true links of FEBRL 3 (the benchmark asks
FEBRL 4), and the invented British district from another seed. For each fact that both the
question and the entry have, the script counts how often they agree at each level: among true pairs
(m), and among pairs put together at random (u). It prints both beside what stands in the file, m
also as bits by which the estimate differs from the file. It changes nothing.

What it cannot tell: the errors of the district are invented too, one to a question and every kind
equally often, so its m is that of our own idea of officers.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import Any

from benchmarks import febrl, officers
from benchmarks.people import District
from cautionary_plugin.lookup import (
    addresses,
    asked,
    codes,
    dates,
    normalise,
    postcodes,
    similar,
    tables,
)
from cautionary_plugin.lookup.asked import Asked
from cautionary_plugin.lookup.facts import Facts, Question

SEED = 4_711
LINKS = 3_000
ENTRIES = 5_000
EACH = 250
AT_RANDOM = 5

Pairs = list[tuple[Question, Facts]]
Found = tuple[str, str]


def main() -> None:
    """Count both sources and print them beside the file."""
    sources = {"FEBRL 3": febrl.links(SEED, LINKS), "district": _district()}
    for name, pairs in sources.items():
        print(
            f"{name}: {len(pairs):,} true pairs, {AT_RANDOM * len(pairs):,} at random, seed {SEED}"
        )
    agreeing = {name: shares(pairs) for name, pairs in sources.items()}
    by_chance = {name: shares(_mixed(pairs)) for name, pairs in sources.items()}
    print("\nm, the share among true pairs; and the bits by which it differs from the file's")
    _print(agreeing, tables.weights())
    print("\nu, the share among pairs at random; the file has only those that no index counts")
    _print(by_chance, _usual())


def _district() -> Pairs:
    entries = District(SEED).entries(ENTRIES)
    known = dict(entries)
    return [(one.question, known[str(one.key)]) for one in officers.trials(entries, EACH, SEED + 1)]


def _mixed(pairs: Pairs) -> Pairs:
    chance = random.Random(SEED)
    return [(question, chance.choice(pairs)[1]) for question, _ in pairs for _ in range(AT_RANDOM)]


def shares(pairs: Pairs) -> dict[Found, tuple[float, int]]:
    """Give, for each fact and level, its share among the pairs that have the fact, and how many."""
    counts = Counter(found for question, facts in pairs for found in levels(question, facts))
    totals = Counter({fact: 0 for fact, _ in counts})
    for (fact, _), count in counts.items():
        totals[fact] += count
    return {found: (counts[found] / totals[found[0]], totals[found[0]]) for found in counts}


def levels(question: Question, facts: Facts) -> Iterator[Found]:
    """Compare fact by fact as the index does, without its weights: which fact, at which level."""
    typed = asked.read(question)
    yield from _names(typed, facts)
    if facts.addresses:
        yield from _places(typed, facts)
    if typed.born and facts.born_on:
        known = dates.of(facts.born_on)
        yield "born_on", min((dates.compare(one, known) for one in typed.born), key=_DATES.index)
        apart = min(abs(one.year - known.year) for one in typed.born)
        yield "birth_year", "exact" if apart <= 2 else "differs"
    if question.phone and facts.phones:
        yield "phone", _phone(question.phone, facts)


_DATES = ("exact", "swapped", "near", "part", "about", "differs")
_LEVELS = ("exact", "close", "nickname", "far", "initial", "differs")


def _names(typed: Asked, facts: Facts) -> Iterator[Found]:
    names = [words for words in map(normalise.name_words, facts.names) if words]
    known = {word for words in names for word in words}
    first = {words[0][0] for words in names}
    for word in typed.names if known else ():
        if len(word) == 1:
            yield "initial", "exact" if word in first else "differs"
        else:
            yield "name", _best(word, known, similar.nicknames_of)


def _places(typed: Asked, facts: Facts) -> Iterator[Found]:
    parts = [addresses.of(address) for address in facts.addresses]
    known = {addresses.canonical(word) for one in parts for word in one.words}
    for word in typed.streets:
        level = _best(addresses.canonical(word), known, similar.nothing)
        scrap = level != "exact" and addresses.is_scrap(word)
        yield ("scrap" if scrap else "address"), level
    numbers = {number for one in parts for number in one.numbers}
    if typed.numbers and numbers:
        yield "number", "exact" if numbers.intersection(typed.numbers) else "differs"
    for one in parts:
        if set(one.numbers).intersection(typed.numbers):
            yield from _flat(set(typed.flats), set(one.flats))
    codes_held = {one.postcode for one in parts if one.postcode}
    if typed.postcode and codes_held:
        yield "postcode", _postcode(typed.postcode, codes_held)


def _flat(typed: set[str], known: set[str]) -> Iterator[Found]:
    if typed and known and not (typed <= known or known <= typed):
        yield "flat", "differs"
    elif typed & known:
        yield "flat", "exact"
    elif typed or known:
        lettered = any(flat.isalpha() for flat in typed ^ known)
        yield ("letter" if lettered else "flat"), "missing"


def _best(word: str, known: set[str], related: similar.Keys) -> str:
    found = {similar.compare(word, other, related)[0] or "differs" for other in known}
    return min(found, key=_LEVELS.index, default="differs")


def _postcode(typed: str, held: set[str]) -> str:
    level = _best(typed, held, similar.nothing)
    same_sector = postcodes.sector(typed) in {postcodes.sector(one) for one in held}
    return "sector" if level == "differs" and same_sector else level


def _phone(typed: str, facts: Facts) -> str:
    held = codes.of(facts)
    found = {code.level for code in codes.phone(typed) if code.text in held}
    return "exact" if "exact" in found else "near" if found else "differs"


def _usual() -> dict[str, Any]:
    """Give the file's chances in the shape of its shares."""
    usual = tables.weights()["usual"]
    shaped = {
        fact: value if isinstance(value, dict) else {"exact": value}
        for fact, value in usual.items()
    }
    return {
        **shaped,
        "postcode": {"sector": usual["sector"]},
        "initial": {"exact": tables.weights()["initial"]["share"]},
    }


def _print(counted: dict[str, dict[Found, tuple[float, int]]], file: Any) -> None:
    heads = "".join(f"{name:>12}{'bits':>7}{'of':>8}" for name in counted)
    print(f"   {'':22}{'file':>9}{heads}")
    for fact, level in sorted({found for shares in counted.values() for found in shares}):
        stands = file.get(fact, {}).get(level)
        cells = "".join(_cell(shares.get((fact, level)), stands) for shares in counted.values())
        print(f"   {fact + ' ' + level:22}{'–' if stands is None else f'{stands:.5f}':>9}{cells}")


def _cell(found: tuple[float, int] | None, stands: float | None) -> str:
    if found is None:
        return f"{'–':>12}{'':>15}"
    share, total = found
    bits = f"{log2(share / stands):+.1f}" if stands else ""
    return f"{share:>12.5f}{bits:>7}{total:>8}"


if __name__ == "__main__":
    main()
