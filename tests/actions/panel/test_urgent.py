"""A high-risk entry ahead of the panel: provisional, ratified, or lapsed (B41, B42)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.entry_facts import facts_for
from cautionary_plugin.actions.letters import preview
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import (
    AgendaItem,
    DirectorReferral,
    Entry,
    IncidentReport,
    Letter,
    MailKind,
    OutboxMessage,
    UrgentAddition,
)
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import (
    BadInput,
    Excluded,
    IllegalMove,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.vocabulary import CaseKind, PanelOutcome, Risk
from tests.council import ask, let_into_wagtail, through_the_door
from tests.life import REPORTED, submitted
from tests.panel import (
    Panel,
    conflicted,
    deputy_for,
    met,
    planned,
    waiting_case,
)
from tests.panel_items import (
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    urgent,
    voted,
    voting,
)
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.django_db

ABSENCE = "The chair is on leave abroad until Monday."
REASONS = "The panel needs Legal's advice first."


def badge() -> str:
    return "Provisional: not ratified yet"


# --- Who adds, and what ----------------------------------------------------------------------


@pytest.mark.clause("B41")
def test_chair_adds_at_once_and_it_comes_before_the_panel_by_itself(panel: Panel) -> None:
    following = planned(panel)

    addition = urgent(panel)

    entry, case = addition.entry, addition.case
    assert (entry.state, entry.risk, entry.provisional) == ("live", "high", True)
    assert (case.kind, case.entry, case.risk, case.state) == (
        "ratification",
        entry,
        "high",
        "waiting",
    )
    assert AgendaItem.objects.get().meeting == following
    assert (addition.for_chair, addition.absence, addition.ratified) == (False, "", None)
    assert Letter.objects.get().kind == "schedule_hi"


@pytest.mark.clause("B41")
def test_panel_is_told_of_an_urgent_addition(panel: Panel) -> None:
    addition = urgent(panel)

    mails = OutboxMessage.objects.filter(kind=MailKind.URGENT)
    told = {mail.to for mail in mails}
    assert {*panel.members[1:], panel.clerk} <= told
    assert panel.chair not in told
    assert {mail.reference for mail in mails} == {addition.entry.reference}


@pytest.mark.clause("B11")
@pytest.mark.clause("B41")
def test_member_whom_the_report_names_is_not_told(panel: Panel) -> None:
    urgent(panel, report=submitted(panel.council, panel.safety))

    assert not OutboxMessage.objects.filter(kind=MailKind.URGENT, to=panel.safety).exists()


@pytest.mark.clause("B42")
def test_director_for_legal_adds_in_the_recorded_absence_of_the_chair(panel: Panel) -> None:
    addition = urgent(panel, by=panel.legaldirector, absence=ABSENCE)

    assert (addition.for_chair, addition.absence) == (True, ABSENCE)
    assert addition.added_by == panel.legaldirector


@pytest.mark.clause("B42")
def test_director_for_legal_says_why_the_chair_cannot(panel: Panel) -> None:
    with pytest.raises(BadInput) as error:
        urgent(panel, by=panel.legaldirector)

    assert set(error.value.problems) == {"absence"}
    assert not Entry.objects.exists()


@pytest.mark.clause("B42")
@pytest.mark.parametrize("who", ["safety", "clerk", "legal", "operations", "monitoring", "owner"])
def test_nobody_else_adds_at_once(panel: Panel, who: str) -> None:
    by = panel.owner if who == "owner" else panel.people[who]

    with pytest.raises(NotYourPost):
        urgent(panel, by=by, absence=ABSENCE)


@pytest.mark.clause("B41")
def test_deputy_chair_adds_as_the_chair(panel: Panel) -> None:
    addition = urgent(panel, by=deputy_for(panel, "chair"))

    assert addition.for_chair is False


@pytest.mark.clause("B41")
@pytest.mark.parametrize("risk", [Risk.LOW, Risk.MEDIUM])
def test_only_a_high_risk_is_added_ahead(panel: Panel, risk: Risk) -> None:
    with pytest.raises(BadInput) as error:
        urgent(panel, risk=risk, terms=entry_terms(risk))

    assert set(error.value.problems) == {"risk"}


@pytest.mark.clause("B46", "B47")
def test_why_nothing_is_limited_is_said_once_and_stands_in_the_letter(panel: Panel) -> None:
    urgent(panel)

    letter = Letter.objects.get()
    items = preview(letter, by=panel.legal, at=timezone.now()).items
    told = {item.code: item.text for item in items}
    assert "He needs every service that he uses." in told["services"]
    assert "He writes seldom, and to one office." in told["contact"]


@pytest.mark.clause("B46", "B47")
def test_entry_with_limits_gives_no_reason_why_there_is_none(panel: Panel) -> None:
    limits = entry_terms(
        Risk.HIGH,
        restrictions=["telephone", "libraries"],
        no_restrictions="",
        no_contact_limits="",
    )

    urgent(panel, terms=limits)

    assert Letter.objects.get().own_words == {}


def test_all_that_is_missing_is_said_at_once(panel: Panel) -> None:
    with pytest.raises(BadInput) as error:
        urgent(
            panel,
            by=panel.legaldirector,
            reasons="",
            terms=entry_terms(Risk.HIGH, handling="", second_identifier=""),
        )

    assert set(error.value.problems) == {"reasons", "absence", "handling", "second_identifier"}


def test_nobody_adds_on_a_report_of_their_own(panel: Panel) -> None:
    with pytest.raises(SamePerson):
        urgent(panel, report=submitted(panel.council, panel.chair))


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_of_the_case_does_not_add(panel: Panel) -> None:
    report = submitted(panel.council)
    conflicted(waiting_case(panel, report=report), panel.chair)

    with pytest.raises(Excluded):
        urgent(panel, report=report)


def test_premises_are_for_the_director(panel: Panel) -> None:
    with pytest.raises(IllegalMove):
        urgent(panel, report=submitted(panel.council, None, "premises"))


def test_report_that_was_sent_back_is_not_added(panel: Panel) -> None:
    report = submitted(panel.council)
    IncidentReport.objects.update(state="returned")

    with pytest.raises(IllegalMove):
        urgent(panel, report=report)


def test_no_panel_decides_on_a_directors_register(panel: Panel) -> None:
    chair = panel.chair
    with pytest.raises(NotYourPost):
        urgent(panel, register=panel.council.register, by=chair)


def test_report_on_the_panels_register_is_before_the_panel_with_that(panel: Panel) -> None:
    report = panel_report(panel)

    urgent(panel, report=report)

    report.refresh_from_db()
    assert report.state == "countersigned"


def test_same_incident_is_not_added_twice(panel: Panel) -> None:
    report = submitted(panel.council)
    urgent(panel, report=report)

    with pytest.raises(NotReady, match="on the schedule already"):
        urgent(panel, report=report)


# --- Ratified --------------------------------------------------------------------------------


def at_item(panel: Panel, addition: UrgentAddition) -> AgendaItem:
    return findings_recorded(panel, opened_item(panel, addition.case, meeting=met(panel)))


@pytest.mark.clause("B41")
def test_ratified_entry_is_provisional_no_more(panel: Panel) -> None:
    addition = urgent(panel)
    before = addition.entry

    decision = panel_decision(panel, PanelOutcome.RATIFY, item=at_item(panel, addition))

    entry = Entry.objects.get()
    assert (entry.state, entry.provisional) == ("live", False)
    assert entry.expires_at == before.expires_at  # the provisional entry has started the clock
    assert entry.changed > before.changed
    addition.refresh_from_db()
    assert (addition.ratified, addition.settled_at) == (True, decision.recorded_at)
    assert (decision.entry, decision.risk) == (entry, "high")
    assert Letter.objects.filter(kind="schedule_hi").count() == 1
    assert DirectorReferral.objects.get().decision == decision


@pytest.mark.clause("B41")
def test_letter_is_owed_at_ratification_where_none_was(panel: Panel) -> None:
    addition = urgent(panel)
    Letter.objects.all().delete()

    panel_decision(panel, PanelOutcome.RATIFY, item=at_item(panel, addition))

    assert Letter.objects.get().kind == "schedule_hi"


@pytest.mark.clause("B41")
def test_referral_of_the_same_report_is_decided_with_the_ratification(panel: Panel) -> None:
    case = refer(panel, panel_report(panel), risk="high")
    addition = urgent(panel, report=case.report)
    item = at_item(panel, addition)
    assert case.items.get().state == "listed"

    panel_decision(panel, PanelOutcome.RATIFY, item=item)

    case.refresh_from_db()
    assert (case.state, case.items.get().state) == ("withdrawn", "removed")


@pytest.mark.clause("B19")
@pytest.mark.clause("B41")
def test_entry_ends_where_ratification_is_not_carried(panel: Panel) -> None:
    addition = urgent(panel)
    motion = voting(panel, PanelOutcome.RATIFY, item=at_item(panel, addition))
    motion = voted(panel, motion, votes_for=3, against=3)

    record_decision(motion=motion, by=panel.clerk, at=timezone.now())

    entry = Entry.objects.get()
    addition.refresh_from_db()
    assert (entry.state, entry.why_ended, addition.ratified) == ("ended", "unratified", False)


@pytest.mark.clause("B41")
def test_panel_may_remove_what_was_added(panel: Panel) -> None:
    addition = urgent(panel)

    panel_decision(panel, PanelOutcome.REMOVE, item=at_item(panel, addition))

    entry = Entry.objects.get()
    addition.refresh_from_db()
    assert (entry.state, entry.why_ended, addition.ratified) == ("ended", "panel", False)


# --- Lapsed ----------------------------------------------------------------------------------


@pytest.mark.clause("B41")
def test_entry_lapses_when_a_meeting_ends_without_ratifying_it(panel: Panel) -> None:
    addition = urgent(panel)
    meeting = met(panel)
    planned(panel)

    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    entry = Entry.objects.get()
    addition.refresh_from_db()
    assert (entry.state, entry.why_ended) == ("ended", "unratified")
    assert addition.ratified is False
    assert addition.case.state == "lapsed"
    assert not AgendaItem.objects.filter(state="listed").exists()
    assert not Letter.objects.exists()


@pytest.mark.clause("B41")
def test_adjourned_it_lapses_all_the_same(panel: Panel) -> None:
    addition = urgent(panel)
    item = at_item(panel, addition)
    planned(panel)
    adjourn_item(item=item, reasons=REASONS, by=panel.clerk, at=timezone.now())

    close_meeting(meeting=item.meeting, by=panel.clerk, at=timezone.now())

    assert Entry.objects.get().why_ended == "unratified"
    assert sorted(AgendaItem.objects.values_list("state", flat=True)) == ["adjourned", "removed"]


@pytest.mark.clause("B41")
def test_individual_who_was_told_is_told_that_it_lapsed(panel: Panel) -> None:
    urgent(panel)
    Letter.objects.update(issued_at=timezone.now())

    close_meeting(meeting=met(panel), by=panel.clerk, at=timezone.now())

    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["removal", "schedule_hi"]


@pytest.mark.clause("B41")
def test_what_was_ratified_does_not_lapse(panel: Panel) -> None:
    addition = urgent(panel)
    item = at_item(panel, addition)
    panel_decision(panel, PanelOutcome.RATIFY, item=item)

    close_meeting(meeting=item.meeting, by=panel.clerk, at=timezone.now())

    assert Entry.objects.get().state == "live"


@pytest.mark.clause("B41")
def test_report_of_what_lapsed_can_be_referred_again(panel: Panel) -> None:
    report = panel_report(panel)
    urgent(panel, report=report)
    close_meeting(meeting=met(panel), by=panel.clerk, at=timezone.now())

    assert refer(panel, report).kind == CaseKind.REFERRAL


# --- Provisional, on every screen that shows it ----------------------------------------------


@pytest.mark.clause("B41")
def test_facts_say_that_an_entry_is_provisional_to_every_reader(panel: Panel) -> None:
    entry = urgent(panel).entry

    for view in View:
        assert [fact.text for fact in facts_for(entry, view) if fact.name == "provisional"] == [
            "Added urgently. The panel has not ratified it yet; without that it ends."
        ]
    entry.provisional = False
    assert not [fact for fact in facts_for(entry, View.BASIS) if fact.name == "provisional"]


@pytest.mark.clause("B41")
def test_check_and_entry_show_the_badge_until_it_is_ratified(panel: Panel) -> None:
    addition = urgent(panel)
    browser = through_the_door(panel.safety)
    page = reverse("cautionary:entry", args=[addition.entry.reference])

    assert badge() in ask(browser, REPORTED).content.decode()
    assert badge() in browser.post(page, {"purpose": "home_visit"}, follow=True).content.decode()

    panel_decision(panel, PanelOutcome.RATIFY, item=at_item(panel, addition))

    shown = ask(browser, REPORTED).content.decode()
    assert addition.entry.reference in shown
    assert badge() not in shown
    assert (
        badge() not in browser.post(page, {"purpose": "home_visit"}, follow=True).content.decode()
    )


@pytest.mark.clause("B41")
def test_register_screens_say_provisional(panel: Panel) -> None:
    entry = urgent(panel).entry
    let_into_wagtail(panel.owner)
    browser = through_the_door(panel.owner)

    index = browser.get(reverse("cautionary_register_modeladmin_index")).content.decode()
    inspect = reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
    page = browser.get(inspect).content.decode()

    assert "Live, provisional" in index
    assert "Live, provisional" in page
    assert "The panel has not ratified it yet" in page
    assert "Withdraw: entered in error" not in page
