"""What a letter says now: the council's words, filled from the register as it stands (A23)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.people import signature_of
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import (
    Entry,
    Letter,
    LetterWording,
    Person,
    Premises,
    Register,
    Service,
)
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING, HEADINGS
from cautionary_plugin.rules.letters import ITEMS, LetterBody, Section, fill, missing_items
from cautionary_plugin.rules.posts import powers_of
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.variations import as_the_individual_is_told
from cautionary_plugin.rules.vocabulary import AppealOutcome, LetterKind
from cautionary_plugin.rules.writers import OF_THE_PANEL, WRITER

from .owing import letter_reference
from .panel_facts import of_panel


@dataclass(frozen=True, repr=False)
class PreviewItem:
    """One item as it would stand in the letter, and what it lacks."""

    code: str
    heading: str
    text: str
    missing: list[str]


@dataclass(frozen=True, repr=False)
class Preview:
    """A letter as it would be issued now.

    :ivar missing: every sentence that stands in the way, those of the items included.
    """

    body: LetterBody
    items: list[PreviewItem]
    missing: list[str]
    wording: LetterWording | None


def preview(letter: Letter, *, by: Any, at: datetime) -> Preview:
    """The letter as ``by`` would issue it at this instant, and what is still missing."""
    kind, register = LetterKind(letter.kind), letter.register
    wording, words = wording_for(register, kind)
    data = live_data(letter, at=at)
    lacking = missing_items(kind, words, data)
    sections = [
        Section(item.code, item.heading, fill(words.get(item.code, ""), data))
        for item in ITEMS[kind]
    ]
    addressee, salutation, closing = _addressed(letter)
    body = LetterBody(
        council=register.council_name,
        council_address=_lines(register.letter_address),
        addressee=addressee,
        reference=letter_reference(letter),
        dated=plain_day(timezone.localdate(at)),
        salutation=salutation,
        heading=fill(HEADINGS[kind], data),
        sections=tuple(section for section in sections if section.text.strip()),
        closing=closing,
        signed_by=signature_of(by),
        post=_post_of(by, letter, at),
        version=wording.version if wording else 0,
        data=data,
    )
    items = [
        PreviewItem(each.code, each.heading or "Opening", each.text, lacking.get(each.code, []))
        for each in sections
    ]
    told = [sentence for sentences in lacking.values() for sentence in sentences]
    missing = list(dict.fromkeys([*_around(letter, body), *told]))
    return Preview(body, items, missing, wording)


def wording_for(
    register: Register, kind: LetterKind
) -> tuple[LetterWording | None, dict[str, str]]:
    """The council's newest words of a kind of letter; None and the package's own before any."""
    kept = LetterWording.objects.filter(register=register, kind=kind).order_by("-version").first()
    return kept, (kept.paragraphs if kept else DEFAULT_WORDING[kind])


def changed_since_issue(letter: Letter) -> bool:
    """Whether what the issued letter says of the register has changed since.

    The register may have moved on between the signature and the post-box: another end date,
    another audience, another address for appeals. Or another colleague is to sign it.
    """
    if letter.issued_at is None or letter.sent_on is not None:
        return False
    frozen = LetterBody.from_json(letter.body)
    addressee, _salutation, _closing = _addressed(letter)
    now = live_data(letter, at=letter.issued_at)
    if letter.writer_id not in (None, letter.issued_by_id):
        return True
    return (now, addressee) != (frozen.data, frozen.addressee)


def live_data(letter: Letter, *, at: datetime) -> dict[str, str]:
    """What each placeholder stands for, from the register as it is; empty where it is not there."""
    register, entry = letter.register, letter.entry
    appeal_by = register.calendar.after(timezone.localdate(at), register.appeal_days)
    data = {
        "council": register.council_name,
        "register": register.name,
        "subject": "this address" if _is_premises(letter) else "your name",
        "why": letter.own_words.get("why", "").strip(),
        "appeal_contact": register.appeal_contact.strip(),
        "appeal_days": str(register.appeal_days),
        "appeal_by": plain_day(appeal_by),
    }
    if entry:
        data |= _of_entry(letter, entry)
    return data | of_panel(letter, at=at) if letter.kind in OF_THE_PANEL else data


def _of_entry(letter: Letter, entry: Entry) -> dict[str, str]:
    ended = entry.state == EntryState.ENDED
    until = letter.review.new_end_on if letter.review else None
    ends = until or last_day(entry)
    removed_on = plain_day(timezone.localdate(entry.ended_at)) if entry.ended_at else ""
    return {
        "first_day": plain_day(timezone.localdate(entry.starts_at)),
        "last_day": "" if ended else plain_day(ends),
        "recipients": _in_a_row(recipients_of(entry)),
        "removed_on": removed_on,
        "outcome": _outcome(letter),
        "effect": _effect(letter, ends, removed_on),
    }


def recipients_of(entry: Entry) -> list[str]:
    """Who may be passed the information (A23 c): services, and partners who have been given it."""
    shared = entry.disclosures.standing().select_related("partner")
    partners = {each.partner.name for each in shared}
    return [*(service.name for service in entry.audience.all()), *sorted(partners)]


def _outcome(letter: Letter) -> str:
    outcome = letter.appeal.outcome if letter.appeal else ""
    return AppealOutcome(outcome).label if outcome else ""


def _effect(letter: Letter, ends: date, removed_on: str) -> str:
    if removed_on:
        return f"The entry was removed from the register on {removed_on}."
    stays = (
        f"The entry stays on the register until {plain_day(ends)}, when it is removed or reviewed."
    )
    return "\n".join([*_what_changed(letter), stays])


def _what_changed(letter: Letter) -> list[str]:
    """What the outcome of an appeal has changed of the entry; nothing where it was dismissed."""
    if letter.appeal is None:
        return []
    services = dict(Service.objects.values_list("slug", "name"))
    return as_the_individual_is_told(letter.appeal.variation, services=services)


def _around(letter: Letter, body: LetterBody) -> list[str]:
    """What is missing around the items: the letterhead, the address, an entry that counts."""
    held = letter.entry is not None and letter.entry.state == EntryState.HELD
    found = {
        "The name of the council is not set. The settings of the register have it.": body.council,
        "The address for the letterhead is not set. The settings of the register have it.": (
            body.council_address
        ),
        "The file has no address. Type the name and the address, one line each.": len(
            body.addressee
        )
        > 1,
        "The entry waits for a senior signature; nobody is told before.": not held,
    }
    return [sentence for sentence, there in found.items() if not there]


def _addressed(letter: Letter) -> tuple[tuple[str, ...], str, str]:
    """The lines of the address, the salutation, and how the letter closes."""
    subject = _subject(letter)
    if isinstance(subject, Person):
        identity = subject.identity
        name, addresses = identity.names[0], identity.addresses
        greeting = (f"Dear {name}", "Yours sincerely")
    else:
        name, addresses = "The Occupier", (subject.identity.address,)
        greeting = ("Dear Occupier", "Yours faithfully")
    on_file = (*addresses[0].lines, addresses[0].postcode) if addresses else ()
    typed = _lines(letter.own_words.get("addressee", ""))
    return (typed or (name, *filter(None, on_file)), *greeting)


def _subject(letter: Letter) -> Person | Premises:
    case_file = letter.entry.case_file if letter.entry else letter.case_file
    return case_file.subject


def _is_premises(letter: Letter) -> bool:
    return isinstance(_subject(letter), Premises)


def _post_of(by: Any, letter: Letter, at: datetime) -> str:
    """The title of the post under which somebody signs; a deputy signs for its holder."""
    power = WRITER[LetterKind(letter.kind)]
    for each in standing_of(by, at=at).appointments:
        if each.post.register_id in (None, letter.register_id) and (
            power in powers_of(each.post.kind)
        ):
            return f"for the {each.post.title}" if each.as_deputy else each.post.title
    return ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _in_a_row(names: list[str]) -> str:
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last
