"""What the panel's letters say of the case: from the report, the entry, the decision (B32–B36)."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.models import (
    EmailDivert,
    Entry,
    IncidentReport,
    Letter,
    PanelDecision,
    SinglePointOfContact,
)
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms
from cautionary_plugin.rules.states import DivertState, EntryState
from cautionary_plugin.rules.vocabulary import CaseKind, Restriction
from cautionary_plugin.rules.writers import OF_THE_PANEL

PANEL = "the Unreasonable Behaviours Panel"

# What the writer may say where the file does not: placeholder → under which name it is kept.
OWN_NAMES = {
    "incident_at": "incident_at",
    "incident_place": "incident_place",
    "spoc": "no_spoc",
    "contact": "no_contact_limits",
    "restrictions": "no_restrictions",
}
OWN_FACTS = tuple(OWN_NAMES.values())

# Words that open what people type as a time, and have no capital of their own.
OPENERS = (
    *("about", "around", "some", "sometime", "just", "shortly", "all", "the"),
    *("at", "in", "from", "between", "before", "after", "during", "towards"),
    *("early", "late", "mid", "noon"),
)

NO_SPOC = "You have no single point of contact. The reason is: {reasons}"
NO_CONTACT_LIMITS = "We do not limit how you contact us. The reason is: {reasons}"
NO_RESTRICTIONS = "We do not limit the services that you use. The reason is: {reasons}"


def of_panel(letter: Letter, *, at: datetime) -> dict[str, str]:
    """What each placeholder of the panel's letters stands for; empty where nothing is known."""
    typed = {name: letter.own_words.get(kept, "").strip() for name, kept in OWN_NAMES.items()}
    known = _known(letter, at)
    typed["spoc"] = _reasoned(NO_SPOC, typed["spoc"])
    typed["contact"] = _reasoned(NO_CONTACT_LIMITS, typed["contact"])
    typed["restrictions"] = _reasoned(NO_RESTRICTIONS, typed["restrictions"])
    return known | {name: known[name] or typed[name] for name in OWN_NAMES}


def facts_lacking(letter: Letter, *, at: datetime) -> set[str]:
    """Names of the own words that fill what the file does not say."""
    known = _known(letter, at)
    return {kept for name, kept in OWN_NAMES.items() if not known[name]}


def changes_to_approach(letter: Letter) -> list[str]:
    """What the panel changes in the approach to this customer (B20–B22), for the writer to heed."""
    decision = _decision(letter) if letter.kind in OF_THE_PANEL else None
    if decision is None:
        return []
    told = [decision.item.adjustments.strip()]
    for each in decision.item.consultations.all():
        told.extend(each.adjustments_in_words)
    return list(dict.fromkeys(filter(None, told)))


def _known(letter: Letter, at: datetime) -> dict[str, str]:
    decision = _decision(letter)
    return {
        **_of_incident(letter),
        **_of_divert(letter.divert),
        "how_decided": _how_decided(letter, decision),
        "spoc": _spoc(letter, decision),
        "contact": _contact(letter.entry, decision),
        "restrictions": _restrictions(letter.entry, decision),
    }


def _decision(letter: Letter) -> PanelDecision | None:
    """The decision that the letter follows from; else the last that was about its entry."""
    about = Q(case=letter.case) if letter.case_id else Q(entry=letter.entry_id)
    carried = PanelDecision.objects.filter(about, carried=True).select_related("item")
    return carried.order_by("-recorded_at").first()


def _of_incident(letter: Letter) -> dict[str, str]:
    report = _report(letter)
    day = report.occurred_on if report else letter.entry and letter.entry.fact_on
    return {
        "incident_on": plain_day(day) if day else "",
        "incident_at": _within_sentence(report.occurred_at.strip()) if report else "",
        "incident_place": " ".join(report.place.split()) if report else "",
    }


def _within_sentence(text: str) -> str:
    """“About 11” as it stands after other words; a name keeps its capital."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first.lower() in OPENERS else text


def _report(letter: Letter) -> IncidentReport | None:
    """The report of the case; else the newest on the file."""
    if letter.case is not None and letter.case.report is not None:
        return letter.case.report
    with_file = Q(case_file=letter.case_file_id) | Q(case_file__joined_to=letter.case_file_id)
    return IncidentReport.objects.filter(with_file).order_by("-occurred_on").first()


def _how_decided(letter: Letter, decision: PanelDecision | None) -> str:
    entry = letter.entry
    if entry is None or entry.state == EntryState.ENDED:
        return ""
    if entry.provisional:
        return (
            f"On {plain_day(timezone.localdate(entry.starts_at))} we placed your name on our "
            f"{letter.register.name} at once, because of the risk to the safety of our staff. This "
            f"is provisional: {PANEL} decides at its next meeting whether it stays, and it is "
            "removed if the panel does not agree."
        )
    decided_at = decision.recorded_at if decision else entry.starts_at
    day = plain_day(timezone.localdate(decided_at))
    renewed = letter.case is not None and letter.case.kind == CaseKind.RENEWAL
    kept = "keep" if renewed else "place"
    return f"On {day} {PANEL} decided to {kept} your name on our {letter.register.name}."


def _spoc(letter: Letter, decision: PanelDecision | None) -> str:
    arrangement = letter.arrangement or _in_force(letter)
    if arrangement is not None and arrangement.ended_at is None:
        lines = "\n".join(filter(None, (arrangement.contact, arrangement.email)))
        return f"Please contact us through your single point of contact:\n{lines}"
    return _reasoned(NO_SPOC, decision.item.spoc_reasons if decision else "")


def _in_force(letter: Letter) -> SinglePointOfContact | None:
    known = SinglePointOfContact.objects.filter(
        case_file=letter.case_file_id, register=letter.register_id, ended_at=None
    )
    return known.first()


def _contact(entry: Entry | None, decision: PanelDecision | None) -> str:
    """Every limit on contact (B33, B46); else the reason why there is none."""
    permitted = entry.permitted_contact.strip() if entry else ""
    told = list(filter(None, (_limits(entry, of_contact=True), permitted)))
    terms = _entry_terms(decision)
    return "\n\n".join(told) or _reasoned(
        NO_CONTACT_LIMITS, terms.no_contact_limits if terms else ""
    )


def _restrictions(entry: Entry | None, decision: PanelDecision | None) -> str:
    """Every service that is limited (B34, B47); else the reason why none is."""
    terms = _entry_terms(decision)
    return _limits(entry, of_contact=False) or _reasoned(
        NO_RESTRICTIONS, terms.no_restrictions if terms else ""
    )


def _limits(entry: Entry | None, *, of_contact: bool) -> str:
    chosen = [Restriction(code) for code in entry.restrictions] if entry else []
    lines = [f"• {limit.label}" for limit in chosen if limit.is_of_contact is of_contact]
    return "\n".join(["We limit what follows:", *lines]) if lines else ""


def _entry_terms(decision: PanelDecision | None) -> EntryTerms | None:
    return MotionTerms.from_json(decision.terms).entry if decision else None


def _of_divert(divert: EmailDivert | None) -> dict[str, str]:
    if divert is None or divert.state in (DivertState.ENDING, DivertState.ENDED):
        return dict.fromkeys(("divert_addresses", "divert_to", "councillors"), "")
    return {
        "divert_addresses": ", ".join(divert.addresses.split()),
        "divert_to": divert.arrangement.email,
        "councillors": _councillors(divert),
    }


def _councillors(divert: EmailDivert) -> str:
    """What each ward councillor chose for their own e-mail (B29); empty until all have answered."""
    answers = list(divert.councillors.all())
    if not answers and divert.no_councillors.strip():
        return "E-mails that you send to councillors are not diverted."
    if not answers or any(answer.wants is None for answer in answers):
        return ""
    wanted = [answer.councillor for answer in answers if answer.wants]
    others = [answer.councillor for answer in answers if not answer.wants]
    told = []
    if wanted:
        told.append(f"E-mails that you send to these councillors go the same way: {_row(wanted)}.")
    if others:
        told.append(f"E-mails to these councillors are not diverted: {_row(others)}.")
    return " ".join(told)


def _row(names: list[str]) -> str:
    return ", ".join(names)


def _reasoned(sentence: str, reasons: str) -> str:
    return sentence.format(reasons=reasons.strip()) if reasons.strip() else ""
