"""Postcodes, also with O for 0 and I for 1 and the space in the wrong place or missing."""

from __future__ import annotations

import re

from cautionary_plugin.lookup import normalise, tables

_DIGIT = "[0-9oilsbz]"
_IN_TEXT = re.compile(
    rf"(?<![a-z0-9])([a-z][a-z01]?{_DIGIT}[a-z0-9]?)[\s-]*({_DIGIT}[a-z01]{{2}})(?![a-z0-9])"
)
_ALL_LETTERS = re.compile(r"(?<![a-z0-9])[a-z]{2}[oi]{3}[abd-hjlnp-uw-z]{2}(?![a-z0-9])")
"""``sgioiab``: no word has such letters; c, i, k, m, o and v never end a postcode."""

_FIGURES = re.compile("[0-9oi]+")


def canonical(text: str) -> str:
    """Give the postcode in the form that is compared, or the empty string.

    Confusable characters are folded into one, whatever their place; the two readings of a
    real postcode that collide by it are too rare to matter.
    """
    found = "".join(normalise.words(text))[:10]
    return found.translate(tables.confusables("codes"))


def sector(postcode: str) -> str:
    """Give what a canonical postcode shares with its neighbours: all but two letters."""
    return postcode[:-2] if len(postcode) >= 5 else ""


def take(text: str) -> tuple[str, str]:
    """Take a British postcode out of folded text.

    :returns: the canonical postcode (or the empty string) and the text without it. A piece
        counts only if it holds a real digit or is no word, so that no name is mistaken for one, and
        a letter that is not typed for a digit, so that no phone number is.
    """
    if found := _ALL_LETTERS.search(text):
        return canonical(found.group()), _without(found, text)
    for found in _IN_TEXT.finditer(text):
        whole = found.group(1) + found.group(2)
        if any(c.isdigit() for c in whole) and not _FIGURES.fullmatch(whole):
            return canonical(whole), _without(found, text)
    return "", text


def _without(found: re.Match[str], text: str) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
