"""Read what the officer typed: which words may be names, which an address, which a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from cautionary_plugin.lookup import addresses, codes, dates, normalise, postcodes, tables
from cautionary_plugin.lookup.codes import Group
from cautionary_plugin.lookup.dates import Born
from cautionary_plugin.lookup.facts import Question

MOST_WORDS = 32
"""Words of one question that are weighed; the rest of a pasted letter is not looked at."""

LONGEST_POSTCODE = 8
"""Characters of a postcode, one to spare; what is longer is something else."""

_EMAIL = re.compile(r"[^\s,;<>()@]{1,64}@[^\s,;<>()@]{1,190}\.[^\s,;<>()@]{1,63}")
_PHONE = re.compile(r"(?<![\w])(?:\+|00)?\(?\d[\d\s().-]{7,22}\d(?!\w)")
_PHONE_IN_LETTERS = re.compile(
    r"(?<![a-z0-9])(?=[oil]*\d)[+o0(][0-9oil\s().-]{7,22}\d[oil]{0,3}(?![a-z0-9])"
)
_MOST_PHONES = 3
_MOST_PERSONS = 3
_BETWEEN_PERSONS = re.compile(r"[&/+;\n]|\band\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d./:-])\d{1,2}(?:[:.]\d\d\s*(?:[ap]m)?|\s*[ap]m)(?![./:-]?\d|[a-z])")
_CLOCK_IN_FIGURES = re.compile(r"(?<![\d+(/-])0[6-9][0-5]\d(?!\s*[\d()/-])")
_MONTH = "january|february|feb|july|jul|september|sept|sep|october|oct|november|nov|december"
_OR_A_NAME = "jan|march|mar|april|apr|may|june|jun|august|aug|dec"
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d/-])\d{{1,2}}(?:\s+(?:{_MONTH})|(?:st|nd|rd|th)\s+(?:of\s+)?(?:{_MONTH}|{_OR_A_NAME}))"
    r"(?![a-z])"
)
_WITH = re.compile(r"(?<![a-z0-9])w/")
_OUTWARD = re.compile(r"[a-z]{1,2}\d{1,2}[a-z]?")
_FIGURE = re.compile(r"(?<![\w/-])\d{5,12}(?![\w/-])")
_REFERENCE = re.compile(r"(?<![\w/-])(?=[\w/-]*\d)\w[\w/-]{3,18}\w(?![\w/-])")
_SPACED_REFERENCE = re.compile(r"(?<![\w/-])[a-z]{2,6} \d{5,12}(?![\w/-])")
_INSURANCE_NUMBER = re.compile(r"(?<![a-z0-9])[a-z]{2}(?:\s?\d\d){3}\s?[a-d](?![a-z0-9])")

_KINDS = frozenset({"flat", "apartment", "house", "road", "street", "lane", "avenue", "close"})
"""Words that say what kind of street or dwelling it is, and not which."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in comparable form.

    ``names`` and ``streets`` were typed into their own boxes; ``either`` may be one or the
    other. ``codes`` are what must agree as a whole (see :mod:`codes`), one group for each fact.
    ``cut``: more was typed than is looked at.
    """

    names: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    flats: tuple[str, ...] = ()
    postcode: str = ""
    born: tuple[Born, ...] = ()
    codes: tuple[Group, ...] = ()
    cut: bool = False


def can_be_checked(asked: Asked) -> bool:
    """Tell whether enough was understood to look for anybody.

    A title, an initial, a house number or a year by itself is true of too many: an officer who
    is told "none recorded" for it has been told nothing.
    """
    vague = _dropped() | _KINDS
    dated = any(born.month for born in asked.born)
    words = {*asked.names, *({*asked.streets, *asked.either} - tables.word_list("errands"))}
    telling = (word for word in words - vague if len(word) > 1 and not _OUTWARD.fullmatch(word))
    return bool(dated or asked.postcode or asked.codes or any(telling))


def each_person(question: Question) -> list[Question]:
    """Give a question for each person of "Mr C Rostron & Ms J Doe", and the one for both.

    What is true of one of two who share a door is not to be held against the other.
    """
    typed = question.name[: normalise.LONGEST_TEXT]
    parts = _BETWEEN_PERSONS.split(typed, maxsplit=_MOST_PERSONS)[:_MOST_PERSONS]
    names = [name for name in parts if normalise.name_words(name)]
    if len(names) < 2:
        return [question]
    return [question, *(replace(question, name=name) for name in names)]


def read(question: Question) -> Asked:
    """Read a question; what cannot be read is left out, and nothing is ever refused."""
    question = _put_right(question)
    name = question.name
    box = _read_loose(question.anything)
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
            codes.phones(question.phone),
            codes.uprn(question.uprn),
            codes.email(question.email),
            *box.codes,
        ),
        cut=box.cut or max(len(set(names)), len(set(streets))) > MOST_WORDS,
    )


def _put_right(question: Question) -> Question:
    """Take into the one box what stands in a box where it cannot be read."""
    loose, name = [question.anything], question.name
    phone, email, postcode = question.phone, question.email, question.postcode
    if any(c.isdigit() for c in name[: normalise.LONGEST_TEXT]):
        loose, name = [*loose, name], ""
    if not codes.phones(phone):
        loose, phone = [*loose, phone], ""
    if not codes.email(email):
        loose, email = [*loose, email], ""
    if _OUTWARD.fullmatch("".join(normalise.words(postcode))):
        postcode = ""  # the first half is true of thousands
    if len("".join(postcode.split())) > LONGEST_POSTCODE:
        loose, postcode = [*loose, postcode], ""
    typed = " ".join(filter(None, loose))
    return replace(question, anything=typed, name=name, phone=phone, email=email, postcode=postcode)


def _read_loose(typed: str) -> Asked:
    """Take apart the one box: what has a shape of its own first, then words and house numbers."""
    text = _WITH.sub(" ", normalise.fold(typed))
    if not text.strip():
        return Asked()
    email, text = _take(_EMAIL, text)
    insured, text = _take(_INSURANCE_NUMBER, text)
    postcode, text = postcodes.take(text)
    born, text = dates.take(_CLOCK_IN_FIGURES.sub(" ", _CLOCK.sub(" ", text)))
    text = _DAY_OF_MONTH.sub(" ", text)
    if not born:
        born, text = dates.take_year_of_birth(text)
    numbers, text = _take_phones(text)
    spaced, _ = _take(_SPACED_REFERENCE, text)
    figure, text = _take(_FIGURE, text)
    references = [insured, *_REFERENCE.findall(text)][:MOST_WORDS]
    address = addresses.split(text)
    kept = [
        word for word in address.words if word not in _dropped() and not _OUTWARD.fullmatch(word)
    ]
    return Asked(
        either=_some(kept or address.words),
        numbers=_some(address.numbers),
        flats=_some(address.flats),
        postcode=postcode,
        born=born,
        codes=_groups(
            *map(codes.figures, numbers),
            (*codes.figures(figure), *codes.identifier(spaced)),
            codes.email(email),
            *map(codes.identifier, references),
        ),
        cut=len(typed) > normalise.LONGEST_TEXT or len(set(kept)) > MOST_WORDS,
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


def _take_phones(text: str) -> tuple[list[str], str]:
    found: list[str] = []
    for shape in (_PHONE, _PHONE_IN_LETTERS):
        while len(found) < _MOST_PHONES and shape.search(text):
            number, text = _take(shape, text)
            found.append(number)
    return found, text


def _groups(*found: Group) -> tuple[Group, ...]:
    return tuple(dict.fromkeys(group for group in found if group))


def _dropped() -> frozenset[str]:
    return tables.word_list("fillers") | tables.word_list("titles") | tables.word_list("suffixes")


def _some(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Keep each word once, in order, as many as are weighed."""
    return tuple(dict.fromkeys(words))[:MOST_WORDS]
