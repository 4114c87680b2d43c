"""The way to each state of a case, travelled through the actions; of invented people only."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.countersign import countersign_report
from cautionary_plugin.actions.decisions import decide_report
from cautionary_plugin.actions.references import CASE_FILE_PREFIX, take_references
from cautionary_plugin.models import CaseFile, Decision, Entry, IncidentReport, Person, Premises
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import CountersignOutcome, DecisionOutcome
from tests.council import Council, hold_post
from tests.factors import make_person

REPORTED = "Barnabus Thistlewick"


def submitted(
    council: Council, reporter: Any = None, kind: str = "person", *, at: datetime | None = None
) -> IncidentReport:
    """A report that waits for its countersignature."""
    now = at or timezone.now()
    by = reporter or _person_named("reporter")
    (file_reference,) = take_references(CASE_FILE_PREFIX, 1, at=now)
    (reference,) = take_references("INC", 1, at=now)
    case_file = CaseFile.objects.create(reference=file_reference, kind=kind, opened_at=now)
    _put_subject(case_file)
    return IncidentReport.objects.create(
        reference=reference,
        case_file=case_file,
        register=council.register,
        state=ReportState.SUBMITTED,
        trigger="threat",
        occurred_on=timezone.localdate(now) - timedelta(days=3),
        reporter=by,
        typed_by=by,
        started_at=now,
        changed_at=now,
        submitted_at=now,
        countersign_by=council.register.calendar.after(timezone.localdate(now), 2),
        place="At the door of 7 Gantry Mews, Weldham",
        seen="He lifted a spade over his head and walked at me.",
        markers=["threats"],
        police={"crime": "no"},
    )


def _put_subject(case_file: CaseFile) -> None:
    if case_file.kind == "person":
        home = PostalAddress(("7 Gantry Mews", "Weldham"), "WX1 9ZZ")
        identity = PersonIdentity((REPORTED,), addresses=(home,))
        Person.objects.create(
            case_file=case_file, identity_sealed=identity.to_json(), born_on=date(1961, 11, 5)
        )
    else:
        address = PostalAddress(("212 Quarry Hill", "Weldham"), "WX2 1AA")
        premises = PremisesIdentity(address, "Two large dogs")
        Premises.objects.create(case_file=case_file, identity_sealed=premises.to_json())


def countersigned(
    council: Council, reporter: Any = None, kind: str = "person", *, at: datetime | None = None
) -> IncidentReport:
    """A report that waits for a decision; confirmed by "head", a Head of Service."""
    now = at or timezone.now()
    report = submitted(council, reporter, kind, at=now)
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


def _known(name: str) -> Any:
    model = get_user_model()
    return model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()


def _person_named(name: str) -> Any:
    return _known(name) or make_person(name)
