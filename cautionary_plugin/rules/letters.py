"""What a letter to the individual must say (A23), and the gate before it goes out.

Each kind of letter is a list of items. An item has words, kept by the council, with named
placeholders; what a placeholder stands for comes from the register at that moment, or from the
director's own words about this individual. A letter with an item missing cannot be issued.

The formatter knows names and nothing else: no attributes, no expressions, no second round, so that
what somebody typed comes out as it was typed.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .errors import BadInput
from .vocabulary import LetterKind

FEWEST_SIGNS = 10
LONGEST_WORDS = 4000
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# The letters that tell somebody of an entry; an exemption ends the duty to send these (A27).
INFORMING = (LetterKind.ADDITION, LetterKind.RETENTION)

PLACEHOLDERS: dict[str, str] = {
    "council": "the name of the council",
    "register": "the name of the register",
    "subject": "“your name”, or “this address” where the entry is about premises",
    "first_day": "the day on which the entry began",
    "why": "your own words about this individual",
    "recipients": "the services and partners who may receive the information",
    "last_day": "the day on which the entry is removed or reviewed",
    "appeal_contact": "where to appeal and to complain",
    "appeal_days": "how many working days there are to appeal",
    "appeal_by": "the last day to appeal",
    "outcome": "the outcome of the appeal",
    "effect": "what the outcome changes",
    "removed_on": "the day on which the entry was removed",
}

WHERE_TO_PUT_IT_RIGHT: dict[str, str] = {
    "council": "The name of the council is not set. The settings of the register have it.",
    "why": "Say in your own words, in a sentence or more, what happened and why it matters.",
    "recipients": "The entry names no service that may receive the information.",
    "last_day": "The entry has no end date that still counts.",
    "appeal_contact": "Where to appeal is not set. The settings of the register have it.",
    "outcome": "The appeal has no outcome yet.",
    "removed_on": "The entry has not been removed.",
}


@dataclass(frozen=True)
class Item:
    """One thing that a letter says.

    :ivar live: placeholders without which the words of this item say nothing true.
    :ivar required: without it the letter does not go out; else it may be left empty.
    """

    code: str
    heading: str
    live: tuple[str, ...] = ()
    required: bool = True


OPENING = Item("opening", "", required=False)
MARKER = Item("marker", "What our records will show")
RECIPIENTS = Item("recipients", "Who may receive this information", ("recipients",))
UNTIL = Item("until", "When it will be removed or reviewed", ("last_day",))
HOW_TO_APPEAL = Item("appeal", "How to appeal", ("appeal_contact",))
YOUR_RIGHTS = Item("rights", "Your information and your rights", required=False)

ITEMS: dict[LetterKind, tuple[Item, ...]] = {
    LetterKind.ADDITION: (
        OPENING,
        Item("why", "Why we have done this", ("why",)),
        MARKER,
        RECIPIENTS,
        UNTIL,
        HOW_TO_APPEAL,
        YOUR_RIGHTS,
    ),
    LetterKind.RETENTION: (
        OPENING,
        Item("why", "Why the entry stays", ("why",)),
        MARKER,
        RECIPIENTS,
        UNTIL,
        HOW_TO_APPEAL,
        YOUR_RIGHTS,
    ),
    LetterKind.APPEAL: (
        OPENING,
        Item("outcome", "The outcome", ("outcome",)),
        Item("why", "The reasons", ("why",)),
        Item("effect", "What happens now", ("effect",)),
        Item("complaint", "If you are still unhappy", ("appeal_contact",)),
    ),
    LetterKind.REMOVAL: (
        Item("removed", "", ("removed_on",)),
        Item("records", "What our records show now"),
        Item("expected", "What we ask of you", required=False),
        Item("complaint", "If you have a question or a complaint", ("appeal_contact",)),
    ),
    LetterKind.WARNING: (
        OPENING,
        Item("why", "What was unacceptable", ("why",)),
        Item("expected", "What we expect"),
        Item("consequences", "What may happen next"),
        Item("complaint", "If you disagree", ("appeal_contact",)),
    ),
}


@dataclass(frozen=True, repr=False)
class Section:
    """One item as it stands in a letter: its heading (may be empty) and its text."""

    code: str
    heading: str
    text: str


@dataclass(frozen=True, repr=False)
class LetterBody:
    """A whole letter, as it is printed. Frozen when it is issued; never put together anew.

    :ivar dated: the day of issue in words.
    :ivar version: of the council's wording; 0 for the package's own.
    :ivar data: what the placeholders stood for, so that a change since then is seen.
    """

    council: str
    council_address: tuple[str, ...]
    addressee: tuple[str, ...]
    reference: str
    dated: str
    salutation: str
    heading: str
    sections: tuple[Section, ...]
    closing: str
    signed_by: str
    post: str
    version: int
    data: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LetterBody":
        lists = {name: tuple(data[name]) for name in ("council_address", "addressee")}
        sections = tuple(Section(**section) for section in data["sections"])
        return cls(**{**data, **lists, "sections": sections})


def fill(words: str, data: Mapping[str, str]) -> str:
    """The words with each known placeholder replaced, once; any other brace stays as it is."""
    return _PLACEHOLDER.sub(lambda found: data.get(found[1], found[0]), words)


def placeholders_in(words: str) -> list[str]:
    """The placeholders that the words name, known or not."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(words)))


def missing_from(item: Item, words: str, data: Mapping[str, str]) -> list[str]:
    """What this item lacks, each as a sentence that says where to put it right."""
    if not words.strip():
        return ["The wording of this item is empty."] if item.required else []
    return [*wrong_with(item, words), *_without_data(words, data)]


def wrong_with(item: Item, words: str) -> list[str]:
    """What is wrong with the words themselves, whomever they are sent to."""
    named = placeholders_in(words)
    lost = [
        f"The wording has lost {{{name}}}: {PLACEHOLDERS[name]}."
        for name in item.live
        if name not in named
    ]
    unknown = [f"There is no {{{name}}}." for name in named if name not in PLACEHOLDERS]
    return [*lost, *unknown]


def _without_data(words: str, data: Mapping[str, str]) -> list[str]:
    empty = [
        name
        for name in placeholders_in(words)
        if name in PLACEHOLDERS and not _says_something(name, data)
    ]
    return [
        WHERE_TO_PUT_IT_RIGHT.get(name, f"There is nothing yet for {{{name}}}.") for name in empty
    ]


def _says_something(name: str, data: Mapping[str, str]) -> bool:
    signs = sum(sign.isalnum() for sign in data.get(name, ""))
    return signs >= (FEWEST_SIGNS if name == "why" else 1)


def missing_items(
    kind: LetterKind, words: Mapping[str, str], data: Mapping[str, str]
) -> dict[str, list[str]]:
    """Code of each item that lacks something → what it lacks; empty when the letter is whole."""
    found = {item.code: missing_from(item, words.get(item.code, ""), data) for item in ITEMS[kind]}
    return {code: sentences for code, sentences in found.items() if sentences}


def check_wording(kind: LetterKind, words: Mapping[str, str]) -> dict[str, str]:
    """Words that the council may keep: each required item is there, with what it must name.

    :returns: the words of this kind's items, and of no others.
    :raises BadInput: under the code of each item.
    """
    kept = {item.code: words.get(item.code, "").strip() for item in ITEMS[kind]}
    problems = {item.code: _problems(item, kept[item.code]) for item in ITEMS[kind]}
    if any(problems.values()):
        raise BadInput({code: found for code, found in problems.items() if found})
    return kept


def _problems(item: Item, words: str) -> list[str]:
    if not words:
        return ["This item cannot be empty."] if item.required else []
    if len(words) > LONGEST_WORDS:
        return [f"This is longer than {LONGEST_WORDS} signs."]
    return wrong_with(item, words)
