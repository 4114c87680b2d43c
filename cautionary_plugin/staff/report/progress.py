"""How one's reports stand, in words; a report that was sent is not shown back (decision 8)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cautionary_plugin.access.people import name_of
from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, Route

LABELS = {
    ReportState.DRAFT: gettext_lazy("Draft, not sent"),
    ReportState.SUBMITTED: gettext_lazy("Waits for a countersignature"),
    ReportState.RETURNED: gettext_lazy("Sent back to you"),
    ReportState.COUNTERSIGNED: gettext_lazy("Waits for a decision"),
    ReportState.DECIDED: gettext_lazy("Decided"),
}

OUTCOMES = {
    DecisionOutcome.ADD: gettext_lazy("It was added to the register."),
    DecisionOutcome.JOIN: gettext_lazy("It was added to what is on the register already."),
    DecisionOutcome.WARNING: gettext_lazy(
        "It was not added to the register; a warning letter is written."
    ),
    DecisionOutcome.DECLINE: gettext_lazy("It was not added to the register."),
}


PANEL_LABELS = LABELS | {
    ReportState.SUBMITTED: gettext_lazy("Waits for an Operations Manager"),
    ReportState.COUNTERSIGNED: gettext_lazy("Before the panel"),
}


@dataclass(frozen=True, repr=False)
class Progress:
    """One report in the list: reference, dates, state; nothing about anybody.

    :ivar words: where it stands, in one sentence.
    :ivar whose: the colleague who typed it for the reader, or for whom the reader typed it.
    """

    reference: str
    state: ReportState
    label: Any
    occurred_on: Any
    words: str
    whose: str

    @property
    def is_draft(self) -> bool:
        return self.state is ReportState.DRAFT

    @property
    def was_returned(self) -> bool:
        return self.state is ReportState.RETURNED


def reports_of(person: Any) -> QuerySet[IncidentReport]:
    """The reports that somebody has typed or that are theirs, the newest first."""
    own: QuerySet[IncidentReport] = IncidentReport.objects.filter(
        Q(reporter=person) | Q(typed_by=person)
    )
    return own.select_related("register", "reporter", "typed_by", "decision").order_by(
        "-started_at", "pk"
    )


def progress_of(report: IncidentReport, *, reader: Any) -> Progress:
    """How a report stands, for its reporter or its typist."""
    state = ReportState(report.state)
    return Progress(
        reference=report.reference,
        state=state,
        label=(PANEL_LABELS if _is_for_panel(report) else LABELS)[state],
        occurred_on=report.occurred_on,
        words=(_panel_words if _is_for_panel(report) else _words)(report, state),
        whose=_whose(report, reader),
    )


def _words(report: IncidentReport, state: ReportState) -> str:
    if state is ReportState.DRAFT:
        return _("Begun on %(day)s. Nobody else sees it.") % {"day": _day(report.started_at)}
    if state is ReportState.SUBMITTED:
        return _("Sent on %(day)s. A Head of Service or Director countersigns it by %(due)s.") % {
            "day": _day(report.submitted_at),
            "due": _day(report.countersign_by),
        }
    if state is ReportState.RETURNED:
        return _("The countersigner asks you to change it and send it again.")
    if state is ReportState.COUNTERSIGNED:
        return _("Countersigned. The director decides, once the accounts are in.")
    return _("A decision was made on %(day)s. %(outcome)s") % {
        "day": _day(report.decision.decided_at),
        "outcome": OUTCOMES[DecisionOutcome(report.decision.outcome)],
    }


def _is_for_panel(report: IncidentReport) -> bool:
    return report.register.route == Route.PANEL


def _panel_words(report: IncidentReport, state: ReportState) -> str:
    """Where it stands before the panel; how the panel decided is not told on a list."""
    if state is ReportState.SUBMITTED:
        facts = {"day": _day(report.submitted_at), "due": _day(report.countersign_by)}
        return (
            _(
                "Sent on %(day)s. An Operations Manager puts it before the panel by %(due)s, or "
                "sends it back to you."
            )
            % facts
        )
    if state is ReportState.COUNTERSIGNED:
        return _("The panel looks at it at one of its next meetings.")
    if state is ReportState.DECIDED:
        return _("The panel has decided. Your Operations Manager can tell you what follows.")
    return _words(report, state)


def _day(when: datetime | date | None) -> str:
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return date_format(local, "j F Y") if local else ""


def _whose(report: IncidentReport, reader: Any) -> str:
    if report.reporter_id == report.typed_by_id:
        return ""
    if report.typed_by_id == reader.pk:
        return _("Typed by you for %(who)s") % {"who": name_of(report.reporter)}
    who = report.system.name if report.system else name_of(report.typed_by)
    return _("Typed for you by %(who)s") % {"who": who}
