"""Letters for tests: a register that can write them, and a letter at each stage of its life."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.letters import issue_letter, owe_letter, record_sent, write_letter
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import Entry, Letter
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.council import Council, list_entries

COUNCIL = {
    "council_name": "Weldham Borough Council",
    "letter_address": "Civic Centre\nHigh Street\nWeldham\nWX1 1AA",
    "appeal_contact": "The Appeals Clerk\nCivic Centre, High Street, Weldham WX1 1AA\n"
    "appeals@weldham.example",
}
WHY = (
    "On 20 October you raised a spade against two of our surveyors at your door. They left in "
    "fear for their safety."
)


def ready_to_write(council: Council, *, at: datetime | None = None, **facts: Any) -> None:
    """Give the register what letters need: the council's name, its address, where to appeal."""
    change_register(
        register=council.register,
        closures=[],
        links={},
        by=council.owner,
        at=at or timezone.now(),
        **(COUNCIL | facts),
    )
    council.register.refresh_from_db()


def owed(
    council: Council,
    kind: LetterKind = LetterKind.ADDITION,
    *,
    entry: Entry | None = None,
    at: datetime | None = None,
) -> Letter:
    """A letter about an entry, which is made where none is given."""
    about = entry or list_entries(council)[0]
    return owe_letter(
        kind=kind,
        case_file=about.case_file,
        register=council.register,
        entry=about,
        at=at or timezone.now(),
    )


def written(council: Council, *, at: datetime | None = None, **options: Any) -> Letter:
    """A letter with nothing missing."""
    now = at or timezone.now()
    ready_to_write(council, at=now)
    letter = owed(council, at=now, **options)
    return write_letter(letter=letter, own_words={"why": WHY}, by=council.owner, at=now)


def issued(council: Council, *, at: datetime | None = None, **options: Any) -> Letter:
    """A letter that the owner has signed."""
    now = at or timezone.now()
    letter = written(council, at=now, **options)
    return issue_letter(letter=letter, by=council.owner, at=now)


def posted(council: Council, *, at: datetime | None = None, **options: Any) -> Letter:
    """A letter that went into the post today."""
    now = at or timezone.now()
    letter = issued(council, at=now, **options)
    return record_sent(letter=letter, sent_on=timezone.localdate(now), by=council.owner, at=now)
