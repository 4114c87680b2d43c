"""The papers of a case on the screen: released in advance, to who decides or presents (B11–B14)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.panel.attendance import confirm_briefing
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.models import AccessRecord, PanelCase
from cautionary_plugin.rules.vocabulary import Act, PanelOutcome
from tests.admin.pages import text
from tests.council import browser_of
from tests.factors import make_person
from tests.life import REPORTED
from tests.panel import Panel, conflicted, deputised, planned, waiting_case
from tests.panel_items import panel_decision
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "She keeps a marmalade guillotine behind the counter."


@pytest.fixture
def case(panel: Panel) -> PanelCase:
    """A case on the agenda of a meeting to come, with its papers released."""
    case = waiting_case(panel, statement=STATEMENT, risk="high")
    release_papers(meeting=planned(panel), by=panel.clerk, at=timezone.now())
    return case


def url(case: PanelCase) -> str:
    return reverse("cautionary_panel_papers", args=[case.reference])


@pytest.mark.clause("B9")
@pytest.mark.clause("B14")
def test_member_is_asked_for_a_conflict_before_the_papers_open(
    panel: Panel, case: PanelCase
) -> None:
    member = browser_of(panel.care)

    asked = text(member.get(url(case)))
    assert "Are you implicated in what happened" in asked
    assert REPORTED in asked
    assert "reporter" in asked
    assert STATEMENT not in asked

    opened = text(member.post(url(case)))
    for shown in (STATEMENT, REPORTED, "He lifted a spade over his head", "Gantry Mews"):
        assert shown in opened
    assert STATEMENT in text(member.get(url(case)))  # asked once


@pytest.mark.clause("B14")
def test_papers_are_closed_to_members_before_their_release(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    planned(panel)
    member = browser_of(panel.care)

    for answer in (member.get(url(case)), member.post(url(case))):
        assert answer.status_code == 409
        assert "not released yet" in text(answer)
        assert STATEMENT not in text(answer)
        assert REPORTED not in text(answer)


@pytest.mark.clause("B8")
def test_deputy_reads_once_their_briefing_is_confirmed(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    meeting = planned(panel)
    user = deputised(panel, meeting, "care", briefed=False)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    deputy = browser_of(user)
    assert deputy.post(url(case)).status_code == 409

    attendee = meeting.attendees.get(user=user)
    confirm_briefing(attendee=attendee, by=panel.care, at=timezone.now())

    assert STATEMENT in text(deputy.post(url(case)))


@pytest.mark.clause("B12")
def test_presenter_reads_their_own_case_and_no_other(panel: Panel) -> None:
    mine = waiting_case(panel, statement=STATEMENT)
    other = waiting_case(panel, statement=STATEMENT, presenter=make_person("another-presenter"))
    planned(panel)
    presenter = browser_of(panel.operations)

    opened = text(presenter.get(url(mine)))

    assert STATEMENT in opened
    assert "Declare a conflict of interest" not in opened
    refused = presenter.get(url(other))
    assert refused.status_code == 403
    assert STATEMENT not in text(refused)


@pytest.mark.clause("B13")
def test_legal_reads_the_high_risk_case_that_they_advise_on(panel: Panel) -> None:
    high = waiting_case(panel, statement=STATEMENT, risk="high")
    low = waiting_case(panel, statement=STATEMENT, risk="low")
    planned(panel)
    legal = browser_of(panel.legal)

    assert STATEMENT in text(legal.get(url(high)))
    assert legal.get(url(low)).status_code == 403


@pytest.mark.clause("B11")
def test_papers_close_at_the_declaration_whatever_was_read(panel: Panel, case: PanelCase) -> None:
    member = browser_of(panel.care)
    assert STATEMENT in text(member.post(url(case)))

    conflicted(case, panel.care)

    for answer in (member.get(url(case)), member.post(url(case))):
        assert answer.status_code == 403
        for secret in (STATEMENT, REPORTED, "spade"):
            assert secret not in text(answer)


@pytest.mark.clause("B11")
def test_earlier_decision_of_a_case_that_is_closed_to_the_reader_is_left_out(
    panel: Panel,
) -> None:
    decided = panel_decision(panel, PanelOutcome.NO_ACTION)
    case = waiting_case(panel, report=decided.case.report, case_file=decided.case.case_file)
    release_papers(meeting=planned(panel), by=panel.clerk, at=timezone.now())
    reader = browser_of(panel.customer)
    assert decided.case.reference in text(reader.post(url(case)))

    decided.case.conflicts.create(
        case_file=decided.case.case_file,
        user=panel.customer,
        declared_by=panel.customer,
        declared_at=timezone.now(),
        reasons="Two doors away.",
    )

    opened = text(reader.get(url(case)))
    assert decided.case.reference not in opened
    assert "The panel weighed" not in opened


def test_papers_close_with_the_decision(panel: Panel) -> None:
    decision = panel_decision(panel, PanelOutcome.NO_ACTION)

    answer = browser_of(panel.customer).get(url(decision.case))

    assert answer.status_code == 409
    assert "The case is decided, and its papers are closed." in text(answer)


@pytest.mark.parametrize("who", ["monitoring", "mail", "legaldirector"])
def test_papers_are_nobody_elses(panel: Panel, case: PanelCase, who: str) -> None:
    answer = browser_of(panel.people[who]).get(url(case))

    assert answer.status_code in (403, 404)
    assert STATEMENT not in text(answer)


def test_each_opening_is_recorded(panel: Panel, case: PanelCase) -> None:
    member = browser_of(panel.care)
    member.get(url(case))
    member.post(url(case))

    acts = AccessRecord.objects.filter(user=panel.care, reference=case.reference)
    assert set(acts.values_list("act", flat=True)) == {Act.READ_CASE, Act.READ_PAPERS}


def test_papers_cost_the_same_however_many_members_have_read_them(
    panel: Panel, case: PanelCase
) -> None:
    member = browser_of(panel.care)
    member.post(url(case))
    before = fewest_queries(lambda: member.get(url(case)))
    for name in ("customer", "safety", "complaints"):
        browser_of(panel.people[name]).post(url(case))

    assert fewest_queries(lambda: member.get(url(case))) == before
