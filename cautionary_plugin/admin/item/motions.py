"""What may be put to the vote, and the form of a motion with what is known already."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cautionary_plugin.access.people import active_people
from cautionary_plugin.actions.contact.suggesting import suggested_for
from cautionary_plugin.actions.panel.findings import findings_of
from cautionary_plugin.actions.panel.subject import counts_now, point_of_contact
from cautionary_plugin.rules.panel_item import missing_before_motion, outcomes_for
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Marker, PanelOutcome, Risk

from .forms import EntryMotionForm, MotionForm
from .room import Room


@dataclass(frozen=True, repr=False)
class Offer:
    """An outcome that may be put to the vote, or what must be found before it may.

    :ivar url: of its form; empty where it may not.
    """

    words: str
    url: str
    is_chosen: bool
    missing: list[str]


def offers_of(room: Room, chosen: PanelOutcome | None) -> list[Offer]:
    """Each outcome that fits the case."""
    return [_offer(room, outcome, chosen) for outcome in outcomes_of(room)]


def _offer(room: Room, outcome: PanelOutcome, chosen: PanelOutcome | None) -> Offer:
    kind = room.item.case.kind
    missing = missing_before_motion(findings_of(room.item), kind=kind, outcome=outcome)
    url = "" if missing else reverse("cautionary_item_motion", args=[room.item.pk, outcome.value])
    return Offer(outcome.label, url, outcome == chosen, missing)


def outcomes_of(room: Room) -> tuple[PanelOutcome, ...]:
    """What the panel may be asked to decide on this item."""
    case = room.item.case
    on_entry = counts_now(case, at=room.request.now) is not None
    return outcomes_for(case.kind, on_entry=on_entry)


def motion_form_of(room: Room, outcome: PanelOutcome, typed: Any) -> MotionForm:
    """The form of an outcome; filled in from the last motion on the item, where there was one."""
    item = room.item
    kind = EntryMotionForm if outcome == PanelOutcome.ENTRY else MotionForm
    return kind(
        typed,
        suggested=suggested_for(item.case) if item.spoc_needed else None,
        has_spoc=bool(item.spoc_needed) and point_of_contact(item.case) is not None,
        initial=_known(room, outcome),
    )


def _known(room: Room, outcome: PanelOutcome) -> dict[str, Any]:
    known = _of_case(room)
    last = room.motion
    if last is not None:
        terms = MotionTerms.from_json(last.terms)
        known |= {"reasons": last.reasons} if last.outcome == outcome else {}
        known |= _of_entry(terms, last.risk) | _of_spoc(terms)
    return known


def _of_case(room: Room) -> dict[str, Any]:
    """What the case itself tells: its level, and the service that reported it."""
    case, report = room.item.case, room.item.case.report
    known: dict[str, Any] = {"risk": case.risk}
    if report is not None:
        known["audience"] = [report.service.slug] if report.service else []
        known["markers"] = [Marker.VEXATIOUS] if case.risk == Risk.LOW else report.markers
    return known


def _of_entry(terms: MotionTerms, risk: str) -> dict[str, Any]:
    if terms.entry is None:
        return {}
    return {"risk": risk, **vars(terms.entry)}


def _of_spoc(terms: MotionTerms) -> dict[str, Any]:
    spoc = terms.spoc
    if spoc is None:
        return {}
    officer = [person.get_username() for person in active_people([spoc.officer])]
    return {
        "officer": "".join(officer),
        "contact": spoc.contact,
        "email": spoc.email,
        "allocation": spoc.allocation,
        "override": spoc.override,
        "spoc_reasons": spoc.reasons,
    }
