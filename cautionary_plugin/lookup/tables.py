"""The data files of the match, read once: names, abbreviations, look-alikes, weights, words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


def _read(name: str) -> str:
    return files("cautionary_plugin.lookup").joinpath("data", name).read_text(encoding="utf-8")


def _groups(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in _read(name).splitlines():
        if line and not line.startswith("#"):
            head, _, rest = line.partition(":")
            yield head.strip(), rest.split()


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Give, for each given name, the other names that its bearer may go by."""
    related: dict[str, set[str]] = {}
    for full, forms in _groups("nicknames.txt"):
        line = {full, *forms}
        for one in line:
            related.setdefault(one, set()).update(line - {one})
    return MappingProxyType({name: frozenset(others) for name, others in related.items()})


@cache
def abbreviations() -> Mapping[str, str]:
    """Give, for each way to write a word of an address, the form that is compared."""
    return MappingProxyType(
        {short: full for full, forms in _groups("abbreviations.txt") for short in forms}
    )


@cache
def common_names() -> Mapping[str, float]:
    """Give the share of the country's people who bear a common name, 0 to 1."""
    shares: dict[str, float] = {}
    for count, names in _groups("common_names.txt"):
        for name in names:
            shares[name] = max(shares.get(name, 0.0), int(count) / 10_000)
    return MappingProxyType(shares)


def is_name(word: str) -> bool:
    """Tell whether a word is known for a name, by whatever list."""
    return word in common_names() or word in nicknames()


@cache
def word_list(name: str) -> frozenset[str]:
    """Give one of the small word lists: titles, fillers, suffixes, flats, street_types."""
    return frozenset(json.loads(_read("words.json"))[name])


@cache
def confusables(name: str) -> Mapping[int, str]:
    """Give a ``str.translate`` table: ``letters`` (look-alikes) or ``codes`` (O/0, I/1)."""
    return MappingProxyType(str.maketrans(json.loads(_read("confusables.json"))[name]))


@cache
def spellings() -> tuple[Mapping[str, Any], ...]:
    """Give how names of other languages are heard: for each its marks and its rules."""
    return tuple(json.loads(_read("heard.json"))["spellings"])


def warm() -> None:
    """Read every file now rather than in the middle of the first question."""
    nicknames(), abbreviations(), common_names(), weights(), reasons(), spellings()


@cache
def reasons() -> Mapping[str, str]:
    """Give the words for each reason by its code."""
    return MappingProxyType(json.loads(_read("reasons.json")))


@cache
def weights() -> Mapping[str, Any]:
    """Give the estimated shares behind the evidence; the file says how they were arrived at."""
    return MappingProxyType(json.loads(_read("weights.json")))
