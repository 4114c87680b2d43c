"""Read what the officer typed: which words may be names, which an address, which a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cautionary_plugin.lookup import addresses, codes, dates, normalise, postcodes, tables
from cautionary_plugin.lookup.codes import Group
from cautionary_plugin.lookup.dates import Born
from cautionary_plugin.lookup.facts import Question

MOST_WORDS = 16
"""Words of one question that are weighed; the rest of a pasted letter is not looked at."""

_EMAIL = re.compile(r"[^\s,;<>()]{1,64}@[^\s,;<>()]{3,190}")
_PHONE = re.compile(r"(?<![\w])(?:\+|00)?\(?\d[\d\s().-]{7,22}\d(?!\w)")
_FIGURE = re.compile(r"(?<!\w)\d{5,12}(?!\w)")
_REFERENCE = re.compile(r"(?<![\w/-])(?=[\w/-]*\d)\w[\w/-]{3,18}\w(?![\w/-])")

_KINDS = frozenset({"flat", "apartment", "house", "road", "street", "lane", "avenue", "close"})
"""Words that say what kind of street or dwelling it is, and not which."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in comparable form.

    ``names`` and ``streets`` were typed into their own boxes; ``either`` may be one or the
    other. ``codes`` are what must agree as a whole (see :mod:`codes`), one group for each fact.
    """

    names: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    flats: tuple[str, ...] = ()
    postcode: str = ""
    born: tuple[Born, ...] = ()
    codes: tuple[Group, ...] = ()


def can_be_checked(asked: Asked) -> bool:
    """Tell whether enough was understood to look for anybody.

    A title, an initial, a house number or a year by itself is true of too many: an officer who
    is told "none recorded" for it has been told nothing.
    """
    telling = [word for word in (*asked.names, *asked.streets, *asked.either) if len(word) > 1]
    vague = _dropped() | _KINDS
    dated = any(born.month for born in asked.born)
    return bool(
        dated or asked.postcode or asked.codes or any(word not in vague for word in telling)
    )


def read(question: Question) -> Asked:
    """Read a question; what cannot be read is left out, and nothing is ever refused."""
    loose, name = question.anything, question.name
    if any(c.isdigit() for c in name[: normalise.LONGEST_TEXT]):
        loose, name = f"{loose} {name}", ""
    box = _read_loose(loose)
    address = addresses.read(question.address, question.postcode)
    names = [*normalise.name_words(name), *normalise.name_words(question.alias)]
    streets = [word for word in address.words if word not in _dropped()]
    return Asked(
        names=_some(names),
        streets=_some(streets),
        either=box.either,
        numbers=_some([*address.numbers, *box.numbers]),
        flats=_some([*address.flats, *box.flats]),
        postcode=address.postcode or box.postcode,
        born=_born(question.born_on) or box.born,
        codes=_groups(
            codes.phone(question.phone),
            codes.uprn(question.uprn),
            codes.email(question.email),
            *box.codes,
        ),
    )


def _read_loose(typed: str) -> Asked:
    """Take apart the one box: what has a shape of its own first, then words and house numbers."""
    text = normalise.fold(typed)
    if not text.strip():
        return Asked()
    email, text = _take(_EMAIL, text)
    postcode, text = postcodes.take(text)
    born, text = dates.take(text)
    number, text = _take(_PHONE, text)
    figure, text = _take(_FIGURE, text)
    references = _REFERENCE.findall(text)[:MOST_WORDS]
    address = addresses.split(text)
    kept = [word for word in address.words if word not in _dropped()]
    return Asked(
        either=_some(kept or address.words),
        numbers=_some(address.numbers),
        flats=_some(address.flats),
        postcode=postcode,
        born=born,
        codes=_groups(
            codes.figures(number),
            codes.figures(figure),
            codes.email(email),
            *map(codes.identifier, references),
        ),
    )


def _born(typed: str | date) -> tuple[Born, ...]:
    if isinstance(typed, date):
        return (dates.of(typed),)
    text = normalise.fold(typed)
    return dates.take(text)[0] or dates.take_year(text)[0]


def _take(shape: re.Pattern[str], text: str) -> tuple[str, str]:
    found = shape.search(text)
    if not found:
        return "", text
    return found.group(), f"{text[: found.start()]} {text[found.end() :]}"


def _groups(*found: Group) -> tuple[Group, ...]:
    return tuple(dict.fromkeys(group for group in found if group))


def _dropped() -> frozenset[str]:
    return tables.word_list("fillers") | tables.word_list("titles") | tables.word_list("suffixes")


def _some(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Keep each word once, in order, as many as are weighed."""
    return tuple(dict.fromkeys(words))[:MOST_WORDS]
