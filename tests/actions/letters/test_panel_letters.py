"""The panel's letters: who writes which, what each says, and that nothing is left out (B31–B50)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from cautionary_plugin.actions.contact.diverts import ask_no_councillor, request_divert
from cautionary_plugin.actions.letters import (
    exempt_from_letter,
    hand_over_letter,
    issue_letter,
    keep_wording,
    open_letter,
    preview,
    record_sent,
    reissue_letter,
    send_by_email,
    write_letter,
)
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.models import (
    ConflictDeclaration,
    IncidentReport,
    Letter,
    OutboxMessage,
    Questionnaire,
)
from cautionary_plugin.rules.errors import (
    BadInput,
    Excluded,
    IllegalMove,
    NotReady,
    NotYourPost,
    NotYours,
)
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.letters import ITEMS, LetterBody
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import LetterKind, PanelOutcome, Risk
from cautionary_plugin.rules.writers import WRITER
from tests.factors import make_person
from tests.panel import Panel, found_panel, seat, waiting_case
from tests.panel_items import (
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    urgent,
)
from tests.panel_letters import (
    WHY,
    expected_letter,
    issued,
    posted,
    ready_to_write,
    schedule_letter,
    writer_of,
)
from tests.referrals import panel_report
from tests.schedule import CONTACT, CUSTOMER, EMAIL, prepared_divert, spoc_terms

pytestmark = pytest.mark.django_db

LEVELS = {Risk.MEDIUM: LetterKind.SCHEDULE, Risk.HIGH: LetterKind.SCHEDULE_HIGH}
REQUIRED = [
    (risk, item.code) for risk, kind in LEVELS.items() for item in ITEMS[kind] if item.required
]


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def text_of(letter: Letter) -> str:
    body = LetterBody.from_json(letter.body)
    return "\n".join(section.text for section in body.sections)


def excluded(letter: Letter, person: Any) -> None:
    ConflictDeclaration.objects.create(
        case_file=letter.case.case_file,
        case=letter.case,
        user=person,
        declared_at=timezone.now(),
        reasons="They are related to the customer.",
    )


# ---- who writes


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize("risk", [Risk.LOW, Risk.MEDIUM, Risk.HIGH])
def test_level_decides_who_writes_and_they_are_told(panel: Panel, risk: Risk) -> None:
    letter = schedule_letter(panel, risk)

    high = risk is Risk.HIGH
    assert letter.kind == (LetterKind.SCHEDULE_HIGH if high else LetterKind.SCHEDULE)
    assert letter.writer == (None if high else panel.operations)
    told = OutboxMessage.objects.filter(kind="letter_due").select_related("to")
    assert [each.to for each in told] == [panel.legal if high else panel.operations]


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize("risk", LEVELS)
@pytest.mark.parametrize(
    "who", ["operations", "legal", "clerk", "chair", "complaints", "owner", "another manager"]
)
def test_nobody_else_reads_writes_or_issues_it(panel: Panel, risk: Risk, who: str) -> None:
    letter, now = schedule_letter(panel, risk), timezone.now()
    if who == "another manager":
        person = seat(panel, make_person("manager"), "operations", as_deputy=True)
    else:
        person = panel.owner if who == "owner" else panel.people[who]
    acts = (
        lambda: open_letter(letter=letter, by=person, at=now),
        lambda: write_letter(letter=letter, own_words={"why": WHY}, by=person, at=now),
    )

    for act in acts:
        if person == writer_of(panel, letter):
            act()
        else:
            with pytest.raises((NotYourPost, NotYours)):
                act()


@pytest.mark.clause("B31", "B43")
@pytest.mark.parametrize(
    ("risk", "post"),
    [(Risk.MEDIUM, "Operations Manager, Repairs"), (Risk.HIGH, "Principal Solicitor")],
)
def test_letter_is_signed_under_the_writers_own_post(panel: Panel, risk: Risk, post: str) -> None:
    assert LetterBody.from_json(issued(panel, schedule_letter(panel, risk)).body).post == post


@pytest.mark.clause("B11")
def test_writer_who_is_shut_out_of_the_case_does_not_write(panel: Panel) -> None:
    letter, now = schedule_letter(panel), timezone.now()
    excluded(letter, panel.operations)

    with pytest.raises(Excluded):
        open_letter(letter=letter, by=panel.operations, at=now)
    with pytest.raises(Excluded):
        write_letter(letter=letter, own_words={"why": WHY}, by=panel.operations, at=now)


# ---- handing over


@pytest.mark.clause("B31")
def test_keeper_of_the_schedule_hands_a_letter_over(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    other = seat(panel, make_person("manager"), "operations", as_deputy=True)

    hand_over_letter(letter=letter, to=other, by=panel.clerk, at=now)

    letter.refresh_from_db()
    with pytest.raises(NotYours):
        open_letter(letter=letter, by=panel.operations, at=now)
    again = reissue_letter(letter=letter, by=other, at=now)
    assert LetterBody.from_json(again.body).post.startswith("for the ")


@pytest.mark.parametrize("to", ["legal", "clerk"])
def test_letter_is_handed_to_nobody_who_writes_none(panel: Panel, to: str) -> None:
    with pytest.raises(BadInput, match="to"):
        hand_over_letter(
            letter=schedule_letter(panel), to=panel.people[to], by=panel.clerk, at=timezone.now()
        )


@pytest.mark.parametrize("by", ["operations", "legal", "complaints"])
def test_letter_is_handed_over_by_nobody_else(panel: Panel, by: str) -> None:
    with pytest.raises(NotYourPost):
        hand_over_letter(
            letter=schedule_letter(panel),
            to=panel.operations,
            by=panel.people[by],
            at=timezone.now(),
        )


def test_legals_letter_is_nobodys_by_name(panel: Panel) -> None:
    with pytest.raises(IllegalMove):
        hand_over_letter(
            letter=schedule_letter(panel, Risk.HIGH),
            to=panel.operations,
            by=panel.clerk,
            at=timezone.now(),
        )


def test_chair_who_is_shut_out_hands_nothing_over(panel: Panel) -> None:
    letter = schedule_letter(panel)
    excluded(letter, panel.chair)

    with pytest.raises(Excluded):
        hand_over_letter(letter=letter, to=panel.operations, by=panel.chair, at=timezone.now())


# ---- what it says


@pytest.mark.clause("B32", "B33", "B34", "B35", "B36", "B37")
def test_letter_says_what_happened_and_what_follows_from_it(panel: Panel) -> None:
    letter = schedule_letter(panel)
    report = IncidentReport.objects.get(pk=letter.case.report_id)

    told = text_of(issued(panel, letter))

    day = report.occurred_on
    last = letter.entry.expires_at - timedelta(seconds=1)
    for words in (
        f"{day.day} {day:%B %Y}",
        "about 10 in the morning",
        "At the door of 7 Gantry Mews",
        WHY,
        "He deals with one service only.",
        "He needs every service that he uses.",
        f"12 months, that is after {timezone.localtime(last):%-d %B %Y}",
        "as long as the behaviour is not repeated",
        "If you do not keep to what this letter asks of you",
        "ask us to review this decision",
        "appeals@weldham.example",
        "questionnaire comes with this letter",
    ):
        assert words in told


@pytest.mark.clause("B44", "B45", "B46", "B47", "B48", "B49", "B50")
def test_high_risk_letter_requires_to_cease_and_desist_and_tells_of_the_appeal(
    panel: Panel,
) -> None:
    told = text_of(issued(panel, schedule_letter(panel, Risk.HIGH)))

    for words in (
        "cease",
        "desist",
        "legal proceedings",
        "You can appeal",
        "12 months",
        WHY,
        "At the door of 7 Gantry Mews",
        "He deals with one service only.",
        "He needs every service that he uses.",
    ):
        assert words in told
    assert "questionnaire" not in told


@pytest.mark.clause("B33", "B34")
def test_restrictions_and_permitted_contact_are_live(panel: Panel) -> None:
    terms = entry_terms(
        restrictions=["office_visits"], no_restrictions="", permitted_contact="In writing only."
    )
    letter = schedule_letter(panel, terms=MotionTerms(entry=terms))

    told = text_of(issued(panel, letter))

    assert "Visits to council offices by appointment only" in told
    assert "In writing only." in told


@pytest.mark.clause("B26", "B33", "B46")
@pytest.mark.parametrize("risk", LEVELS)
def test_letter_gives_the_point_of_contact_and_how_to_reach_them(panel: Panel, risk: Risk) -> None:
    ready_to_write(panel)
    case = waiting_case(panel, report=panel_report(panel))
    item = findings_recorded(panel, opened_item(panel, case), spoc_needed=True)
    terms = MotionTerms(entry=entry_terms(risk), spoc=spoc_terms(panel.operations))
    panel_decision(panel, risk=risk, item=item, terms=terms)

    told = text_of(issued(panel, Letter.objects.get()))

    assert CONTACT in told
    assert EMAIL in told


@pytest.mark.clause("B26", "B27")
def test_letter_about_nothing_but_the_point_of_contact_speaks_of_no_entry(panel: Panel) -> None:
    ready_to_write(panel)
    case = waiting_case(panel, report=panel_report(panel))
    item = findings_recorded(panel, opened_item(panel, case), spoc_needed=True, criteria_met=False)
    terms = MotionTerms(spoc=spoc_terms(panel.operations))
    panel_decision(panel, PanelOutcome.SPOC, item=item, terms=terms)

    told = text_of(issued(panel, Letter.objects.get(kind=LetterKind.SPOC)))

    assert CONTACT in told
    assert "12 months" not in told
    assert "unreasonable" not in told


@pytest.mark.clause("B30")
def test_letter_about_a_divert_says_what_is_diverted_and_where_to(panel: Panel) -> None:
    ready_to_write(panel)
    divert = prepared_divert(panel)
    facts = {"reasons": "He lives outside the borough.", "by": panel.clerk, "at": timezone.now()}
    ask_no_councillor(divert=divert, **facts)
    letter = Letter.objects.get(kind=LetterKind.DIVERT)

    with pytest.raises(NotReady):
        request_divert(divert=divert, by=panel.clerk, at=timezone.now())
    told = text_of(posted(panel, letter))
    request_divert(divert=divert, by=panel.clerk, at=timezone.now())

    assert CUSTOMER in told
    assert EMAIL in told
    assert "E-mails that you send to councillors are not diverted." in told


@pytest.mark.clause("L11")
@pytest.mark.parametrize("risk", LEVELS)
def test_letter_says_what_stays_open_to_everybody(panel: Panel, risk: Risk) -> None:
    told = text_of(issued(panel, schedule_letter(panel, risk)))

    for words in ("emergency services", "risk of harm", "voting", "a complaint", "information"):
        assert words in told


@pytest.mark.clause("B32", "B33", "B34", "B35", "B36", "B37")
@pytest.mark.clause("B44", "B45", "B46", "B47", "B48", "B49", "B50")
@pytest.mark.parametrize(("risk", "code"), REQUIRED)
def test_letter_with_any_item_missing_is_not_issued(panel: Panel, risk: Risk, code: str) -> None:
    letter, now = schedule_letter(panel, risk), timezone.now()
    by, kind = writer_of(panel, letter), LEVELS[risk]
    write_letter(letter=letter, own_words={"why": WHY}, by=by, at=now)
    words = DEFAULT_WORDING[kind] | {code: ""}
    panel.register.wordings.create(
        kind=kind, version=1, paragraphs=words, made_by=panel.owner, made_at=now
    )

    with pytest.raises(NotReady) as refusal:
        issue_letter(letter=letter, by=by, at=now)

    assert refusal.value.missing == ["The wording of this item is empty."]
    letter.refresh_from_db()
    assert letter.issued_at is None


@pytest.mark.clause("B32")
@pytest.mark.parametrize(
    ("typed", "told"),
    [("About 11", "(about 11)"), ("Monday, about 11", "(Monday, about 11)"), ("10:30", "(10:30)")],
)
def test_time_stands_in_a_sentence_of_the_letter(panel: Panel, typed: str, told: str) -> None:
    letter = schedule_letter(panel)
    report = IncidentReport.objects.get(pk=letter.case.report_id)
    report.occurred_at = typed
    report.save()

    made = preview(Letter.objects.get(), by=panel.operations, at=timezone.now())

    [happened] = [item.text for item in made.items if item.code == "incident"]
    assert happened.startswith("This happened on ")
    assert f"{told}, at this place: " in happened


@pytest.mark.clause("B32")
def test_time_that_the_report_lacks_is_said_by_the_writer(panel: Panel) -> None:
    letter, now = schedule_letter(panel), timezone.now()
    report = IncidentReport.objects.get(pk=letter.case.report_id)
    report.occurred_at = ""
    report.save()
    letter = Letter.objects.get()
    own = {"why": WHY}
    write_letter(letter=letter, own_words=own, by=panel.operations, at=now)
    with pytest.raises(NotReady, match="issued"):
        issue_letter(letter=letter, by=panel.operations, at=now)

    own |= {"incident_at": "in the early afternoon"}
    write_letter(letter=letter, own_words=own, by=panel.operations, at=now)
    made = issue_letter(letter=Letter.objects.get(), by=panel.operations, at=now)

    assert "in the early afternoon" in text_of(made)


@pytest.mark.clause("B41", "B43")
def test_letter_about_an_urgent_addition_says_that_it_is_provisional(panel: Panel) -> None:
    ready_to_write(panel)
    urgent(panel, report=panel_report(panel))
    letter, now = Letter.objects.get(kind=LetterKind.SCHEDULE_HIGH), timezone.now()
    own = {"why": WHY}

    lacking = preview(letter, by=panel.legal, at=now).missing
    own |= {"no_spoc": "There was no time to name one.", "no_restrictions": "None is needed."}
    write_letter(letter=letter, own_words=own, by=panel.legal, at=now)
    told = text_of(issue_letter(letter=Letter.objects.get(), by=panel.legal, at=now))

    assert any("single point of contact" in sentence for sentence in lacking)
    assert "provisional" in told
    assert "decides at its next meeting" in told
    assert "There was no time to name one." in told


@pytest.mark.clause("B17")
def test_letter_of_expected_behaviour_makes_no_entry_and_says_so(panel: Panel) -> None:
    letter, now = expected_letter(panel), timezone.now()
    assert letter.entry is None
    write_letter(letter=letter, own_words={"why": WHY}, by=panel.operations, at=now)

    told = text_of(issue_letter(letter=letter, by=panel.operations, at=now))

    assert "We have not placed your name on our" in told
    assert "treat them with respect" in told


# ---- wording, exemption, questionnaire


def test_owner_of_the_schedule_keeps_the_words_and_the_writers_do_not(panel: Panel) -> None:
    ready_to_write(panel)
    words = DEFAULT_WORDING[LetterKind.SCHEDULE] | {"breach": "We will limit your contact."}
    facts = {"register": panel.register, "kind": LetterKind.SCHEDULE, "paragraphs": words}

    for person in (panel.operations, panel.legal, panel.clerk):
        with pytest.raises(NotYourPost):
            keep_wording(**facts, by=person, at=timezone.now())
    assert keep_wording(**facts, by=panel.owner, at=timezone.now()).version == 1


def test_owner_decides_that_somebody_is_not_informed(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    facts = {
        "entry": letter.entry,
        "belief": "He would come to the counter with a knife.",
        "reasons": "He has done so before, in spring.",
        "retest_on": timezone.localdate() + timedelta(days=30),
    }

    with pytest.raises(NotYourPost):
        exempt_from_letter(**facts, by=panel.operations, at=now)
    exempt_from_letter(**facts, by=panel.owner, at=now)

    assert not Letter.objects.owed().exists()
    with pytest.raises(NotReady):
        send_by_email(letter=letter, address="a@post.example", by=panel.operations, at=now)


@pytest.mark.clause("B38")
def test_questionnaire_is_out_once_the_letter_is(panel: Panel) -> None:
    letter = issued(panel)
    assert not Questionnaire.objects.exists()

    today, now = timezone.localdate(), timezone.now()
    record_sent(letter=letter, sent_on=today, by=panel.operations, at=now)

    assert Questionnaire.objects.get().letter == letter


@pytest.mark.clause("B38")
def test_no_questionnaire_goes_with_legals_letter(panel: Panel) -> None:
    posted(panel, schedule_letter(panel, Risk.HIGH))

    assert not Questionnaire.objects.exists()


@pytest.mark.clause("B31", "B38")
def test_questionnaire_is_attached_to_the_letter_by_email(panel: Panel) -> None:
    letter, now = issued(panel), timezone.now()
    send_by_email(letter=letter, address="customer@post.example", by=panel.operations, at=now)
    mail.outbox.clear()

    deliver(at=now + timedelta(minutes=5))

    [sent] = [each for each in mail.outbox if each.to == ["customer@post.example"]]
    assert [name for name, _content, _kind in sent.attachments] == [
        "letter.pdf",
        "questionnaire.pdf",
    ]
    assert Questionnaire.objects.get().letter == letter
    deliver(at=now + timedelta(minutes=9))
    assert Questionnaire.objects.count() == 1


def test_every_writer_is_asked_for_by_a_power_of_its_own() -> None:
    assert set(WRITER) == set(LetterKind)
