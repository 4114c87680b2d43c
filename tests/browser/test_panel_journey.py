"""The panel's own life on the screens of all who take part, from a referral to a renewal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import (
    EmailDivert,
    Entry,
    IncidentReport,
    Letter,
    MailKind,
    Meeting,
    OutboxMessage,
    PanelCase,
    PanelDecision,
    SinglePointOfContact,
    UrgentAddition,
)
from cautionary_plugin.rules.states import CaseState, DivertState, EntryState
from cautionary_plugin.rules.vocabulary import CaseKind, Choice, LetterKind, PanelOutcome, Risk
from tests.browser import panel_pages as pages
from tests.browser.panel_table import Table, clock, menu, named, task, to_item, to_meeting
from tests.browser.pictures import Take
from tests.council import let_into_wagtail
from tests.factors import enrol, make_person
from tests.panel import Panel, deputy_for, found_panel, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_entry, urgent
from tests.panel_letters import posted, ready_to_write
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.browser

HOUR = timedelta(hours=1)
EARLIER = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)  # the panel has met before
REFERRED = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
RELEASED = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
MEETS = datetime(2027, 3, 8, 14, 0, tzinfo=UTC)
WRITTEN = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
REPEATED = datetime(2028, 2, 21, 9, 0, tzinfo=UTC)
RENEWED = datetime(2028, 2, 28, 14, 0, tzinfo=UTC)
ON_8_MARCH, ON_28_FEBRUARY = "8 March 2027", "28 February 2028"

PEOPLE = {
    "operations": "Ivo Hartley",
    "clerk": "Saffron Hale",
    "chair": "Bea Lindqvist",
    "complaints": "Joss Adeyemi",
    "safety": "Femi Brandt",
    "care": "Yemi Castellan",
    "equality": "Dov Marchetti",
    "deputy": "Wren Tolliver",
    "legal": "Tess Amadi",
    "mail": "Bruno Sallow",
}
SITTING = ("chair", "complaints", "care", "deputy")

STATEMENT = "He has come to the counter on nine days of a month and shouted besomwhistle."
WHY = "You stood before the counter on nine days and threatened whoever was there."
CUSTOMER = "barnabus@quimberly.example"


def somebody(name: str, street: str, born_on: str) -> dict[str, Any]:
    """Answers of a report about somebody else than the others."""
    return {
        "person": {"name": name, "aliases": ""},
        "identify": {
            "born_on": born_on,
            "birth_year": "",
            "address": f"{street}, Weldham",
            "postcode": "WX3 8QE",
            "phone": "",
            "email": "",
            "identifier": "",
        },
    }


MODERATE = somebody("Ottoline Vark", "9 Harbour Terrace", "1971-02-18")
ADDED = somebody("Silas Brack", "60 Mill Lane", "1992-03-03")
LAPSING = somebody("Rufus Tremlett", "33 Thornfield Drive", "1983-11-07")
ANSWERING = somebody("Hester Quayle", "12 Orchard Court", "1964-06-25")


@pytest.fixture
def table(
    transactional_db: None, open_page: Any, sign_in: Any, assert_accessible: Any, take: Take
) -> Table:
    """A council whose panel has met once, everybody with a second factor."""
    with clock(EARLIER):
        panel = found_panel()
        ready_to_write(panel)
        people = {name: panel.people.get(name) for name in PEOPLE}
        people["deputy"] = deputy_for(panel, "customer")
        people["specialist"] = make_person("specialist")
        for name, called in PEOPLE.items():
            person = people[name]
            person.first_name, person.last_name = called.split(" ", 1)
            person.save(update_fields=["first_name", "last_name"])
            let_into_wagtail(person)
        for person in people.values():
            enrol(person)
        _decided_before(panel)
    with clock(REFERRED - HOUR):
        for about, risk in ((MODERATE, Risk.MEDIUM),):
            refer(panel, panel_report(panel, **about), risk=risk)
        panel_report(panel)
        panel_report(panel, **ADDED)
    return Table(panel, people, open_page, sign_in, assert_accessible, take)


def _decided_before(panel: Panel) -> None:
    """An entry of the last meeting, with its letter posted: a questionnaire is out."""
    case = waiting_case(panel, report=panel_report(panel, **ANSWERING))
    item = findings_recorded(panel, opened_item(panel, case))
    entry = panel_entry(panel, item=item)
    posted(panel, Letter.objects.get(entry=entry))
    close_meeting(meeting=item.meeting, by=panel.clerk, at=timezone.now())


def case_of(name: str) -> PanelCase:
    """The case of the person of this name, by what the file says."""
    found = [
        each
        for each in PanelCase.objects.order_by("-referred_at").select_related("case_file__person")
        if each.case_file.person.identity.names[0] == name
    ]
    return found[0]


@pytest.mark.clause("B6")
@pytest.mark.clause("B7")
@pytest.mark.clause("B8")
@pytest.mark.clause("B9")
@pytest.mark.clause("B10")
@pytest.mark.clause("B11")
@pytest.mark.clause("B12")
@pytest.mark.clause("B13")
@pytest.mark.clause("B14")
@pytest.mark.clause("B19")
@pytest.mark.clause("B20")
@pytest.mark.clause("B26")
@pytest.mark.clause("B28")
@pytest.mark.clause("B29")
@pytest.mark.clause("B30")
@pytest.mark.clause("B38")
@pytest.mark.clause("B39")
@pytest.mark.clause("B41")
@pytest.mark.clause("B43")
@pytest.mark.clause("B45")
@pytest.mark.clause("B52")
def test_journey_of_the_panel(table: Table, tmp_path: Path) -> None:
    with clock(REFERRED):
        _refer(table)
        _plan(table)
        _add_at_once(table)
    table.everybody_leaves()
    with clock(RELEASED):
        _declare(table)
        _decide_conflict(table)
        _name_deputy(table)
        _release(table)
        _read_papers(table)
    table.everybody_leaves()
    with clock(MEETS):
        _open_meeting(table)
        entry = _carry_at_high(table)
        _ratify(table)
        _fail_three_to_one(table)
        _close_meeting(table)
    table.everybody_leaves()
    with clock(WRITTEN):
        _write_as_legal(table, entry)
        _divert(table, entry)
        _questionnaire(table)
    table.everybody_leaves()
    with clock(REPEATED):
        _repeat(table, entry)
    table.everybody_leaves()
    with clock(RENEWED):
        _renew(table, entry)
    assert len(table.signed_in) >= 8


# The referral


def _refer(table: Table) -> None:
    page = table.arrives("operations")
    table.show(page, "01-operations-worklist")
    reference = _report_of("Barnabus Thistlewick")
    task(page, "Put a report before the panel", reference)
    page.get_by_role("link", name="Put it before the panel").click()
    page.get_by_label("Your statement").fill(STATEMENT)
    page.get_by_label("A letter of expected behaviour before").fill("One went out in spring.")
    page.locator("input[name=risk][value=high]").check()
    page.get_by_label("Legal proceedings were intimated").check()
    page.get_by_label("Who presents the case").fill("operations")
    table.show(page, "02-refer")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Put it before the panel").click()
    expect(page.get_by_text("waits for the panel").first).to_be_visible()


def _report_of(name: str) -> str:
    found = [
        each.reference
        for each in IncidentReport.objects.order_by("-submitted_at")
        if each.case_file.person.identity.names[0] == name
    ]
    return str(found[0])


def _plan(table: Table) -> None:
    page = table.arrives("clerk")
    menu(page, "Panel")
    page.get_by_role("link", name="Plan a meeting").click()
    _fill_meeting(page, "8 3 2027")
    expect(page.get_by_text(case_of("Barnabus Thistlewick").reference).first).to_be_visible()
    expect(page.get_by_text(case_of("Ottoline Vark").reference).first).to_be_visible()
    expect(page.get_by_text("Tess Amadi").first).to_be_visible()  # high risk: Legal is invited
    table.show(page, "03-agenda")


def _fill_meeting(page: Page, day: str) -> None:
    page.get_by_role("textbox", name="Day").fill(day)
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("16:00")
    page.get_by_role("radio").last.check()
    page.get_by_label("Place").fill("Committee Room 4, Civic Centre")
    page.get_by_label("Link to the online meeting").fill("https://meet.weldham.example/panel")
    page.get_by_role("button", name="Plan the meeting").click()
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()


def _add_at_once(table: Table) -> None:
    """The chair adds two people ahead of the meeting, the first of them on the screen."""
    page = table.arrives("chair")
    menu(page, "Add at once")
    page.get_by_role("link", name=_report_of("Silas Brack")).click()
    page.locator("input[name=risk][value=high]").check()
    page.get_by_label("Why can it not wait").fill("He comes back tomorrow with a knife.")
    _fill_entry(page)
    table.show(page, "04-add-at-once")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Add the entry now").click()
    expect(page.get_by_text("is on the schedule, provisionally.")).to_be_visible()
    table.show(page, "05-added")
    urgent(table.panel, report=panel_report(table.panel, **LAPSING))
    assert Entry.objects.filter(provisional=True).count() == 2


def _fill_entry(page: Page) -> None:
    page.get_by_label("Handling instructions").fill("Do not see him alone.")
    page.get_by_role("checkbox", name="Violence", exact=True).check()
    page.get_by_label("See at the office only").check()
    page.get_by_label("Visits to council offices by appointment only").check()
    page.get_by_label("Why is no service restricted?").fill("You need them all, as before.")
    page.get_by_role("checkbox", name="Housing", exact=True).check()
    page.get_by_label("Why these services?").fill("Housing officers meet him at the counter.")
    page.get_by_label("What happened, in your own words").fill("Pushed an employee to the wall.")
    page.get_by_label("duty of care to employees").check()
    page.get_by_label("How was it checked").fill("The tenancy file has the same date of birth.")


# Before the meeting


def _declare(table: Table) -> None:
    page = table.arrives("equality")
    reference = case_of("Barnabus Thistlewick").reference
    to_meeting(page, ON_8_MARCH)
    page.get_by_role("link", name=named("Declare a conflict of interest", reference)).click()
    page.get_by_label("What is the conflict?").fill("He is my neighbour.")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Declare it").click()
    to_meeting(page, ON_8_MARCH)
    waits = f"{reference}: your conflict of interest waits for a decision."
    expect(page.get_by_text(waits)).to_be_visible()


def _decide_conflict(table: Table) -> None:
    page = table.arrives("chair")
    task(page, "Decide on a conflict of interest", case_of("Barnabus Thistlewick").reference)
    page.get_by_label("No: they stay excluded").check()
    page.get_by_label("Reasons").fill("Neighbours for ten years, and they fell out.")
    table.show(page, "06-conflict")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("No conflict of interest waits")).to_be_visible()

    member, reference = table.of("equality"), case_of("Barnabus Thistlewick").reference
    to_meeting(member, ON_8_MARCH)
    expect(member.get_by_text(f"{reference}: you are excluded.")).to_be_visible()
    expect(member.get_by_role("link", name=named("Go to the item", reference))).to_have_count(0)
    expect(member.locator("main")).not_to_contain_text("Thistlewick")
    table.show(member, "07-excluded")


def _name_deputy(table: Table) -> None:
    page = table.arrives("clerk")
    to_meeting(page, ON_8_MARCH)
    place = page.locator(".cautionary-places > li", has_text="Business Manager")
    place.get_by_role("link", name="Name a deputy").click()
    page.get_by_label("Wren Tolliver").check()
    page.get_by_role("button", name="Name and invite them").click()
    expect(page.get_by_text("Briefing not confirmed: no seat yet").first).to_be_visible()

    chair = table.of("chair")
    to_meeting(chair, ON_8_MARCH)
    chair.get_by_role("button", name=named("Confirm the briefing", "Wren Tolliver")).click()
    expect(chair.get_by_text("Briefing confirmed by Bea Lindqvist").first).to_be_visible()
    table.show(chair, "08-deputy")


def _release(table: Table) -> None:
    page = table.of("clerk")
    to_meeting(page, ON_8_MARCH)
    page.get_by_role("button", name="Release the papers").first.click()
    expect(page.get_by_text("Papers released 3 March 2027").first).to_be_visible()


def _read_papers(table: Table) -> None:
    page, reference = table.arrives("care"), case_of("Barnabus Thistlewick").reference
    to_meeting(page, ON_8_MARCH)
    page.get_by_role("link", name=named("Read the papers", reference)).click()
    table.show(page, "09-question")
    page.get_by_role("button", name="No: show me the papers").click()
    expect(page.get_by_text("besomwhistle")).to_be_visible()
    table.show(page, "10-papers")


# The meeting


def _open_meeting(table: Table) -> None:
    page = table.arrives("clerk")
    to_meeting(page, ON_8_MARCH)
    page.get_by_role("button", name="Open the meeting").first.click()
    for name in (*SITTING, "safety", "equality"):
        _comes(page, PEOPLE[name])
    expect(page.get_by_text("Quorate: 6 sit, 4 needed")).to_be_visible()
    table.show(page, "11-meeting")


def _comes(page: Page, who: str, word: str = "Is here") -> None:
    page.get_by_role("button", name=named(word, who)).first.click()
    expect(page.get_by_role("button", name=named("Has left", who)).first).to_be_visible()


def _goes(page: Page, who: str) -> None:
    page.get_by_role("button", name=named("Has left", who)).first.click()
    expect(page.get_by_role("button", name=named("Is back", who)).first).to_be_visible()


def _carry_at_high(table: Table) -> Entry:
    """Quorum is lost and regained; four votes for carry an entry with a point of contact."""
    page, case = table.of("clerk"), case_of("Barnabus Thistlewick")
    to_item(page, ON_8_MARCH, case.reference)
    expect(page.get_by_text("Quorate: 5 sit, 4 needed")).to_be_visible()
    pages.open_the_item(page)
    pages.answer_health(page)
    pages.expect_step_open(page, "findings")

    page.get_by_role("link", name="Who comes and goes").click()
    _goes(page, PEOPLE["safety"])
    _goes(page, PEOPLE["complaints"])
    to_item(page, ON_8_MARCH, case.reference)
    expect(page.get_by_text("Not quorate: 3 sit, 4 needed")).to_be_visible()
    pages.expect_step_open(page, "findings")  # the way there leads to the step whose turn it is
    table.show(page, "12-not-quorate")
    page.get_by_role("link", name="Who comes and goes").click()
    _comes(page, PEOPLE["complaints"], "Is back")
    to_item(page, ON_8_MARCH, case.reference)
    expect(page.get_by_text("Quorate: 4 sit, 4 needed")).to_be_visible()

    pages.record_the_findings(page, spoc=True)
    pages.choose_outcome(page, PanelOutcome.ENTRY)
    pages.fill_entry(page, "high")
    pages.fill_spoc(page, "operations")
    table.show(page, "13-motion")
    pages.put_to_the_vote(page)
    expect(page.locator(".cautionary-board")).to_contain_text("0 have voted, 4 “for” needed")
    _vote(table, case, dict.fromkeys(SITTING, Choice.FOR), picture="14-vote")
    _excluded_at_the_table(table, case)
    _record(table, "Carried: 4 for, 0 against", picture="15-high")
    entry = case.decisions.get().entry
    assert (entry.risk, entry.provisional) == (Risk.HIGH, False)
    assert SinglePointOfContact.objects.get(entry=entry).officer == table.people["operations"]
    return entry


def _excluded_at_the_table(table: Table, case: PanelCase) -> None:
    page = table.arrives("equality")
    to_meeting(page, ON_8_MARCH)
    expect(page.get_by_role("link", name=named("Go to the item", case.reference))).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("besomwhistle")


def _vote(table: Table, case: PanelCase, votes: dict[str, Choice], *, picture: str = "") -> None:
    """Each votes on their own device; the clerk sees who has, and not how."""
    for number, (name, choice) in enumerate(votes.items()):
        page = table.of(name)
        task(page, "Vote on a motion of the panel", case.reference)
        button = pages.step(page, "votes").get_by_role("button", name=pages.VERBS[choice])
        expect(button).to_be_in_viewport()  # on a phone too: nobody looks for it
        if picture and number in (0, 2):
            table.show(page, f"{picture}-{name}")
        pages.cast(page, choice)
        expect(page.get_by_text(f"You have voted: {choice.label}.")).to_be_visible()


def _record(table: Table, result: str, *, picture: str) -> None:
    """The clerk closes the vote, reads it back and records it."""
    page = table.of("clerk")
    page.get_by_role("link", name="Look again").click()
    pages.expect_step_open(page, "close")
    for seen in (".cautionary-board-quorum", ".cautionary-seats", "#close button"):
        expect(page.locator(seen).first).to_be_in_viewport()
    table.show(page, f"{picture}-close")
    pages.close_the_vote(page)
    pages.expect_step_open(page, "decision")
    table.show(page, f"{picture}-read-back")
    pages.record_the_decision(page)
    expect(page.get_by_role("heading", name=result)).to_be_in_viewport()
    table.show(page, f"{picture}-decided")


def _ratify(table: Table) -> None:
    """Whoever was excluded from one case might sit for the others, and has to leave."""
    case = case_of("Silas Brack")
    page = table.of("clerk")
    page.get_by_role("link", name="Who comes and goes").click()
    _goes(page, PEOPLE["equality"])
    to_item(page, ON_8_MARCH, case.reference)
    _through(page, PanelOutcome.RATIFY)
    _vote(table, case, dict.fromkeys(SITTING, Choice.FOR))
    _record(table, "Carried: 4 for", picture="16-ratified")
    assert UrgentAddition.objects.get(case=case).ratified


def _through(page: Page, outcome: PanelOutcome) -> None:
    """An item without an entry to be filled in."""
    pages.open_the_item(page)
    pages.answer_health(page)
    pages.record_the_findings(page)
    pages.choose_outcome(page, outcome)
    pages.put_to_the_vote(page)


def _fail_three_to_one(table: Table) -> None:
    case = case_of("Ottoline Vark")
    page = table.of("clerk")
    to_item(page, ON_8_MARCH, case.reference)
    pages.open_the_item(page)
    pages.answer_health(page)
    pages.record_the_findings(page)
    pages.choose_outcome(page, PanelOutcome.ENTRY)
    pages.fill_entry(page)
    pages.put_to_the_vote(page)
    votes = dict.fromkeys(SITTING, Choice.FOR) | {"deputy": Choice.AGAINST}
    _vote(table, case, votes)
    _record(table, "Not carried: 3 for, 1 against", picture="17-not-carried")
    decision = PanelDecision.objects.get(case=case)
    assert (decision.carried, decision.entry) == (False, None)


def _close_meeting(table: Table) -> None:
    """The addition that nobody came to ratify ends with the meeting."""
    page = table.of("clerk")
    lapsing = UrgentAddition.objects.get(case=case_of("Rufus Tremlett")).entry
    to_meeting(page, ON_8_MARCH)
    page.get_by_role("link", name="Close the meeting").first.click()
    table.show(page, "18-close-meeting")
    page.get_by_role("button", name="Close the meeting").click()
    expect(page.get_by_role("link", name="Minutes").first).to_be_visible()
    lapsing.refresh_from_db()
    assert lapsing.state == EntryState.ENDED
    page.get_by_role("link", name="Minutes").first.click()
    expect(page.get_by_text(case_of("Ottoline Vark").reference).first).to_be_visible()
    table.show(page, "19-minutes")


# What follows


def _write_as_legal(table: Table, entry: Entry) -> None:
    page = table.arrives("legal")
    table.show(page, "20-legal-worklist")
    task(page, "Write to the individual, as Legal Services", entry.reference)
    _write(page)
    expect(page.get_by_text("You need them all, as before.").first).to_be_visible()
    expect(page.get_by_text("cease and desist", exact=False).first).to_be_visible()
    expect(page.get_by_text("Ada Wrenfield").first).to_be_visible()  # who they may turn to
    table.show(page, "21-legal-letter")
    _issue_and_post(page)
    assert Letter.objects.get(entry=entry, kind=LetterKind.SCHEDULE_HIGH).sent_on


def _write(page: Page) -> None:
    page.get_by_role("link", name="Write your own words").click()
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Keep and look at the letter").click()


def _issue_and_post(page: Page) -> None:
    page.get_by_role("link", name="Issue the letter").click()
    page.get_by_role("button", name="Issue the letter").click()
    page.get_by_role("link", name="Record it as posted").click()
    page.get_by_role("button", name="Record it as posted").click()
    expect(page.get_by_text("Sent by post on 9 March 2027").first).to_be_visible()


def _divert(table: Table, entry: Entry) -> None:
    """Prepared, the councillor asked, the customer told, asked for, and switched on."""
    _officer_knows(table, entry)
    clerk, case = table.arrives("clerk"), case_of("Barnabus Thistlewick")
    menu(clerk, "Points of contact")
    clerk.get_by_role("link", name=case.reference).click()
    clerk.get_by_role("link", name="Prepare an e-mail divert").click()
    clerk.get_by_label("The customer’s e-mail addresses").fill(CUSTOMER)
    clerk.get_by_label("Why is a divert needed?").fill("He writes to forty of us a day.")
    clerk.get_by_role("button", name="Prepare it").click()
    clerk.get_by_role("link", name="A councillor was asked").click()
    clerk.get_by_label("Councillor", exact=True).fill("Honoria Quince")
    clerk.get_by_label("Their council e-mail address").fill("quince@council.example.org")
    clerk.get_by_role("textbox", name="When were they asked?").fill("9 3 2027")
    clerk.get_by_role("button", name="Record it").click()
    clerk.get_by_role("link", name="Record the answer of Honoria Quince").click()
    clerk.get_by_label("Yes").check()
    clerk.get_by_role("textbox", name="When did they answer?").fill("9 3 2027")
    clerk.get_by_role("button", name="Record the answer").click()
    expect(clerk.get_by_text("Before it can be asked for:")).to_be_visible()
    table.show(clerk, "22-divert")

    writer = table.of("operations")
    divert = EmailDivert.objects.get()
    task(writer, "Write to the individual, as Operations Manager")
    expect(writer.get_by_text("What happens to your e-mails")).to_be_visible()
    _issue_and_post(writer)

    clerk.reload()
    clerk.get_by_role("link", name="Ask for the divert").click()
    clerk.get_by_role("button", name="Ask for it").click()
    expect(clerk.get_by_text("Asked for", exact=True)).to_be_visible()

    page = table.arrives("mail")
    task(page, "Switch an e-mail divert on or off", divert.reference)
    expect(page.get_by_text("quince@council.example.org")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Thistlewick")
    table.show(page, "23-mail-rule")
    page.get_by_role("button", name="It is on").click()
    expect(page.get_by_role("heading", name="E-mail diverts")).to_be_visible()
    divert.refresh_from_db()
    assert divert.state == DivertState.ACTIVE


def _officer_knows(table: Table, entry: Entry) -> None:
    """Who was named was told by e-mail, and finds the customer under “My customers”."""
    officer, case = table.people["operations"], case_of("Barnabus Thistlewick")
    told = OutboxMessage.objects.filter(kind=MailKind.SPOC, to=officer, reference=case.reference)
    assert told.exists()
    page = table.arrives("operations")
    page.goto("/cautionary/")  # the intranet's own link to the register
    page.get_by_role("link", name="Your own pages on the intranet").click()
    page.get_by_role("link", name="My customers").click()
    page.get_by_role("link", name=f"Open {case.reference}").click()
    expect(page.get_by_text("Barnabus Thistlewick").first).to_be_visible()
    table.show(page, "24-my-customer")
    page.goto("/admin/")


def _questionnaire(table: Table) -> None:
    """It comes back with something new: a specialist is asked, and the panel looks again."""
    page = table.of("clerk")
    menu(page, "What follows")
    table.show(page, "25-what-follows")
    page.get_by_role("link", name="Record that it is back").click()
    page.get_by_role("textbox", name="When did it come back?").fill("9 3 2027")
    page.get_by_label("Yes: a specialist colleague").check()
    page.get_by_label("What bears on the approach").fill("She reads large print only.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_label("Specialist colleague").fill("specialist")
    page.get_by_label("What you ask them").fill("How do we write to somebody who reads so?")
    table.show(page, "26-specialist")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("No answer yet, due")).to_be_visible()

    answering = table.open_page("phone-light")
    table.sign_in(answering, table.people["specialist"])
    answering.goto("/cautionary/")
    answering.get_by_role("link", name="Your tasks").click()
    table.types_the_code(answering, "specialist")
    answering.get_by_role("link", name="Open").click()
    answering.get_by_role("textbox").first.fill("In large print, and by telephone first.")
    answering.get_by_role("button", name="Next: read it over").click()
    answering.get_by_role("button", name="Send it").click()
    expect(answering.get_by_role("heading", name="Your tasks")).to_be_visible()
    assert PanelCase.objects.filter(kind=CaseKind.RECONSIDERATION).count() == 1


# Twelve months later


def _repeat(table: Table, entry: Entry) -> None:
    """The same person was reported again: the clerk finds the entry, and joins the two."""
    call_command("cautionary_daily", verbosity=0)
    report = panel_report(table.panel)
    page = table.arrives("operations")
    task(page, "Put a report before the panel", report.reference)
    page.get_by_role("link", name="Put it before the panel").click()
    page.get_by_label("Your statement").fill("It has happened again: lanternfury at the counter.")
    page.get_by_label("A letter of expected behaviour before").fill("He is on the schedule.")
    page.locator("input[name=risk][value=high]").check()
    page.get_by_label("Who presents the case").fill("operations")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Put it before the panel").click()
    expect(page.get_by_text("waits for the panel").first).to_be_visible()

    clerk, case = table.arrives("clerk"), PanelCase.objects.get(report=report)
    menu(clerk, "Panel")
    clerk.get_by_role("link", name="Plan a meeting").click()
    _fill_meeting(clerk, "28 2 2028")
    row = clerk.locator("article", has_text=case.reference)
    row.get_by_text("More").click()
    row.get_by_role("link", name="On the schedule already?").click()
    expect(clerk.get_by_text("Looks like the same.").first).to_be_visible()
    clerk.get_by_label(entry.reference).check()
    clerk.get_by_label("How was it checked").fill("The tenancy file has the same date of birth.")
    table.show(clerk, "27-join")
    clerk.get_by_role("button", name="Read it back").click()
    clerk.get_by_role("button", name="It is the same person").click()
    expect(clerk.get_by_role("button", name="Release the papers").first).to_be_visible()
    renewal = PanelCase.objects.get(entry=entry, kind=CaseKind.RENEWAL, state=CaseState.WAITING)
    expect(clerk.get_by_text(renewal.reference).first).to_be_visible()
    clerk.get_by_role("button", name="Release the papers").first.click()
    expect(clerk.get_by_text("Papers released 21 February 2028").first).to_be_visible()


def _renew(table: Table, entry: Entry) -> None:
    renewal = PanelCase.objects.get(entry=entry, kind=CaseKind.RENEWAL)
    before = last_day(entry)
    clerk = table.arrives("clerk")
    to_meeting(clerk, ON_28_FEBRUARY)
    clerk.get_by_role("button", name="Open the meeting").first.click()
    sitting = ("chair", "complaints", "safety", "care")
    for name in sitting:
        _comes(clerk, PEOPLE[name])
    to_item(clerk, ON_28_FEBRUARY, renewal.reference)
    _through(clerk, PanelOutcome.RENEW)
    _vote(table, renewal, dict.fromkeys(sitting, Choice.FOR))
    _record(table, "Carried: 4 for", picture="28-renewed")
    entry.refresh_from_db()
    assert last_day(entry) > before
    assert Meeting.objects.filter(register=table.panel.register).count() == 3
    assert entry.state == EntryState.LIVE
    assert not [each for each in mail.outbox if "Thistlewick" in each.message().as_string()]
