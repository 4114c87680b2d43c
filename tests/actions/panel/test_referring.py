"""A report comes before the panel: who may refer, what they say, and the two routes (B12–B17)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.countersign import (
    chase_countersignatures,
    countersign_report,
    open_report,
)
from cautionary_plugin.actions.decisions import hindrance_to
from cautionary_plugin.actions.panel.referring import (
    open_report as open_for_panel,
)
from cautionary_plugin.actions.panel.referring import (
    send_back,
    withdraw_case,
)
from cautionary_plugin.actions.police import record_police
from cautionary_plugin.actions.posts import create_post
from cautionary_plugin.actions.reports import pages_now, start_report, submit_report
from cautionary_plugin.models import (
    AccessRecord,
    ConflictDeclaration,
    IncidentReport,
    OutboxMessage,
    PanelCase,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.reporting import Page
from cautionary_plugin.rules.states import CaseState, ReportState
from cautionary_plugin.rules.vocabulary import Act, CountersignOutcome, Trigger
from tests.factors import make_person
from tests.life import countersigned, drafted, head_of_service, submitted
from tests.panel import Panel, found_panel, seat, waiting_case
from tests.races import race, refusals
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.django_db


def manager_of(panel: Panel, service: Any, name: str = "manager") -> Any:
    """An Operations Manager of one service."""
    panel.posts[name] = create_post(
        kind=PostKind.OPERATIONS_MANAGER,
        title=f"Operations Manager, {service.name}",
        register=panel.register,
        service=service,
        by=panel.owner,
        at=timezone.now(),
    )
    return seat(panel, make_person(name), name)


def told(kind: str) -> list[Any]:
    return [each.to for each in OutboxMessage.objects.filter(kind=kind).select_related("to")]


# ---- the report


@pytest.mark.clause("B15")
def test_report_of_unreasonable_contact_goes_to_the_panels_register(panel: Panel) -> None:
    report = panel_report(panel, behaviour={"markers": ["vexatious"]})

    assert (report.register, report.trigger) == (panel.register, Trigger.UNREASONABLE)
    assert report.markers == ["vexatious"]
    assert Page.TRIGGER not in pages_now(report)
    assert Page.CRIME in pages_now(report)


@pytest.mark.parametrize(
    ("about", "route"), [("public", "panel"), ("animal", "panel"), ("unreasonable", "director")]
)
def test_report_is_made_to_the_register_that_it_is_for(
    panel: Panel, about: str, route: str
) -> None:
    register = panel.register if route == "panel" else panel.council.register

    with pytest.raises(BadInput, match="register"):
        start_report(register=register, about=about, by=make_person(), at=timezone.now())


def test_vexatious_contact_is_not_reported_to_the_director(panel: Panel) -> None:
    with pytest.raises(BadInput):
        drafted(panel.council, behaviour={"markers": ["vexatious"]})


@pytest.mark.clause("B12")
def test_operations_managers_of_the_service_are_told(panel: Panel) -> None:
    own = manager_of(panel, panel.housing)
    manager_of(panel, panel.council.revenues, "other")

    panel_report(panel, service={"service": "housing"})

    assert told("refer") == [own]
    assert told("countersign") == []


@pytest.mark.clause("B12")
def test_without_a_manager_of_the_service_those_of_none_are_told(panel: Panel) -> None:
    manager_of(panel, panel.council.revenues, "other")

    panel_report(panel, service={"service": "housing"})

    assert {each.username for each in told("refer")} == {"operations", "owner-ub"}


@pytest.mark.clause("B12")
def test_late_report_is_chased_once_a_day(panel: Panel) -> None:
    panel_report(panel)
    before = OutboxMessage.objects.count()
    late = timezone.now() + timedelta(days=30)

    assert chase_countersignatures(at=late) == 1
    assert chase_countersignatures(at=late) == 0
    kinds = OutboxMessage.objects.order_by("queued_at")[before:].values_list("kind", flat=True)
    assert set(kinds) == {"refer"}


# ---- the director's screens and acts leave it alone


def test_director_neither_opens_nor_countersigns_nor_decides_it(panel: Panel) -> None:
    report = panel_report(panel)
    head, now = head_of_service(panel.council), timezone.now()

    with pytest.raises(NotYourPost):
        open_report(report=report, by=head, at=now)
    with pytest.raises(NotYourPost):
        countersign_report(
            report=report, outcome=CountersignOutcome.CONFIRMED, reasons="", by=head, at=now
        )
    assert hindrance_to(report=report, by=panel.owner, at=now)


# ---- referring


@pytest.mark.clause("B12", "B13", "B14", "B17")
def test_case_waits_for_the_panel_with_what_the_manager_says(panel: Panel) -> None:
    report = panel_report(panel)

    case = refer(panel, report, risk="high", proceedings=True)

    report.refresh_from_db()
    assert (case.state, report.state) == (CaseState.WAITING, ReportState.COUNTERSIGNED)
    assert (case.register, case.report, case.case_file) == (
        panel.register,
        report,
        report.case_file,
    )
    assert (case.risk, case.proceedings, case.presenter) == ("high", True, panel.operations)
    assert "shouts" in case.statement
    assert "March" in case.letter_tried
    assert panel.clerk in told("referred")
    line = AccessRecord.objects.filter(act=Act.REFERRED).get()
    assert (line.user, line.reference) == (panel.operations, case.reference)


def test_reporter_may_refer_their_own_report(panel: Panel) -> None:
    manager = manager_of(panel, panel.council.revenues)
    report = panel_report(panel, manager, service={"service": "housing"})

    assert refer(panel, report, by=manager).referred_by == manager


@pytest.mark.parametrize("who", ["manager of another service", "reporter", "member", "legal"])
def test_others_neither_open_nor_refer_nor_send_back(panel: Panel, who: str) -> None:
    report = panel_report(panel, service={"service": "housing"})
    person = {
        "manager of another service": lambda: manager_of(panel, panel.council.revenues),
        "reporter": lambda: report.reporter,
        "member": lambda: panel.complaints,
        "legal": lambda: panel.legal,
    }[who]()
    now = timezone.now()

    for act in (
        lambda: open_for_panel(report=report, register=panel.register, by=person, at=now),
        lambda: refer(panel, report, by=person),
        lambda: send_back(report=report, reasons="Please say more.", by=person, at=now),
    ):
        with pytest.raises(NotYourPost):
            act()
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED


@pytest.mark.clause("B12", "B14", "B17")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", ""),
        ("statement", " \n"),
        ("statement", "Yes."),
        ("statement", "x" * 20001),
        ("letter_tried", ""),
        ("risk", ""),
        ("risk", "grave"),
        ("presenter", None),
    ],
)
def test_referral_lacks_nothing(panel: Panel, field: str, value: Any) -> None:
    report = panel_report(panel)

    with pytest.raises(BadInput) as refusal:
        refer(panel, report, **{field: value})

    assert list(refusal.value.problems) == [field]
    assert not PanelCase.objects.exists()


@pytest.mark.clause("B12")
def test_presenter_puts_cases_before_the_panel(panel: Panel) -> None:
    with pytest.raises(BadInput, match="presenter"):
        refer(panel, panel_report(panel), presenter=panel.legal)


def test_report_is_referred_once(panel: Panel) -> None:
    report = panel_report(panel)
    refer(panel, report)

    with pytest.raises(AlreadyDone):
        refer(panel, report)


@pytest.mark.clause("B12")
def test_report_to_the_director_is_referred_as_well_and_stays_where_it_is(panel: Panel) -> None:
    report = countersigned(panel.council)

    case = refer(panel, report, by=head_of_service(panel.council))

    report.refresh_from_db()
    assert (report.state, report.register) == (ReportState.COUNTERSIGNED, panel.council.register)
    assert (case.report, case.register) == (report, panel.register)


def test_directors_owner_refers_their_own_report(panel: Panel) -> None:
    report = submitted(panel.council)

    assert refer(panel, report, by=panel.council.owner).report == report


def test_premises_are_not_for_the_panel(panel: Panel) -> None:
    report = submitted(panel.council, kind="premises")

    with pytest.raises(IllegalMove):
        refer(panel, report, by=panel.council.owner)


def test_draft_is_nobodys_to_refer(panel: Panel) -> None:
    report = drafted(panel.council, register=panel.register)

    with pytest.raises(NotYourPost):
        refer(panel, report)


@pytest.mark.clause("B9")
def test_member_who_reported_it_is_shut_out_at_once(panel: Panel) -> None:
    case = refer(panel, panel_report(panel, panel.customer))

    assert ConflictDeclaration.objects.get(case=case).user == panel.customer


def test_police_are_recorded_by_whoever_may_refer(panel: Panel) -> None:
    report = panel_report(panel)

    record_police(report=report, crime="no", by=panel.operations, at=timezone.now())

    with pytest.raises(NotYourPost):
        record_police(report=report, crime="no", by=panel.legal, at=timezone.now())


# ---- sent back


def test_report_is_sent_back_with_reasons_and_comes_again(panel: Panel) -> None:
    report, now = panel_report(panel), timezone.now()

    signature = send_back(
        report=report, reasons="On which day did he come?", by=panel.operations, at=now
    )

    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    assert signature.reasons == "On which day did he come?"
    assert told("returned") == [report.reporter]
    submit_report(report=report, by=report.reporter, at=now)
    assert refer(panel, IncidentReport.objects.get()).report == report


def test_report_is_not_sent_back_without_reasons_nor_twice(panel: Panel) -> None:
    report, now = panel_report(panel), timezone.now()

    with pytest.raises(BadInput, match="reasons"):
        send_back(report=report, reasons="", by=panel.operations, at=now)
    send_back(report=report, reasons="Please say when.", by=panel.operations, at=now)
    with pytest.raises(AlreadyDone):
        send_back(report=report, reasons="Please say when.", by=panel.operations, at=now)


def test_directors_report_is_not_sent_back_here(panel: Panel) -> None:
    with pytest.raises(NotYourPost):
        send_back(
            report=submitted(panel.council),
            reasons="Please say when.",
            by=panel.council.owner,
            at=timezone.now(),
        )


# ---- withdrawn


def test_case_is_withdrawn_with_reasons_and_may_be_referred_again(panel: Panel) -> None:
    report = panel_report(panel)
    case = refer(panel, report)

    withdrawn = withdraw_case(
        case=case, reasons="The customer has moved away.", by=panel.clerk, at=timezone.now()
    )

    assert withdrawn.state == CaseState.WITHDRAWN
    assert withdrawn.withdrawn_because == "The customer has moved away."
    assert refer(panel, IncidentReport.objects.get()).state == CaseState.WAITING


@pytest.mark.parametrize("who", ["operations", "complaints", "legal", "monitoring"])
def test_case_is_withdrawn_by_those_who_run_the_meetings_only(panel: Panel, who: str) -> None:
    case = refer(panel, panel_report(panel))

    with pytest.raises(NotYourPost):
        withdraw_case(
            case=case,
            reasons="The customer has moved away.",
            by=panel.people[who],
            at=timezone.now(),
        )


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_does_not_withdraw_the_case(panel: Panel) -> None:
    case = refer(panel, panel_report(panel, panel.chair))

    with pytest.raises(Excluded):
        withdraw_case(
            case=case,
            reasons="The customer has moved away.",
            by=panel.chair,
            at=timezone.now(),
        )


@pytest.mark.parametrize("kind", ["ratification", "renewal"])
def test_what_the_panel_must_settle_is_not_withdrawn(panel: Panel, kind: str) -> None:
    case = waiting_case(panel, kind=kind)

    with pytest.raises(IllegalMove):
        withdraw_case(
            case=case, reasons="We have changed our minds.", by=panel.clerk, at=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_refer_at_once_one_wins() -> None:
    panel = found_panel()
    report = panel_report(panel)
    second = manager_of(panel, panel.housing)
    IncidentReport.objects.update(service=panel.housing)

    outcomes = race(
        lambda: refer(panel, report),
        lambda: refer(panel, report, by=second),
    )

    assert refusals(outcomes) == ["AlreadyDone"]
    assert PanelCase.objects.count() == 1
