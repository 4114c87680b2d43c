"""What a letter to the individual must say (A23, B32–B50), and the gate before it goes out.

Each kind of letter is a list of items. An item has words, kept by the council, with named
placeholders; what a placeholder stands for comes from the register at that moment, or from the
writer's own words about this individual. A letter with an item missing cannot be issued.

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
INFORMING = (
    LetterKind.ADDITION,
    LetterKind.RETENTION,
    LetterKind.SCHEDULE,
    LetterKind.SCHEDULE_HIGH,
)

# The letters that the equalities and diversity questionnaire goes with (B38).
WITH_QUESTIONNAIRE = (LetterKind.SCHEDULE,)

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
    "how_decided": "who decided on the entry; that the panel has yet to, where it was urgent",
    "incident_on": "the day of the incident",
    "incident_at": "the time of the incident",
    "incident_place": "the place of the incident",
    "spoc": "the single point of contact, or why there is none",
    "contact": "how the individual may contact the Council",
    "restrictions": "the services that are limited, or why none is",
    "divert_addresses": "the individual's e-mail addresses that are diverted",
    "divert_to": "the e-mail address of the single point of contact",
    "councillors": "which ward councillors want the divert for their own e-mail",
}

WHERE_TO_PUT_IT_RIGHT: dict[str, str] = {
    "council": "The name of the council is not set. The settings of the register have it.",
    "why": "Say in your own words, in a sentence or more, what happened and why it matters.",
    "recipients": "The entry names no service that may receive the information.",
    "last_day": "The entry has no end date that still counts.",
    "appeal_contact": "Where to appeal is not set. The settings of the register have it.",
    "outcome": "The appeal has no outcome yet.",
    "removed_on": "The entry has not been removed.",
    "incident_on": "No day of the incident is on file.",
    "incident_at": "The report gives no time. Type it under “Your own words”.",
    "incident_place": "The report gives no place. Type it under “Your own words”.",
    "spoc": "There is no single point of contact, and no reason why not. Type it under “Your own "
    "words”.",
    "restrictions": "No service is restricted, and no reason says why not. Type it under “Your own "
    "words”.",
    "contact": "Contact is not limited, and no reason says why not. Type it under “Your own "
    "words”.",
    "divert_addresses": "The divert names no e-mail address of the individual.",
    "divert_to": "The divert has no single point of contact.",
    "councillors": "Not every ward councillor has answered yet.",
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

# What a letter says of an entry on the schedule, at any level (B32–B36, B44, B46–B49).
_ON_THE_SCHEDULE = (
    Item("decided", "", ("how_decided",)),
    Item("incident", "What happened", ("incident_on", "incident_at", "incident_place")),
    Item("why", "Why we find this unreasonable", ("why",)),
)
_CONTACT = Item("contact", "How you can contact us", ("spoc", "contact"))
_SERVICES = Item("services", "The services that you use", ("restrictions",))
_BREACH = Item("breach", "What happens if you do not keep to this")
_LOGGED = Item("logged", "What we have recorded, and until when", ("last_day",))
_DISAGREE = Item("complaint", "If you disagree", ("appeal_contact",))

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
        _DISAGREE,
    ),
    # Low or medium risk, from the Operations Manager (B31–B38).
    LetterKind.SCHEDULE: (
        *_ON_THE_SCHEDULE,
        _CONTACT,
        _SERVICES,
        _BREACH,
        _LOGGED,
        Item("review", "How to ask for a review", ("appeal_by", "appeal_contact")),
        Item("questionnaire", "The questionnaire that comes with this letter"),
        YOUR_RIGHTS,
    ),
    # High risk, from Legal Services (B43–B50).
    LetterKind.SCHEDULE_HIGH: (
        *_ON_THE_SCHEDULE,
        Item("cease", "What you must stop now"),
        _CONTACT,
        _SERVICES,
        _BREACH,
        _LOGGED,
        Item("appeal", "How to appeal", ("appeal_by", "appeal_contact")),
        YOUR_RIGHTS,
    ),
    # Before anybody is put on the schedule (B17).
    LetterKind.EXPECTED: (
        OPENING,
        Item("incident", "What happened", ("incident_on", "incident_place")),
        Item("why", "What troubled us", ("why",)),
        Item("expected", "What we expect"),
        Item("consequences", "What may happen next"),
        _DISAGREE,
    ),
    # With an entry or without one (B26, B27).
    LetterKind.SPOC: (
        OPENING,
        Item("spoc", "Your single point of contact", ("spoc",)),
        Item("how", "How this works"),
        _DISAGREE,
    ),
    LetterKind.DIVERT: (
        OPENING,
        Item("divert", "What happens to your e-mails", ("divert_addresses", "divert_to")),
        Item("councillors", "E-mails to your councillors", ("councillors",)),
        Item("never", "What does not change"),
        _DISAGREE,
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
