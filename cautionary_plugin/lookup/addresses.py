"""An address in parts that can be compared: words, house numbers, flats, postcode."""

from __future__ import annotations

import re
from typing import NamedTuple

from cautionary_plugin.lookup import normalise, postcodes, tables
from cautionary_plugin.lookup.facts import Address

_NUMBER_AND_LETTER = re.compile(r"(\d+)([a-z])$")
_FLAT_AND_NUMBER = re.compile(r"\b(\d+[a-z]?)\s*/\s*(\d+[a-z]?)\b")


class Parts(NamedTuple):
    """An address taken apart, in the order of writing.

    ``words`` are as written (see :func:`canonical`), ``roads`` those of them that stand in a
    line with a house number or a word such as road; ``numbers`` are those of the house;
    ``flats`` numbers or letters within it. ``14a`` and "Flat A, 14" come out the same.
    """

    words: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    flats: tuple[str, ...] = ()
    postcode: str = ""


def canonical(word: str) -> str:
    """Give the form of a word of an address that is compared: ``rd`` is ``road``."""
    return tables.abbreviations().get(word, word)


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
        roads=tuple(word for line in lines if _is_street(line) for word in line.words),
        numbers=tuple(number for line in lines for number in line.numbers),
        flats=tuple(flat for line in lines for flat in line.flats),
        postcode=postcodes.canonical(address.postcode) or within,
    )


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
    for token in normalise.words(_FLAT_AND_NUMBER.sub(r"flat \1 \2", folded)):
        if token in tables.word_list("flats"):
            after_flat = True
            continue
        lettered = _NUMBER_AND_LETTER.match(token)
        if after_flat and (len(token) == 1 or token[0].isdigit()):
            flats.append(_number(token))
        elif token.isdigit():
            numbers.append(_number(token))
        elif lettered:
            numbers.append(_number(lettered.group(1)))
            flats.append(lettered.group(2))
        else:
            words.append(token)
        after_flat = False
    return Parts(words=tuple(words), numbers=tuple(numbers), flats=tuple(flats))


def _number(token: str) -> str:
    return token.lstrip("0") or "0"
