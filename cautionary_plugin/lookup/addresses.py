"""An address in parts that can be compared: words, house numbers, flats, postcode."""

from __future__ import annotations

import re
from typing import NamedTuple

from cautionary_plugin.lookup import normalise, postcodes, tables
from cautionary_plugin.lookup.facts import Address

LONGEST_SCRAP = 3
"""Letters of a word that one slip makes unrecognisable."""

_VOWELS = frozenset("aeiouy")
_NUMBER_AND_LETTER = re.compile(r"(\d+)([a-z])$")
_LETTERS_FOR_FIGURES = re.compile(r"(?=.*\d)(?!\d+[il]$)[0-9oil]{2,6}")
_SLASH = re.compile(r"\b(\d+[a-z]?)\s*/\s*(\d+[a-z]?)\b")
_RUN_TOGETHER = re.compile(r"(?<![\w/-])(\d{1,4})(?!(?:st|nd|rd|th)\b)([a-z]{3,})")
_FLAT_AND_FIGURE = re.compile(
    r"(?<![\w/-])(flat|flt|apt|unit|room|rm|no|plot)(\d{1,4}[a-z]?)(?![\w/-])"
)
_FLOOR_AND_FLAT = re.compile(r"\d+f\d+")


class Parts(NamedTuple):
    """An address taken apart, in the order of writing.

    ``words`` are as written (see :func:`canonical`), ``roads`` those of them that stand in a
    line with a house number or a word such as road, or before it, where a house has a name (the
    word that says road or lane left out); ``numbers`` are those of the house; ``flats`` numbers or
    letters within it, ``slashed`` where they are written 14/2, which may be either way round.
    ``14a`` and "Flat A, 14" come out the same, and so do ``2/1, 14`` and ``2F1, 14``.
    """

    words: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    flats: tuple[str, ...] = ()
    postcode: str = ""
    slashed: bool = False


def canonical(word: str) -> str:
    """Give the form of a word of an address that is compared: ``rd`` is ``road``."""
    return tables.abbreviations().get(word, word)


def is_scrap(word: str) -> bool:
    """Tell whether a word is more likely what a slip left of a short one than a street's name.

    ``PPl`` and ``Gnds`` were Place and Gardens: that no address has them says little.
    """
    known = tables.abbreviations()
    if word in known or is_type(word):
        return False
    return len(word) <= LONGEST_SCRAP or not _VOWELS.intersection(word)


def of(address: Address) -> Parts:
    """Take the address of an entry apart, line by line."""
    within = ""
    lines: list[Parts] = []
    for line in address.lines:
        found, rest = postcodes.take(normalise.fold(line))
        within = found or within
        lines += [split(piece) for piece in rest.split(",")]
    return Parts(
        words=tuple(word for line in lines for word in line.words),
        roads=tuple(word for line in _at_the_door(lines) for word in _which(line.words)),
        numbers=tuple(number for line in lines for number in line.numbers),
        flats=tuple(flat for line in lines for flat in line.flats),
        postcode=postcodes.canonical(address.postcode) or within,
        slashed=any(line.slashed for line in lines),
    )


def _at_the_door(lines: list[Parts]) -> list[Parts]:
    """Give the lines that lead to the door: the streets, and the name of a house before them."""
    streets = [place for place, line in enumerate(lines) if _is_street(line)]
    named = [place for place, line in enumerate(lines) if line.words]
    first = streets[0] if streets else min(named, default=0)
    return [line for place, line in enumerate(lines) if place <= first or place in streets]


def _which(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words that say which street it is: of Park View, the first."""
    if len(words) > 1 and is_type(canonical(words[-1])):
        return words[:-1]
    return words


def is_type(word: str) -> bool:
    """Tell whether a canonical word says road, lane or close."""
    return word in tables.word_list("street_types")


def _is_street(line: Parts) -> bool:
    return bool(line.numbers) or any(is_type(canonical(word)) for word in line.words)


def read(text: str, postcode: str = "") -> Parts:
    """Take a typed address apart; a postcode of its own wins over one within the text."""
    within, rest = postcodes.take(normalise.fold(text))
    return split(rest)._replace(postcode=postcodes.canonical(postcode) or within)


def split(folded: str) -> Parts:
    """Take apart folded text that holds no postcode any more."""
    words: list[str] = []
    numbers: list[str] = []
    flats: list[str] = []
    after_flat = False
    parted = _FLAT_AND_FIGURE.sub(r"\1 \2", _RUN_TOGETHER.sub(r"\1 \2", folded))
    text, slashed = _without_slashes(parted)
    for token in normalise.words(text):
        if token in tables.word_list("flats"):
            after_flat = True
            continue
        if _LETTERS_FOR_FIGURES.fullmatch(token):
            token = normalise.digits(token)
        lettered = _NUMBER_AND_LETTER.match(token)
        if _FLOOR_AND_FLAT.fullmatch(token) or (
            after_flat and (len(token) == 1 or token[0].isdigit())
        ):
            flats.append(_number(token))
        elif token.isdigit():
            numbers.append(_number(token))
        elif lettered:
            numbers.append(_number(lettered.group(1)))
            flats.append(lettered.group(2))
        else:
            words.append(token)
        after_flat = False
    return Parts(tuple(words), (), tuple(numbers), tuple(flats), slashed=slashed)


def _without_slashes(folded: str) -> tuple[str, bool]:
    """Write ``2/14 Mill Road`` as flat 2 of 14, and ``2/1, 14 Mill Road`` as flat 2f1 of 14.

    In a tenement the two figures are the floor and the flat on it, where the house has a number
    of its own, or none in this line.

    :returns: the text, and whether flat and number may be meant the other way round.
    """
    rest = _SLASH.sub(" ", folded)
    bare = all(word in tables.word_list("flats") for word in normalise.words(rest))
    if bare or any(c.isdigit() for c in rest):
        return _SLASH.sub(r"flat \1f\2 ", folded), False
    return _SLASH.sub(r"flat \1 \2", folded), rest != folded


def _number(token: str) -> str:
    return token.lstrip("0") or "0"
