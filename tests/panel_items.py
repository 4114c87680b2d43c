"""An item of the panel on its way: opened, found, put to the vote, carried; of invented people."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.panel.agenda import current_item, list_case
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.findings import record_findings, record_health
from cautionary_plugin.actions.panel.items import open_item
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.urgent import add_immediately
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import (
    AgendaItem,
    Entry,
    IncidentReport,
    Meeting,
    Motion,
    PanelCase,
    PanelDecision,
    UrgentAddition,
)
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms
from cautionary_plugin.rules.vocabulary import (
    Choice,
    Health,
    LetterFirst,
    PanelOutcome,
    Risk,
)
from tests.life import submitted
from tests.panel import Panel, met, waiting_case


def opened_item(
    panel: Panel,
    case: PanelCase | None = None,
    *,
    meeting: Meeting | None = None,
    present: int = 6,
    at: datetime | None = None,
) -> AgendaItem:
    """An item that the panel has turned to."""
    now = at or timezone.now()
    case = case or waiting_case(panel, at=now)
    meeting = meeting or met(panel, present=present, at=now)
    item = current_item(case) or list_case(meeting=meeting, case=case, by=panel.clerk, at=now)
    return open_item(item=item, by=panel.clerk, at=now)


FINDINGS: dict[str, Any] = {
    "criteria_met": True,
    "criteria": "He shouted abuse at staff on nine days of one month.",
    "exceptional": "Two colleagues have asked to be moved away from the counter.",
    "letter_first": LetterFirst.TRIED,
    "letter_reasons": "A letter went out in spring, and nothing changed.",
    "spoc_needed": False,
    "spoc_reasons": "He deals with one service only.",
    "legal_advice": "",
}


def findings_recorded(
    panel: Panel,
    item: AgendaItem | None = None,
    *,
    health: Health = Health.NONE_KNOWN,
    adjustments: str = "",
    at: datetime | None = None,
    **told: Any,
) -> AgendaItem:
    """An item with an answer to each of the panel's questions."""
    now = at or timezone.now()
    item = item or opened_item(panel, at=now)
    record_health(
        item=item,
        health=health,
        words="The file and the presenter were asked.",
        adjustments=adjustments,
        by=panel.clerk,
        at=now,
    )
    return record_findings(item=item, **(FINDINGS | told), by=panel.clerk, at=now)


def entry_terms(risk: str = Risk.MEDIUM, **told: Any) -> EntryTerms:
    """The terms of an entry, fit to be put to the vote."""
    return EntryTerms(
        **{
            "handling": "See him with a colleague beside you.",
            "basis": "Shouted abuse at employees of the housing counter, and threatened one.",
            "legal_condition": "legal_obligation",
            "markers": ["vexatious"] if risk == Risk.LOW else ["threats"],
            "control_measures": ["office_only"],
            "audience": ["housing"],
            "audience_reasons": "Housing officers meet him at the counter.",
            "second_identifier": "The tenancy file has the same date of birth.",
            "no_restrictions": "He needs every service that he uses.",
            "no_contact_limits": "He writes seldom, and to one office.",
        }
        | told
    )


def voting(
    panel: Panel,
    outcome: PanelOutcome = PanelOutcome.ENTRY,
    *,
    risk: str = Risk.MEDIUM,
    item: AgendaItem | None = None,
    terms: MotionTerms | None = None,
    at: datetime | None = None,
    **findings: Any,
) -> Motion:
    """A motion on which the panel votes."""
    now = at or timezone.now()
    lists = outcome == PanelOutcome.ENTRY
    item = item or findings_recorded(panel, at=now, **findings)
    return put_motion(
        item=item,
        outcome=outcome,
        risk=risk if lists else "",
        reasons="The panel weighed what the reports say of it.",
        terms=terms or MotionTerms(entry=entry_terms(risk) if lists else None),
        by=panel.clerk,
        at=now,
    )


def voted(
    panel: Panel,
    motion: Motion,
    *,
    votes_for: int = 4,
    against: int = 0,
    at: datetime | None = None,
) -> Motion:
    """The members vote in their order, those for it first, and the vote is closed.

    As many as make the quorum vote: where too few are for or against, the others abstain.
    """
    now = at or timezone.now()
    choices = [Choice.FOR] * votes_for + [Choice.AGAINST] * against
    choices += [Choice.ABSTAIN] * (4 - len(choices))
    for member, choice in zip(panel.members, choices, strict=False):
        cast_vote(motion=motion, choice=choice, by=member, at=now)
    return close_vote(motion=motion, by=panel.clerk, at=now)


def carried(panel: Panel, outcome: PanelOutcome = PanelOutcome.ENTRY, **options: Any) -> Motion:
    """A motion that has its four votes, not yet recorded."""
    return voted(panel, voting(panel, outcome, **options), at=options.get("at"))


def panel_decision(
    panel: Panel, outcome: PanelOutcome = PanelOutcome.ENTRY, **options: Any
) -> PanelDecision:
    """A decision that the panel carried."""
    now = options.get("at") or timezone.now()
    motion = carried(panel, outcome, **options)
    return record_decision(motion=motion, by=panel.clerk, at=now)


def panel_entry(panel: Panel, *, risk: str = Risk.MEDIUM, **options: Any) -> Entry:
    """An entry on the schedule that came by the whole way."""
    made: Entry = panel_decision(panel, risk=risk, **options).entry  # type: ignore[assignment]
    return made


def urgent(
    panel: Panel,
    *,
    report: IncidentReport | None = None,
    by: Any = None,
    at: datetime | None = None,
    **told: Any,
) -> UrgentAddition:
    """A high-risk entry that was added ahead of the panel; by the chair, where none is named."""
    now = at or timezone.now()
    return add_immediately(
        **{
            "report": report or submitted(panel.council, at=now),
            "register": panel.register,
            "terms": entry_terms(Risk.HIGH, markers=["violence"]),
            "reasons": "He has said that he comes back tomorrow with a knife.",
            "by": by or panel.chair,
            "at": now,
        }
        | told
    )
