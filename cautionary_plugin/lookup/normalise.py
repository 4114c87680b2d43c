"""Bring what people write into the form that is compared.

Everything here is total: any Unicode string of any length gives an answer, in bounded time.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from cautionary_plugin.lookup import tables

LONGEST_TEXT = 1_000
"""Characters of one field that are looked at; no name and no address is longer."""

_APOSTROPHES = re.compile(r"['`´’ʼ]")
_WORD = re.compile(r"[a-z0-9]+")
_FIGURES = re.compile(r"(?<![a-z])[0-9oil]+(?![a-z])")
_AS_DIGITS = str.maketrans("oil", "011")
_HYPHENED = re.compile(r"[a-z]+(?:-[a-z]+)+")
_EMAIL = re.compile(r"[^@]+@[^@]+\.[^@]+")
_LATIN = re.compile(r"[a-z]")
_JOINED_PREFIXES = frozenset({"mc", "mac", "o", "fitz"})


def fold(text: str) -> str:
    """Give the text in lower-case ASCII: no accents, no look-alikes, no invisible characters."""
    text = text[:LONGEST_TEXT]
    if text.isascii():
        return text.replace("\0", "").lower()
    text = unicodedata.normalize("NFKC", text)[:LONGEST_TEXT].casefold()
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Cn", "Co"))
    text = " ".join(_without_lookalikes(word) for word in text.split())
    return anyascii(unicodedata.normalize("NFC", text)).replace("\0", "").lower()


def _without_lookalikes(word: str) -> str:
    """Mend a word in which look-alikes of another script stand among Latin letters."""
    if word.isascii() or not _LATIN.search(word):
        return word
    return word.translate(tables.confusables("letters"))


def words(text: str) -> list[str]:
    """Split into folded words of letters or digits; an apostrophe joins (``o'brien``)."""
    return _WORD.findall(_APOSTROPHES.sub("", fold(text)))


def name_words(text: str) -> list[str]:
    """Give the words of a name, without titles; ``Mc Donald`` and ``O Brien`` are one word.

    What may be a surname as well (Lord, Master) is a title only at the beginning.
    """
    found = [word for word in words(text) if not word.isdigit()]
    dropped = tables.word_list("titles") | tables.word_list("suffixes") | {"and", "aka", "alias"}
    kept = [word for word in found if word not in dropped] or found
    if len(kept) > 1 and kept[0] in tables.word_list("honours"):
        kept = kept[1:]
    joined: list[str] = []
    for word in kept:
        if joined and joined[-1] in _JOINED_PREFIXES and len(word) > 2:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def compounds(text: str) -> list[str]:
    """Give surnames of several words as one: ``ashbythorne``, ``vanderwesthuizen``.

    Who hears such a name writes it in one, two or three words.
    """
    joined = [
        "".join(_WORD.findall(one)) for one in _HYPHENED.findall(_APOSTROPHES.sub("", fold(text)))
    ]
    before = ""
    for word in words(text):
        if word in tables.word_list("particles"):
            before += word
            continue
        joined += [before + word] if before else []
        before = ""
    return joined


def code(text: str) -> str:
    """Give a reference or an identifier in the form that survives O/0 and I/1."""
    return "".join(words(text)).translate(tables.confusables("codes"))


def digits(text: str) -> str:
    """Keep the digits, and letters typed for one: ``O77OO 9OO l23`` is ``07700900123``."""
    figures = _FIGURES.findall(fold(text))
    return "".join(
        figure.translate(_AS_DIGITS) for figure in figures if any(c.isdigit() for c in figure)
    )


def phone(text: str) -> str:
    """Give the national number without its leading 0: ``+44 (0)113 496 0001`` is ``1134960001``.

    Too short to tell anybody by (under seven digits) gives the empty string.
    """
    number = digits(text).removeprefix("00")
    if len(number) > 10:
        number = number.removeprefix("44")
    number = number.lstrip("0")[:15]
    return number if len(number) >= 6 else ""


def email(text: str) -> str:
    """Give the address in lower case, or the empty string where it is none."""
    found = "".join(fold(text).split())
    return found if len(found) <= 254 and _EMAIL.fullmatch(found) else ""


def uprn(text: str) -> str:
    """Give the Unique Property Reference Number without leading zeros, at most 12 digits."""
    number = digits(text).lstrip("0")
    return number if 1 <= len(number) <= 12 else ""
