"""The form of a motion, with what is known already in its boxes."""

from typing import Any

from cautionary_plugin.access.people import active_people
from cautionary_plugin.actions.contact.suggesting import suggested_for
from cautionary_plugin.actions.panel.subject import point_of_contact
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Marker, PanelOutcome, Risk

from .forms import EntryMotionForm, MotionForm
from .room import Room


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
