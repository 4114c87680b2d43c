"""What a letter about an entry says: why, for how long, what follows, what stays open (B32–B50)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import issue_letter, preview, write_letter
from cautionary_plugin.models import IncidentReport, Letter
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import LetterKind, Risk
from tests.actions.letters.panel.steps import LEVELS, text_of
from tests.panel import Panel, waiting_case
from tests.panel_items import entry_terms, findings_recorded, opened_item, panel_decision, urgent
from tests.panel_letters import WHY, issued, ready_to_write, schedule_letter
from tests.referrals import panel_report
from tests.schedule import CONTACT, EMAIL, spoc_terms

pytestmark = pytest.mark.django_db


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
        "We do not limit how you contact us. The reason is: He writes seldom, and to one office.",
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
        "He writes seldom, and to one office.",
        "He needs every service that he uses.",
    ):
        assert words in told
    assert "questionnaire" not in told


@pytest.mark.clause("B2", "B33", "B34", "B46", "B47")
@pytest.mark.parametrize("risk", LEVELS)
def test_limits_on_contact_and_on_services_stand_each_in_their_place(
    panel: Panel, risk: Risk
) -> None:
    terms = entry_terms(
        risk,
        restrictions=["office_visits", "libraries"],
        no_restrictions="",
        permitted_contact="In writing only.",
        no_contact_limits="",
    )
    letter = schedule_letter(panel, risk, terms=MotionTerms(entry=terms))

    made = LetterBody.from_json(issued(panel, letter).body)
    told = {section.code: section.text for section in made.sections}

    limits = "We limit what follows:\n• Visits to council offices by appointment only"
    assert f"{limits}\n\nIn writing only." in told["contact"]
    assert told["services"].startswith("We limit what follows:\n• Libraries")
    for code, others in (("contact", "Libraries"), ("services", "council offices")):
        assert others not in told[code]


@pytest.mark.clause("B33", "B34", "B46", "B47")
@pytest.mark.parametrize(
    ("own", "code", "told"),
    [
        ("no_contact_limits", "contact", "We do not limit how you contact us."),
        ("no_restrictions", "services", "We do not limit the services that you use."),
    ],
)
def test_letter_without_a_limit_waits_for_the_reason(
    panel: Panel, own: str, code: str, told: str
) -> None:
    ready_to_write(panel)
    urgent(panel, report=panel_report(panel))  # no decision says why
    letter, now = Letter.objects.get(kind=LetterKind.SCHEDULE_HIGH), timezone.now()
    enough = "Nothing of the kind has happened there."
    words = {"why": WHY} | dict.fromkeys(
        ("no_spoc", "no_restrictions", "no_contact_limits"), enough
    )
    write_letter(letter=letter, own_words=words | {own: ""}, by=panel.legal, at=now)

    with pytest.raises(NotReady) as refusal:
        issue_letter(letter=letter, by=panel.legal, at=now)
    assert len(refusal.value.missing) == 1

    write_letter(letter=letter, own_words=words, by=panel.legal, at=now)
    made = LetterBody.from_json(issue_letter(letter=letter, by=panel.legal, at=now).body)
    [text] = [section.text for section in made.sections if section.code == code]
    assert f"{told} The reason is: {enough}" in text


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


@pytest.mark.clause("L11")
@pytest.mark.parametrize("risk", LEVELS)
def test_letter_says_what_stays_open_to_everybody(panel: Panel, risk: Risk) -> None:
    told = text_of(issued(panel, schedule_letter(panel, risk)))

    for words in ("emergency services", "risk of harm", "voting", "a complaint", "information"):
        assert words in told


@pytest.mark.clause("B41", "B43")
def test_letter_about_an_urgent_addition_says_that_it_is_provisional(panel: Panel) -> None:
    ready_to_write(panel)
    urgent(panel, report=panel_report(panel))
    letter, now = Letter.objects.get(kind=LetterKind.SCHEDULE_HIGH), timezone.now()
    own = {"why": WHY}

    lacking = preview(letter, by=panel.legal, at=now).missing
    own |= {"no_spoc": "There was no time to name one.", "no_restrictions": "None is needed."}
    own |= {"no_contact_limits": "None is needed."}
    write_letter(letter=letter, own_words=own, by=panel.legal, at=now)
    told = text_of(issue_letter(letter=Letter.objects.get(), by=panel.legal, at=now))

    assert any("single point of contact" in sentence for sentence in lacking)
    assert "provisional" in told
    assert "decides at its next meeting" in told
    assert "There was no time to name one." in told
