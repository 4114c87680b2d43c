"""Letters that put nobody on the schedule: expected behaviour, contact, diverts (B17, B26–B30)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.diverts import ask_no_councillor, request_divert
from cautionary_plugin.actions.letters import issue_letter, write_letter
from cautionary_plugin.models import Letter
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import LetterKind, PanelOutcome
from tests.actions.letters.panel.steps import text_of
from tests.panel import Panel, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_decision
from tests.panel_letters import WHY, expected_letter, issued, posted, ready_to_write
from tests.referrals import panel_report
from tests.schedule import CONTACT, CUSTOMER, EMAIL, prepared_divert, spoc_terms

pytestmark = pytest.mark.django_db


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


@pytest.mark.clause("B17")
def test_letter_of_expected_behaviour_makes_no_entry_and_says_so(panel: Panel) -> None:
    letter, now = expected_letter(panel), timezone.now()
    assert letter.entry is None
    write_letter(letter=letter, own_words={"why": WHY}, by=panel.operations, at=now)

    told = text_of(issue_letter(letter=letter, by=panel.operations, at=now))

    assert "We have not placed your name on our" in told
    assert "treat them with respect" in told
