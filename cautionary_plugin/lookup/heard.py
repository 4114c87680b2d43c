"""Names that are spelt by the rules of another language, as an English ear writes them down.

Who hears *Wójcik* and never saw one writes *Voychik*: no letter is wrong, and few agree. The rules
stand in ``data/heard.json``, by language; words without the marks of one stay as they are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.sounds import sound

SHORTEST = 4
LONGEST = 24
"""Letters of a word that is written out; no name of one word is longer."""

_ALIKE = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in ((r"(.)\1+", r"\1"), ("c?ks|cs", "x"), ("ck", "k"), ("y", "i"))
)


class Spelling(NamedTuple):
    """The spelling of a language: what betrays it, and how its letters are heard."""

    marks: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=20_000)
def by_ear(word: str) -> tuple[str, ...]:
    """Give what a folded word may be written as by who only heard it; itself not among it."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return ()
    written = (_written_out(word, each) for each in _spellings() if each.marks.search(word))
    return tuple(dict.fromkeys(form for form in written if form != word))


@lru_cache(maxsize=20_000)
def sounds(word: str) -> frozenset[str]:
    """Give the sounds of a folded word in whatever language it may be spelt."""
    return frozenset(filter(None, map(sound, (word, *by_ear(word)))))


@lru_cache(maxsize=20_000)
def forms(word: str) -> frozenset[str]:
    """Give the word and what it is heard as, without what no ear tells apart (y or i, ck or k)."""
    return frozenset(map(_plain, (word, *by_ear(word))))


def _written_out(word: str, spelling: Spelling) -> str:
    for pattern, letters in spelling.rules:
        word = pattern.sub(letters, word)
    return word


def _plain(word: str) -> str:
    for pattern, letters in _ALIKE:
        word = pattern.sub(letters, word)
    return word


@cache
def _spellings() -> tuple[Spelling, ...]:
    return tuple(
        Spelling(
            re.compile(each["marks"]),
            tuple((re.compile(pattern), letters) for pattern, letters in each["rules"]),
        )
        for each in tables.spellings()
    )
