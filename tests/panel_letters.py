"""The panel's letters for tests: what they need, and one at each stage; of invented people only."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.letters import issue_letter, record_sent, write_letter
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import Letter, Questionnaire
from cautionary_plugin.rules.vocabulary import LetterKind, PanelOutcome, Risk
from tests.letters import COUNCIL
from tests.panel import Panel, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_decision, panel_entry
from tests.referrals import panel_report

WHY = "You came to the counter on nine days of one month and shouted at whoever was there."


def ready_to_write(panel: Panel, *, at: datetime | None = None, **facts: Any) -> None:
    """Give the schedule what letters need."""
    change_register(
        register=panel.register,
        closures=[],
        links={},
        by=panel.owner,
        at=at or timezone.now(),
        **(COUNCIL | facts),
    )
    panel.register.refresh_from_db()


def schedule_letter(
    panel: Panel, risk: str = Risk.MEDIUM, *, at: datetime | None = None, **options: Any
) -> Letter:
    """The letter that is owed after the panel put somebody on the schedule."""
    ready_to_write(panel, at=at)
    case = waiting_case(panel, report=panel_report(panel, at=at), at=at)
    item = opened_item(panel, case, at=at)
    findings_recorded(panel, item, at=at)
    entry = panel_entry(panel, risk=risk, item=item, at=at, **options)
    return Letter.objects.select_related("case", "entry").get(entry=entry)


def expected_letter(panel: Panel, *, at: datetime | None = None) -> Letter:
    """The letter of expected behaviour that is owed instead of an entry."""
    ready_to_write(panel, at=at)
    panel_decision(panel, PanelOutcome.LETTER, at=at)
    return Letter.objects.get(kind=LetterKind.EXPECTED)


def writer_of(panel: Panel, letter: Letter) -> Any:
    """Who writes it."""
    return panel.legal if letter.kind == LetterKind.SCHEDULE_HIGH else panel.operations


def issued(panel: Panel, letter: Letter | None = None, *, at: datetime | None = None) -> Letter:
    """A letter about the schedule that its writer has signed."""
    now = at or timezone.now()
    letter = letter or schedule_letter(panel, at=now)
    by = writer_of(panel, letter)
    write_letter(letter=letter, own_words={"why": WHY}, by=by, at=now)
    return issue_letter(letter=letter, by=by, at=now)


def posted(panel: Panel, letter: Letter | None = None, *, at: datetime | None = None) -> Letter:
    """A letter about the schedule that went into the post today."""
    now = at or timezone.now()
    letter = issued(panel, letter, at=now)
    by = writer_of(panel, letter)
    return record_sent(letter=letter, sent_on=timezone.localdate(now), by=by, at=now)


def questionnaire_out(panel: Panel, *, at: datetime | None = None) -> Questionnaire:
    """A questionnaire that went out with a letter."""
    return posted(panel, at=at).questionnaire
