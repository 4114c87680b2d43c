"""The way to each state of a case, travelled through the actions; of invented people only."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.countersign import countersign_report
from cautionary_plugin.actions.decisions import decide_report
from cautionary_plugin.actions.reports import pages_now, save_page, start_report, submit_report
from cautionary_plugin.models import Decision, Entry, IncidentReport, Register
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import CountersignOutcome, DecisionOutcome
from tests.council import Council, hold_post
from tests.factors import make_person

REPORTED = "Barnabus Thistlewick"


def typed(kind: str = "person", *, at: datetime | None = None) -> dict[str, dict[str, Any]]:
    """Answers for each page of a report, fit to be sent."""
    day = (timezone.localdate(at) - timedelta(days=3)).isoformat()
    common = {
        "whose": {"whose": "mine"},
        "service": {"service": ""},
        "seen": {"seen": "He lifted a spade over his head and walked at me."},
        "told": {"told": "", "told_by": ""},
        "harm": {"injuries": ""},
        "others": {"colleagues": [], "witnesses": ""},
        "crime": {"crime": "no"},
        "police": {"informed": "no"},
        "evidence": {},
    }
    if kind == "premises":
        return common | {
            "address": {"address": "212 Quarry Hill, Weldham", "postcode": "WX2 1AA", "uprn": ""},
            "animal": {
                "animal": "Two large dogs",
                "whereabouts": "In the front yard",
                "loose": "yes",
            },
            "sighted": {"occurred_on": day, "occurred_at": "About 10 in the morning"},
        }
    return common | {
        "trigger": {"trigger": "threat"},
        "when": {
            "occurred_on": day,
            "occurred_at": "About 10 in the morning",
            "place": "At the door of 7 Gantry Mews, Weldham",
        },
        "person": {"name": REPORTED, "aliases": ""},
        "identify": {
            "born_on": "1961-11-05",
            "birth_year": "",
            "address": "7 Gantry Mews, Weldham",
            "postcode": "WX1 9ZZ",
            "phone": "",
            "email": "",
            "identifier": "",
        },
        "behaviour": {"markers": ["threats"]},
    }


def drafted(
    council: Council,
    reporter: Any = None,
    kind: str = "person",
    *,
    at: datetime | None = None,
    register: Register | None = None,
    **answers: dict[str, Any],
) -> IncidentReport:
    """A report with every page filled in, not sent.

    :param reporter: who types it; "reporter" by name, where none is given.
    :param register: a panel's, for a report of unreasonable contact.
    :param answers: page → fields that are typed instead.
    """
    now, by = at or timezone.now(), reporter or _reporter()
    about = "public" if kind == "person" else "animal"
    report = start_report(
        register=register or council.register,
        about="unreasonable" if register else about,
        by=by,
        at=now,
    )
    told = {page: fields | answers.get(page, {}) for page, fields in typed(kind, at=now).items()}
    for page in ("crime", *told):  # the page on the Police is there once there was a crime
        if page in pages_now(report):
            report = save_page(report=report, page=page, answers=told[page], by=by, at=now)
    return report


def submitted(
    council: Council,
    reporter: Any = None,
    kind: str = "person",
    *,
    at: datetime | None = None,
    register: Register | None = None,
    **answers: dict[str, Any],
) -> IncidentReport:
    """A report that waits for its countersignature, or to be put before the panel."""
    now = at or timezone.now()
    report = drafted(council, reporter, kind, at=now, register=register, **answers)
    return submit_report(report=report, by=report.typed_by, at=now)


def countersigned(
    council: Council,
    reporter: Any = None,
    kind: str = "person",
    *,
    at: datetime | None = None,
    **answers: dict[str, Any],
) -> IncidentReport:
    """A report that waits for a decision; confirmed by "head", a Head of Service."""
    now = at or timezone.now()
    report = submitted(council, reporter, kind, at=now, **answers)
    countersign_report(
        report=report,
        outcome=CountersignOutcome.CONFIRMED,
        reasons="",
        by=head_of_service(council),
        at=now,
    )
    report.refresh_from_db()
    return report


def head_of_service(council: Council) -> Any:
    """A colleague who countersigns."""
    known = _known("head")
    if known is None:
        known = make_person("head")
        hold_post(council, known, PostKind.HEAD_OF_SERVICE)
    return known


def finding(kind: str = "person", **told: Any) -> Finding:
    """What a decision says, fit to be recorded."""
    factors = {factor.value: "Weighed with care, in a sentence." for factor in factors_for(kind)}
    return Finding(
        **{
            "reasons": "Two surveyors saw it, and he said that he would do it again.",
            "factors": factors,
            "second_identifier": "The tenancy file has the same date of birth.",
        }
        | told
    )


def addition(council: Council, *, at: datetime | None = None, **told: Any) -> Addition:
    """The entry to make, fit to be made; for the standard term."""
    today = timezone.localdate(at)
    return Addition(
        **{
            "credible": True,
            "credible_risk": "He has the spade at hand and has threatened before.",
            "risk": "high",
            "legal_condition": "legal_obligation",
            "expires_on": months_after(today, council.register.term_months),
            "handling": "Do not visit alone.",
            "basis": "Raised a spade against an employee who came to survey the roof.",
            "audience": [council.housing],
            "audience_reasons": "Housing officers visit the address.",
            "markers": ["threats"],
            "control_measures": ["phone_first"],
        }
        | told
    )


def decided(
    council: Council,
    outcome: DecisionOutcome = DecisionOutcome.ADD,
    *,
    report: IncidentReport | None = None,
    at: datetime | None = None,
    join_to: Entry | None = None,
    told: dict[str, Any] | None = None,
    **entry: Any,
) -> Decision:
    """A decision by the owner of the register.

    :param told: other words of the finding; ``entry`` other facts of the entry.
    """
    now = at or timezone.now()
    report = report or countersigned(council, at=now)
    adds = outcome == DecisionOutcome.ADD
    return decide_report(
        report=report,
        outcome=outcome,
        finding=finding(report.case_file.kind, **(told or {})),
        addition=addition(council, at=now, **entry) if adds else None,
        join_to=join_to,
        by=council.owner,
        at=now,
    )


def entered(council: Council, *, at: datetime | None = None, **entry: Any) -> Entry:
    """A live entry that came by the whole way: report, countersignature, decision."""
    made: Entry = decided(council, at=at, **entry).entry
    return made


def _reporter() -> Any:
    return _known("reporter") or make_person("reporter")


def _known(name: str) -> Any:
    model = get_user_model()
    return model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()
