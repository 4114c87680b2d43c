"""Cases at every stage, so that each colleague of the sandbox finds something to do.

Everybody is invented, and every stage was reached through the package's own actions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.appeals import lodge_appeal
from cautionary_plugin.actions.bulletins import send_bulletin
from cautionary_plugin.actions.countersign import countersign_report
from cautionary_plugin.actions.decisions import decide_report
from cautionary_plugin.actions.letters import issue_letter, record_sent, write_letter
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.actions.reports import pages_now, save_page, start_report, submit_report
from cautionary_plugin.models import Decision, IncidentReport, Register, Service
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.factors import OF_A_PERSON, Factor
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import CountersignOutcome, DecisionOutcome

COUNCIL = {
    "council_name": "Weldham Borough Council",
    "letter_address": "Civic Centre\nHigh Street\nWeldham\nWX1 1AA",
    "appeal_contact": "The Appeals Clerk\nCivic Centre, High Street, Weldham WX1 1AA\n"
    "appeals@weldham.example",
}
LINKS = {
    "lone_working": "https://intranet.weldham.example/lone-working",
    "risk_assessment": "https://intranet.weldham.example/risk-assessments",
}


@dataclass(frozen=True)
class Incident:
    """What was reported, in the words of an officer."""

    name: str
    born_on: str
    address: str
    postcode: str
    place: str
    seen: str
    trigger: str = "threat"
    markers: tuple[str, ...] = ("threats",)


TO_COUNTERSIGN = Incident(
    "Leonard Askwith", "1979-03-14", "18 Foundry Row, Weldham", "WX2 4TD",
    "On the doorstep of 18 Foundry Row",
    "He shouted that he would break my arm if I came back, and kicked the gate at me.",
)  # fmt: skip
TO_DECIDE = Incident(
    "Moira Dunstable", "1966-09-30", "5 Canal Walk, Weldham", "WX3 8QE",
    "At the counter of the Civic Centre",
    "She threw a stapler across the counter. It hit the screen in front of me.",
    trigger="act", markers=("violence",),
)  # fmt: skip
NEW_ENTRY = Incident(
    "Clive Rostron", "1990-12-02", "71 Chapel Street, Weldham", "WX1 6BN",
    "In the stairwell of 71 Chapel Street",
    "He blocked the stairs with a plank and said that nobody from the council leaves.",
    markers=("threats", "bullying"),
)  # fmt: skip
UNDER_APPEAL = Incident(
    "Petra Holroyd", "1958-05-21", "2 Bishop Close, Weldham", "WX4 1RA",
    "By telephone and then at the office",
    "She told me twice that she would wait for me in the car park, and did.",
    markers=("stalking",),
)  # fmt: skip
DECLINED = Incident(
    "Gordon Pell", "1949-07-08", "40 Larch Avenue, Weldham", "WX5 3HH",
    "At the depot",
    "He swore at me because his bin was missed, and left when I asked him to.",
)  # fmt: skip


@dataclass(frozen=True)
class Actors:
    """Who does what in the sandbox."""

    officer: Any
    head: Any
    director: Any


def load_lives(*, at: datetime) -> None:
    """Reports, decisions, letters and an appeal of the last three weeks."""
    people = get_user_model().objects
    actors = Actors(
        people.get(username="visiting"),
        people.get(username="head"),
        people.get(username="director"),
    )
    register = Register.objects.get(slug="cpr")
    change_register(
        register=register, closures=[], links=LINKS, by=actors.director, at=at, **COUNCIL
    )
    submit(register, TO_COUNTERSIGN, by=actors.officer, at=at - timedelta(days=1))
    _countersigned(register, TO_DECIDE, actors, at - timedelta(days=4))
    _added(register, NEW_ENTRY, actors, at - timedelta(days=1))
    _under_appeal(register, actors, at - timedelta(days=20))
    declined = _countersigned(register, DECLINED, actors, at - timedelta(days=9))
    _decide(declined, DecisionOutcome.DECLINE, None, actors, at - timedelta(days=8))
    draft = start_report(register=register, about="public", by=actors.officer, at=at)
    save_page(report=draft, page="trigger", answers={"trigger": "threat"}, by=actors.officer, at=at)


def submit(
    register: Register, incident: Incident, *, by: Any, at: datetime, about: str = "public"
) -> IncidentReport:
    """An officer reports what happened the day before."""
    report = start_report(register=register, about=about, by=by, at=at)
    told = _pages(incident, at)
    for page in told:
        if page in pages_now(report):
            report = save_page(report=report, page=page, answers=told[page], by=by, at=at)
    return submit_report(report=report, by=by, at=at)


def _pages(incident: Incident, at: datetime) -> dict[str, dict[str, Any]]:
    day = (timezone.localdate(at) - timedelta(days=1)).isoformat()
    return {
        "whose": {"whose": "mine"},
        "service": {"service": "housing"},
        "trigger": {"trigger": incident.trigger},
        "when": {"occurred_on": day, "occurred_at": "About 11", "place": incident.place},
        "person": {"name": incident.name, "aliases": ""},
        "identify": {
            "born_on": incident.born_on,
            "address": incident.address,
            "postcode": incident.postcode,
        },
        "seen": {"seen": incident.seen},
        "told": {"told": "", "told_by": ""},
        "behaviour": {"markers": list(incident.markers)},
        "harm": {"injuries": ""},
        "others": {"colleagues": [], "witnesses": ""},
        "crime": {"crime": "no"},
        "evidence": {},
    }


def _countersigned(
    register: Register, incident: Incident, actors: Actors, at: datetime
) -> IncidentReport:
    report = submit(register, incident, by=actors.officer, at=at)
    countersign_report(
        report=report,
        outcome=CountersignOutcome.CONFIRMED,
        reasons="",
        by=actors.head,
        at=at + timedelta(hours=3),
    )
    report.refresh_from_db()
    return report


def _decide(
    report: IncidentReport,
    outcome: DecisionOutcome,
    addition: Addition | None,
    actors: Actors,
    at: datetime,
) -> Decision:
    finding = Finding(
        reasons="Considered with the report, the accounts and what is on file.",
        factors={factor.value: FACTORS[factor] for factor in OF_A_PERSON},
        second_identifier="The date of birth agrees with the tenancy file.",
    )
    return decide_report(
        report=report,
        outcome=outcome,
        finding=finding,
        addition=addition,
        by=actors.director,
        at=at,
    )


FACTORS = {
    Factor.SEVERITY: "A threat at close quarters, with an object at hand.",
    Factor.TIME_SINCE: "Recent; nothing suggests that it has blown over.",
    Factor.PREVIOUS_CONDUCT: "Nothing on file before this incident.",
    Factor.CURRENT_CONDUCT: "No contact since the incident.",
    Factor.ONE_OFF: "One incident so far, repeated within the hour.",
    Factor.ILLNESS: "Nothing is known of an illness; the officer was told of none.",
    Factor.LIKELY_AGAIN: "Likely while the dispute about repairs goes on.",
}


def _added(register: Register, incident: Incident, actors: Actors, at: datetime) -> Decision:
    report = _countersigned(register, incident, actors, at)
    addition = Addition(
        credible=True,
        credible_risk="The threat was repeated, and the person had the means at hand.",
        risk="high",
        legal_condition="legal_obligation",
        expires_on=months_after(timezone.localdate(at), register.term_months),
        handling="Do not visit alone. Phone first and agree a call-back time.",
        basis="Threatened an officer at close quarters and kept them from leaving.",
        audience=[Service.objects.get(slug="housing")],
        audience_reasons="Housing officers visit the address.",
        markers=list(incident.markers),
        control_measures=["two_person_visit", "phone_first"],
    )
    return _decide(report, DecisionOutcome.ADD, addition, actors, at + timedelta(hours=6))


def _under_appeal(register: Register, actors: Actors, at: datetime) -> None:
    """An entry whose bulletin and letter have gone, and against which an appeal came in."""
    decision = _added(register, UNDER_APPEAL, actors, at)
    entry: Any = decision.entry
    next_day = at + timedelta(days=1)
    send_bulletin(entry=entry, by=actors.director, at=next_day)
    letter = entry.letters.get()
    why = "You told an officer twice that you would wait for her in the car park, and did."
    write_letter(letter=letter, own_words={"why": why}, by=actors.director, at=next_day)
    issue_letter(letter=letter, by=actors.director, at=next_day)
    day = timezone.localdate(next_day)
    record_sent(letter=letter, sent_on=day, by=actors.director, at=next_day)
    later = at + timedelta(days=12)
    lodge_appeal(
        entry=entry,
        lodged_on=timezone.localdate(later),
        grounds="I was waiting for my bus and never spoke to her.",
        by=actors.director,
        at=later,
    )
