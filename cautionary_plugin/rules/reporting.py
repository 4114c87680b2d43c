"""The pages of a report, and what each must hold before the report goes out (A1–A3, A6, A12).

Answers come page by page: page → field → what was typed, as JSON keeps it (text, lists of text,
dates as ISO text). A page may lack answers while the report is a draft.
"""

from collections.abc import Collection, Mapping
from typing import Any

from .police import Crime
from .vocabulary import Marker, Route, SubjectKind, Trigger, Vocabulary

Answers = Mapping[str, Mapping[str, Any]]


class About(Vocabulary):
    """Whom or what an incident is about. The first question, and the only one not kept."""

    PUBLIC = "public", "A customer or another member of the public"
    UNREASONABLE = "unreasonable", "Unreasonable, abusive or vexatious contact by a customer"
    ANIMAL = "animal", "A dangerous animal at an address"
    COLLEAGUE = "colleague", "An employee or a councillor of this council"


class Whose(Vocabulary):
    """Whose report it is (A7)."""

    MINE = "mine", "Mine"
    COLLEAGUES = "colleague", "A colleague’s, who told me about it"


class YesNo(Vocabulary):
    """A plain question."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Loose(Vocabulary):
    """Whether an animal could reach whoever comes (A2)."""

    YES = "yes", "Yes, it was loose"
    NO = "no", "No, it was shut in or tied up"
    UNKNOWN = "unknown", "I do not know"


class Page(Vocabulary):
    """One question of the report; the label is how it is asked."""

    WHOSE = "whose", "Whose report is this?"
    TRIGGER = "trigger", "What do you want to report?"
    ADDRESS = "address", "At which address is the animal?"
    ANIMAL = "animal", "What animal is it?"
    WHEN = "when", "When and where did it happen?"
    SIGHTED = "sighted", "When did it happen, or when was the animal seen?"
    SERVICE = "service", "Which service was the work for?"
    PERSON = "person", "Who was it?"
    IDENTIFY = "identify", "What else tells this person from others?"
    BEHAVIOUR = "behaviour", "What kind of behaviour was it?"
    SEEN = "seen", "What did you see or hear yourself?"
    TOLD = "told", "What were you told, and by whom?"
    HARM = "harm", "Was anybody hurt, or anything damaged?"
    OTHERS = "others", "Who else was there?"
    CRIME = "crime", "Was a crime committed, as far as you know?"
    POLICE = "police", "Have the Police been informed?"
    EVIDENCE = "evidence", "Do you have photos or other evidence?"


_ENDING = (Page.SEEN, Page.TOLD, Page.HARM, Page.OTHERS, Page.CRIME, Page.POLICE, Page.EVIDENCE)

PAGES: dict[SubjectKind, tuple[Page, ...]] = {
    SubjectKind.PERSON: (
        Page.WHOSE,
        Page.TRIGGER,
        Page.WHEN,
        Page.SERVICE,
        Page.PERSON,
        Page.IDENTIFY,
        Page.BEHAVIOUR,
        *_ENDING,
    ),
    # Premises are an address and what is met there; nobody is named (A2).
    SubjectKind.PREMISES: (
        Page.WHOSE,
        Page.ADDRESS,
        Page.ANIMAL,
        Page.SIGHTED,
        Page.SERVICE,
        *_ENDING,
    ),
}

# What is reported about a person (A6); an animal has questions of its own.
TRIGGERS = (Trigger.ACT, Trigger.THREAT, Trigger.SEXUAL_ASSAULT_RISK, Trigger.CONCERN)

# A1. What is merely vexatious is no risk of violence.
BEHAVIOURS = (
    Marker.VIOLENCE,
    Marker.THREATS,
    Marker.WEAPON,
    Marker.BULLYING,
    Marker.SEXUAL_HARASSMENT,
    Marker.RACIAL_HARASSMENT,
    Marker.STALKING,
)

# What the panel is told of as well (B18): vexatious contact is the low level of its risk.
PANEL_BEHAVIOURS = (Marker.VEXATIOUS, *BEHAVIOURS)

# On which register each kind of report is made; a colleague is reported on none.
ROUTES: dict[About, Route] = {
    About.PUBLIC: Route.DIRECTOR,
    About.ANIMAL: Route.DIRECTOR,
    About.UNREASONABLE: Route.PANEL,
}


def pages_of(
    kind: str, answers: Answers, *, without: Collection[Page] = frozenset()
) -> tuple[Page, ...]:
    """The pages of a report, in their order.

    :param without: pages that do not apply, such as whose it is once it was sent.
    """
    left_out = {*without, *([] if is_crime(answers) else [Page.POLICE])}
    return tuple(page for page in PAGES[SubjectKind(kind)] if page not in left_out)


def is_crime(answers: Answers) -> bool:
    """Whether a crime was committed, so that the Police must be informed (A12)."""
    return answers.get(Page.CRIME, {}).get("crime") == Crime.YES
