"""From the answers of the pages to the facts that a report and its subject consist of."""

from datetime import date
from typing import Any

from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.police import Crime, PoliceFacts
from cautionary_plugin.rules.reporting import Answers, Loose, Page, YesNo, is_crime
from cautionary_plugin.rules.vocabulary import Marker, SubjectKind, Trigger

LOOSE = {Loose.YES: "loose", Loose.NO: "shut in or tied up"}


def facts_of(kind: str, answers: Answers) -> dict[str, Any]:
    """The fields of the report: name → value."""
    of_kind = _about_person if kind == SubjectKind.PERSON else _about_premises
    return of_kind(answers) | {
        "seen": _text(answers, Page.SEEN, "seen"),
        "told": _text(answers, Page.TOLD, "told"),
        "told_by": _text(answers, Page.TOLD, "told_by"),
        "injuries": _text(answers, Page.HARM, "injuries"),
        "witnesses": _text(answers, Page.OTHERS, "witnesses"),
    }


def _about_person(answers: Answers) -> dict[str, Any]:
    return {
        "trigger": _text(answers, Page.TRIGGER, "trigger") or Trigger.UNREASONABLE.value,
        "occurred_on": _day(answers, Page.WHEN, "occurred_on"),
        "occurred_at": _text(answers, Page.WHEN, "occurred_at"),
        "place": _text(answers, Page.WHEN, "place"),
        "markers": list(answers[Page.BEHAVIOUR]["markers"]),
    }


def _about_premises(answers: Answers) -> dict[str, Any]:
    return {
        "trigger": Trigger.ANIMAL.value,
        "occurred_on": _day(answers, Page.SIGHTED, "occurred_on"),
        "occurred_at": _text(answers, Page.SIGHTED, "occurred_at"),
        "place": _address(answers, Page.ADDRESS).in_one_line,
        "markers": [Marker.DANGEROUS_ANIMAL.value],
    }


def police(answers: Answers) -> PoliceFacts:
    """What is known of the crime and of the Police (A12); the rest is found out later."""
    if not is_crime(answers):
        return PoliceFacts(crime=Crime.NO)
    if _text(answers, Page.POLICE, "informed") != YesNo.YES:
        return PoliceFacts(crime=Crime.YES)
    return PoliceFacts(
        crime=Crime.YES,
        informed_on=_day(answers, Page.POLICE, "informed_on"),
        informed_by=_text(answers, Page.POLICE, "informed_by"),
        reference=_text(answers, Page.POLICE, "reference"),
    )


def person(answers: Answers) -> PersonIdentity:
    """By what the person is recognised, as far as the reporter knows it."""
    address = _address(answers, Page.IDENTIFY)
    year = _text(answers, Page.IDENTIFY, "birth_year")
    return PersonIdentity(
        names=(_text(answers, Page.PERSON, "name"), *_lines(answers, Page.PERSON, "aliases")),
        approximate_birth_year=int(year) if year else None,
        addresses=(address,) if address.lines or address.postcode else (),
        phones=_lines(answers, Page.IDENTIFY, "phone"),
        emails=_lines(answers, Page.IDENTIFY, "email"),
        identifiers=_lines(answers, Page.IDENTIFY, "identifier"),
    )


def born_on(answers: Answers) -> date | None:
    """The date of birth, where it is known."""
    return _day(answers, Page.IDENTIFY, "born_on")


def where(answers: Answers) -> PostalAddress:
    """The address that a report of an animal is about."""
    return _address(answers, Page.ADDRESS)


def premises(answers: Answers) -> PremisesIdentity:
    """Where the animal is, and what is known of it (A2)."""
    told = [
        _text(answers, Page.ANIMAL, "animal"),
        _text(answers, Page.ANIMAL, "whereabouts"),
        LOOSE.get(Loose(_text(answers, Page.ANIMAL, "loose")), "not known whether loose"),
    ]
    return PremisesIdentity(where(answers), "; ".join(filter(None, told)))


def _address(answers: Answers, page: Page) -> PostalAddress:
    typed = _text(answers, page, "address").replace("\n", ",").split(",")
    return PostalAddress(
        tuple(filter(None, (part.strip() for part in typed))),
        _text(answers, page, "postcode"),
        _text(answers, page, "uprn"),
    )


def _lines(answers: Answers, page: Page, name: str) -> tuple[str, ...]:
    lines = _text(answers, page, name).splitlines()
    return tuple(filter(None, (line.strip() for line in lines)))


def _text(answers: Answers, page: Page, name: str) -> str:
    return str(answers.get(page, {}).get(name) or "").strip()


def _day(answers: Answers, page: Page, name: str) -> date | None:
    typed = _text(answers, page, name)
    return date.fromisoformat(typed) if typed else None
