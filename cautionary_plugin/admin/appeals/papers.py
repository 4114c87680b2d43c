"""The papers of an appeal in words: the entry, the reports, what was decided and written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.entry_facts import every_fact, measures_of, who_or_where, words
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.appeals import Papers, open_papers
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import (
    Appeal,
    Decision,
    IncidentReport,
    Letter,
    PanelDecision,
    Statement,
)
from cautionary_plugin.rules.factors import Factor
from cautionary_plugin.rules.vocabulary import (
    DecisionOutcome,
    LetterKind,
    Marker,
    PanelOutcome,
    Risk,
)

Facts = list[tuple[Any, Any]]


@dataclass(frozen=True, repr=False)
class Paper:
    """One paper: a heading and its facts; no ``repr``, since templates log at DEBUG."""

    heading: str
    facts: Facts


@dataclass(frozen=True, repr=False)
class Bundle:
    """Everything the hearers read, in reading order."""

    subject: str
    individual: Facts
    entry: Facts
    comments: list[Paper]
    reports: list[Paper]
    decisions: list[Paper]
    letters: list[Paper]
    evidence: list[tuple[str, str]]


def papers_of(appeal: Appeal, *, by: Any, at: datetime) -> Bundle:
    """The papers, opened and recorded as opened."""
    papers = open_papers(appeal=appeal, by=by, at=at)
    return Bundle(
        subject=who_or_where(papers.entry),
        individual=_filled(
            [
                (_("Came in"), day(appeal.lodged_on)),
                (_("Grounds"), appeal.grounds),
                (_("Why a late appeal is heard"), appeal.late_reasons),
            ]
        ),
        entry=_entry(papers),
        comments=[_statement(each, at) for each in papers.comments],
        reports=[_report(each, papers, at) for each in papers.reports],
        decisions=[
            *(_decision(each) for each in papers.decisions),
            *(_of_panel(each) for each in papers.panel),
        ],
        letters=[_letter(each) for each in papers.letters],
        evidence=[
            (each.title, reverse("cautionary_evidence", args=[each.pk])) for each in papers.evidence
        ],
    )


def _entry(papers: Papers) -> Facts:
    entry = papers.entry
    return _filled(
        [
            (_("Risk"), Risk(entry.risk).label),
            (_("Handling instructions"), entry.handling),
            (_("Control measures"), "\n".join(measures_of(entry))),
            *((fact.label, fact.text) for fact in every_fact(entry)),
        ]
    )


def _report(report: IncidentReport, papers: Papers, at: datetime) -> Paper:
    accounts = [each for each in papers.accounts if each.report_id == report.pk]
    told = [
        (_("When"), day(report.occurred_on) if report.occurred_on else ""),
        (_("Where"), report.place),
        (_("Kinds of behaviour"), "\n".join(words(Marker, report.markers))),
        (_("Reported by"), name_of(report.reporter)),
        (_("Saw or heard"), report.seen),
        (_("Was told"), report.told),
        (_("Was told by"), report.told_by),
        (_("Injuries and damage"), report.injuries),
        (_("Witnesses"), report.witnesses),
    ]
    told += [(paper.heading, text) for paper in _each(accounts, at) for _l, text in paper.facts]
    return Paper(report.reference, _filled(told))


def _each(statements: list[Statement], at: datetime) -> list[Paper]:
    return [_statement(each, at) for each in statements]


def _statement(statement: Statement, at: datetime) -> Paper:
    who = name_of(statement.employee) or _("A former colleague")
    return Paper(who, [(_("Comment"), statement.text or _unsaid(statement, at))])


def _unsaid(statement: Statement, at: datetime) -> str:
    if statement.declined_at:
        return _("Declined.")
    if statement.is_settled_on(timezone.localdate(at)):
        return _("Said nothing until %(day)s.") % {"day": day(statement.due_on)}
    return _("Is waited for until %(day)s.") % {"day": day(statement.due_on)}


def _decision(decision: Decision) -> Paper:
    told = [
        (_("Outcome"), DecisionOutcome(decision.outcome).label),
        (_("Decided by"), name_of(decision.decided_by)),
        (_("Reasons"), decision.reasons),
        (_("Credible risk"), decision.credible_risk),
        *((Factor(code).label, answer) for code, answer in decision.factors.items()),
    ]
    return Paper(day(timezone.localdate(decision.decided_at)), _filled(told))


def _of_panel(decision: PanelDecision) -> Paper:
    told = [
        (_("Case"), decision.case.reference),
        (_("Outcome"), PanelOutcome(decision.outcome).label),
        (_("Carried"), _("Yes") if decision.carried else _("No")),
        (_("Risk"), Risk(decision.risk).label if decision.risk else ""),
        (_("Reasons"), decision.reasons),
    ]
    return Paper(day(timezone.localdate(decision.recorded_at)), _filled(told))


def _letter(letter: Letter) -> Paper:
    sent = day(letter.sent_on) if letter.sent_on else _("Not sent")
    said = [
        (section["heading"] or _("Opening"), section["text"])
        for section in letter.body.get("sections", [])
    ]
    return Paper(LetterKind(letter.kind).label, _filled([(_("Sent"), sent), *said]))


def _filled(facts: Facts) -> Facts:
    return [(label, text) for label, text in facts if text]
