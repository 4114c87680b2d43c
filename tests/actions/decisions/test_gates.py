"""Who decides, and what must come first (A5, A10–A12, A14–A19)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.decisions import check_decision, hindrance_to
from cautionary_plugin.actions.police import record_police
from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Decision,
    Entry,
    IncidentReport,
    Statement,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    IllegalMove,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome
from tests.council import Council, brief, found_council, hold_post
from tests.factors import make_person
from tests.life import addition, countersigned, decided, finding, head_of_service, submitted

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def try_to_decide(
    council: Council,
    report: IncidentReport,
    by: Any = None,
    outcome: str = "decline",
    at: Any = None,
    **told: Any,
) -> bool:
    now = at or timezone.now()
    return check_decision(
        report=report,
        outcome=DecisionOutcome(outcome),
        finding=finding(report.case_file.kind, **told),
        addition=addition(council, at=now) if outcome == "add" else None,
        by=by or council.owner,
        at=now,
    )


def ask_employee(report: IncidentReport) -> Statement:
    now = timezone.now()
    (statement,) = invite(
        employees=[make_person("employee")],
        case_file=report.case_file,
        report=report,
        due_on=timezone.localdate(now) + 5 * DAY,
        at=now,
    )
    return statement


@pytest.mark.clause("A5")
def test_holder_and_deputy_of_this_register_decide_and_nobody_else(
    council: Council, report: IncidentReport
) -> None:
    deputy, other = make_person("deputy"), found_council(slug="ub", prefix="UB")
    hold_post(council, deputy, PostKind.OWNER, as_deputy=True)
    brief(council, deputy)
    root = make_person("root")
    root.is_superuser = True

    assert try_to_decide(council, report)
    assert try_to_decide(council, report, deputy)
    for stranger in (other.owner, root, make_person("stranger")):
        with pytest.raises(NotYourPost):
            try_to_decide(council, report, stranger)


@pytest.mark.clause("A5")
@pytest.mark.parametrize("kind", [kind for kind in PostKind if kind is not PostKind.OWNER])
def test_no_other_post_decides(council: Council, report: IncidentReport, kind: PostKind) -> None:
    colleague = make_person("colleague")
    hold_post(council, colleague, kind)

    with pytest.raises(NotYourPost):
        decided_by(colleague, council, report)
    assert not Decision.objects.exists()


def decided_by(by: Any, council: Council, report: IncidentReport) -> Any:
    council.owner, owner = by, council.owner
    try:
        return decided(council, DecisionOutcome.DECLINE, report=report)
    finally:
        council.owner = owner


@pytest.mark.clause("A49")
def test_nobody_decides_on_what_they_may_not_read(council: Council, report: IncidentReport) -> None:
    Briefing.objects.filter(user=council.owner).delete()

    with pytest.raises(BriefingLapsed):
        try_to_decide(council, report)


@pytest.mark.clause("A8")
@pytest.mark.parametrize("part", ["reporter", "typed_by", "employee", "countersigner"])
def test_whoever_had_a_part_in_the_case_does_not_decide(
    council: Council, report: IncidentReport, part: str
) -> None:
    if part == "employee":
        statement = ask_employee(report)
        statement.employee, statement.declined_at = council.owner, timezone.now()
        statement.save()
    elif part == "countersigner":
        report.countersignatures.update(by=council.owner)
    else:
        IncidentReport.objects.filter(pk=report.pk).update(**{part: council.owner})
        report.refresh_from_db()

    with pytest.raises(SamePerson):
        decided(council, DecisionOutcome.DECLINE, report=report)
    assert "somebody who neither reported it" in hindrance_to(
        report=report, by=council.owner, at=timezone.now()
    )


@pytest.mark.clause("A8")
@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.RETURNED])
def test_report_that_is_not_countersigned_is_not_decided(
    council: Council, report: IncidentReport, state: ReportState
) -> None:
    IncidentReport.objects.filter(pk=report.pk).update(state=state)

    with pytest.raises(IllegalMove):
        decided(council, DecisionOutcome.DECLINE, report=report)


@pytest.mark.clause("A10")
def test_decided_report_is_not_decided_again(council: Council, report: IncidentReport) -> None:
    decided(council, DecisionOutcome.DECLINE, report=report)

    for outcome in (DecisionOutcome.ADD, DecisionOutcome.DECLINE):
        with pytest.raises(AlreadyDone):
            decided(council, outcome, report=report)

    assert Decision.objects.count() == 1
    assert not Entry.objects.exists()


@pytest.mark.clause("A11")
@pytest.mark.parametrize("outcome", list(DecisionOutcome))
def test_decision_waits_for_each_account(
    council: Council, report: IncidentReport, outcome: DecisionOutcome
) -> None:
    ask_employee(report)

    with pytest.raises(NotReady, match="One employee's account is waited for, until ") as refusal:
        decided(council, outcome, report=report)

    assert len(refusal.value.missing) == 1


@pytest.mark.clause("A11")
@pytest.mark.parametrize("way", ["given", "declined", "timed out"])
def test_account_that_is_given_declined_or_out_of_time_lets_it_pass(
    council: Council, report: IncidentReport, way: str
) -> None:
    statement, now = ask_employee(report), timezone.now()
    if way == "timed out":
        Briefing.objects.filter(user=council.owner).update(briefed_on=timezone.localdate())
        with pytest.raises(NotReady):
            try_to_decide(council, report, at=now + 5 * DAY)  # the due day is still in time
        assert try_to_decide(council, report, at=now + 6 * DAY)
        return
    field = "given_at" if way == "given" else "declined_at"
    Statement.objects.filter(pk=statement.pk).update(**{field: now})
    assert try_to_decide(council, report)


@pytest.mark.clause("A12")
@pytest.mark.parametrize("outcome", list(DecisionOutcome))
@pytest.mark.parametrize("police", [{}, {"crime": "yes"}, {"crime": "unknown"}])
def test_decision_waits_for_what_the_police_must_know(
    council: Council, report: IncidentReport, outcome: DecisionOutcome, police: dict
) -> None:
    report.police = police
    report.save()

    with pytest.raises(NotReady, match="not recorded"):
        decided(council, outcome, report=report)


@pytest.mark.clause("A12")
def test_police_are_recorded_by_countersigner_then_by_decider_and_by_nobody_after(
    council: Council,
) -> None:
    report, head, now = submitted(council), head_of_service(council), timezone.now()
    known = {"informed_on": timezone.localdate(), "informed_by": "A team leader"}

    def tell(by: Any, **told: Any) -> IncidentReport:
        return record_police(report=report, by=by, at=now, **told)

    first = tell(head, crime="yes", **known)
    assert first.police["reference"] == ""
    with pytest.raises(NotYourPost):
        tell(make_person("stranger"), crime="no")
    IncidentReport.objects.update(state=ReportState.COUNTERSIGNED)
    with pytest.raises(NotYourPost):
        tell(head, crime="no")
    told = tell(council.owner, crime="yes", reference="44/771", **known)
    assert told.police["reference"] == "44/771"
    IncidentReport.objects.update(state=ReportState.DECIDED)
    with pytest.raises(IllegalMove):
        tell(council.owner, crime="no")
    assert AccessRecord.objects.filter(act=Act.POLICE).count() == 2


def test_whoever_reported_it_does_not_record_the_police(council: Council) -> None:
    report = submitted(council, head_of_service(council))

    with pytest.raises(SamePerson):
        record_police(report=report, crime="no", by=head_of_service(council), at=timezone.now())


FACTORS = [(kind, factor.value) for kind in ("person", "premises") for factor in factors_for(kind)]


@pytest.mark.clause("A14")
@pytest.mark.clause("A15")
@pytest.mark.clause("A16")
@pytest.mark.clause("A17")
@pytest.mark.clause("A18")
@pytest.mark.clause("A19")
@pytest.mark.parametrize(("kind", "blank"), FACTORS)
def test_each_factor_that_is_blank_blocks_and_is_named(
    council: Council, kind: str, blank: str
) -> None:
    report = countersigned(council, kind=kind)
    told = dict(finding(kind).factors) | {blank: "  "}

    for outcome in DecisionOutcome:
        with pytest.raises(BadInput) as refusal:
            decided(council, outcome, report=report, told={"factors": told})
        assert blank in refusal.value.problems

    assert not Decision.objects.exists()


@pytest.mark.clause("A10")
def test_decision_takes_reasons(council: Council, report: IncidentReport) -> None:
    with pytest.raises(BadInput) as refusal:
        decided(council, DecisionOutcome.DECLINE, report=report, told={"reasons": "No."})

    assert list(refusal.value.problems) == ["reasons"]


def test_asking_whether_a_decision_could_be_recorded_records_nothing(
    council: Council, report: IncidentReport
) -> None:
    assert try_to_decide(council, report, outcome="add")

    report.refresh_from_db()
    assert report.state == ReportState.COUNTERSIGNED
    assert not Decision.objects.exists()
    assert not Entry.objects.exists()
