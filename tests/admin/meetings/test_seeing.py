"""Who sees what of a meeting and of its minutes, and what the pages cost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cautionary_plugin.actions.panel.agenda import fill_agenda
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.admin.meetings.pages import now, page_of, told
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.factors import make_person
from tests.life import REPORTED
from tests.panel import Panel, arrive, conflicted, met, planned, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_decision
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "She keeps a marmalade guillotine behind the counter."


# Who sees what


@pytest.mark.clause("B12")
def test_presenter_sees_their_own_item_and_nothing_else(panel: Panel) -> None:
    mine = waiting_case(panel)
    other = waiting_case(panel, presenter=make_person("another-presenter"))
    meeting = planned(panel)
    presenter = browser_of(panel.operations)

    shown = page_of(presenter, meeting)

    assert mine.reference in shown
    assert other.reference not in shown
    assert "are coming" not in shown
    assert "complaints" not in shown
    assert "Release" not in shown
    assert "Go to the item" not in shown
    assert reverse("cautionary_panel_papers", args=[mine.reference]) in shown


@pytest.mark.clause("B13")
def test_legal_sees_the_high_risk_item_only(panel: Panel) -> None:
    high, low = waiting_case(panel, risk="high"), waiting_case(panel, risk="low")
    legal = browser_of(panel.legal)

    shown = page_of(legal, planned(panel))

    assert high.reference in shown
    assert low.reference not in shown


def test_outsider_finds_no_meeting(panel: Panel) -> None:
    meeting = planned(panel)

    outsiders = [panel.people[name] for name in ("operations", "legal", "monitoring")]
    for person in (*outsiders, panel.council.owner):
        assert get(browser_of(person), "meeting", meeting.reference).status_code == 404
    assert get(browser_of(make_person("nobody")), "meeting", meeting.reference).status_code == 403


def test_clerks_buttons_are_no_members_to_press(panel: Panel) -> None:
    waiting_case(panel)
    meeting = planned(panel, starts_in=timedelta(hours=1))
    member = browser_of(panel.customer)

    for step in ("open", "papers", "fill", "close", "cancel", "change"):
        answer = post(member, f"meeting_{step}", meeting.reference, step="record")
        assert answer.status_code == 403, step
    for step in ("up", "down", "off", "release"):
        assert post(member, "agenda_step", meeting.items.get().pk, step).status_code == 403
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert meeting.items.get().papers_at is None


@pytest.mark.clause("B11")
def test_excluded_chair_learns_a_reference_and_no_count(panel: Panel) -> None:
    case = waiting_case(panel, risk="high", statement="")
    conflicted(case, panel.chair)
    meeting = planned(panel)
    chair = browser_of(panel.chair)

    shown = page_of(chair, meeting)

    assert f"{case.reference}: your conflict of interest waits for a decision." in shown
    for secret in ("High risk", "legal", "operations", "are not released", "could not open"):
        assert secret not in shown
    item = meeting.items.get()
    for step in ("off", "release"):
        assert post(chair, "agenda_step", item.pk, step).status_code == 403
    told(post(chair, "meeting_papers", meeting.reference))
    item.refresh_from_db()
    assert item.papers_at is None


@pytest.mark.clause("B11")
def test_case_that_waits_on_no_agenda_is_not_counted_for_whom_it_is_closed(panel: Panel) -> None:
    meeting = planned(panel)
    case = waiting_case(panel)
    meeting.items.all().delete()
    chair = browser_of(panel.chair)
    assert "1 case waits on no agenda." in page_of(chair, meeting)

    conflicted(case, panel.chair)

    assert "on no agenda" not in page_of(chair, meeting)
    assert "1 case waits on no agenda." in page_of(browser_of(panel.clerk), meeting)


# Minutes


def test_minutes_say_decision_votes_and_exclusions_by_reference(
    panel: Panel, clerk: Client
) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, case))
    meeting = panel_decision(panel, PanelOutcome.NO_ACTION, item=item).item.meeting
    post(clerk, "meeting_close", meeting.reference, step="record")

    page = text(get(clerk, "minutes", meeting.reference))
    document = get(clerk, "minutes_pdf", meeting.reference)
    pages = PdfReader(BytesIO(document.content)).pages
    printed = " ".join(" ".join(each.extract_text() for each in pages).split())

    assert document.headers["Content-Type"] == "application/pdf"
    for shown in (page, printed):
        assert case.reference in shown
        assert "Carried: 4 for, 0 against, 0 abstained" in shown
        assert "No action" in shown
        assert "equality was excluded; decided by chair" in shown
        for secret in (STATEMENT, *REPORTED.split(), "Gantry"):
            assert secret not in shown


@pytest.mark.clause("B11")
def test_minutes_tell_the_excluded_member_nothing_of_their_case(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, case))
    meeting = panel_decision(panel, PanelOutcome.NO_ACTION, item=item).item.meeting
    excluded, eligible = browser_of(panel.equality), browser_of(panel.customer)

    assert "Carried" in text(get(eligible, "minutes", meeting.reference))
    shown = text(get(excluded, "minutes", meeting.reference))
    pages = PdfReader(BytesIO(get(excluded, "minutes_pdf", meeting.reference).content)).pages
    printed = " ".join(" ".join(each.extract_text() for each in pages).split())

    for told_them in (shown, printed):
        assert case.reference in told_them
        assert "You were excluded." in told_them
        for secret in ("Carried", "No action", "Referral"):
            assert secret not in told_them


def test_minutes_are_for_members_clerk_and_monitoring_officer(panel: Panel) -> None:
    waiting_case(panel, risk="high")
    meeting = met(panel)

    for name in ("clerk", "chair", "customer", "monitoring"):
        reader = browser_of(panel.people[name])
        assert get(reader, "minutes", meeting.reference).status_code == 200, name
    for name in ("operations", "legal"):
        outsider = browser_of(panel.people[name])
        for screen in ("minutes", "minutes_pdf"):
            assert get(outsider, screen, meeting.reference).status_code == 403, name


def test_there_are_no_minutes_before_the_meeting(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)

    assert "Minutes" not in page_of(clerk, meeting)
    assert "once the meeting has been opened" in told(get(clerk, "minutes", meeting.reference))


# What it costs


def test_list_of_meetings_costs_the_same_however_many_there_are(
    panel: Panel, clerk: Client
) -> None:
    planned(panel)
    before = fewest_queries(lambda: get(clerk, "panel"))
    for weeks in range(2, 7):
        planned(panel, starts_in=timedelta(weeks=weeks))

    assert fewest_queries(lambda: get(clerk, "panel")) == before


@pytest.mark.parametrize("who", ["clerk", "chair", "customer"])
def test_page_of_a_meeting_costs_the_same_however_much_is_on_it(panel: Panel, who: str) -> None:
    conflicted(waiting_case(panel), panel.equality, decided=True, by=panel.chair)
    meeting = met(panel, present=3)
    browser = browser_of(panel.people[who])
    before = fewest_queries(lambda: page_of(browser, meeting))

    for _more in range(4):
        conflicted(waiting_case(panel, risk="high"), panel.equality)
    fill_agenda(meeting=meeting, at=now())
    release_papers(meeting=meeting, by=panel.clerk, at=now())
    for name in ("safety", "care"):
        arrive(panel, meeting, panel.people[name])

    assert meeting.items.count() == 5
    assert fewest_queries(lambda: page_of(browser, meeting)) == before


def test_minutes_cost_the_same_however_many_items_there_were(panel: Panel, clerk: Client) -> None:
    meeting = opened_item(panel).meeting
    before = fewest_queries(lambda: get(clerk, "minutes", meeting.reference))
    for _more in range(4):
        conflicted(waiting_case(panel), panel.equality, decided=True, by=panel.chair)
    post(clerk, "meeting_fill", meeting.reference)

    assert fewest_queries(lambda: get(clerk, "minutes", meeting.reference)) == before


def test_meetings_of_nobody_are_none(panel: Panel) -> None:
    shown = text(get(browser_of(panel.legal), "panel"))

    assert "You are not invited to a meeting." in shown
