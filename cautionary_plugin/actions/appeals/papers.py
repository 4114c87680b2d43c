"""Open an appeal, or its papers; each reading is recorded (L5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.on_file import reports_about
from cautionary_plugin.models import (
    Appeal,
    Decision,
    Entry,
    Evidence,
    IncidentReport,
    Letter,
    PanelDecision,
    Statement,
)
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import Act

from .hearing import check_hears


@dataclass(frozen=True, repr=False)
class Papers:
    """What the hearers read: the entry, the reports with their accounts, decisions and letters.

    No ``repr``: it would tell names.
    """

    entry: Entry
    reports: list[IncidentReport]
    accounts: list[Statement]
    decisions: list[Decision]
    panel: list[PanelDecision]
    letters: list[Letter]
    evidence: list[Evidence]
    comments: list[Statement]


@action
def open_appeal(*, appeal: Appeal, by: Any, at: datetime) -> None:
    """Record that somebody who keeps the appeals of a register opened one.

    :raises NotYourPost: ``by`` records no appeals of this register.
    """
    register = appeal.entry.register
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, register)
    check_entry_not_shut_out(appeal.entry, by)
    record(act=Act.READ_APPEAL, by=by, at=at, register=register, reference=appeal.reference)


@action
def open_hearing(*, appeal: Appeal, by: Any, at: datetime) -> None:
    """Record that a hearer opened what is proposed, or is to be proposed.

    :raises NotYourPost, NotYours, Excluded: ``by`` does not hear this appeal.
    """
    check_hears(appeal, by=by, at=at)
    register = appeal.entry.register
    record(act=Act.READ_APPEAL, by=by, at=at, register=register, reference=appeal.reference)


@action
def open_papers(*, appeal: Appeal, by: Any, at: datetime) -> Papers:
    """Open the papers of an appeal that one is named to hear, while it is open.

    :raises NotYourPost, NotYours, Excluded: ``by`` does not hear this appeal.
    :raises IllegalMove: it is decided or withdrawn, and the papers are closed again.
    :raises NoSuchEntry: the entry has expired meanwhile (A32).
    """
    check_hears(appeal, by=by, at=at)
    if appeal.state not in (AppealState.LODGED, AppealState.PROPOSED):
        raise IllegalMove("The appeal is over, and its papers are closed.")
    entry = appeal.entry
    check_in_use(entry.case_file, at=at)
    reports = list(reports_about(entry).select_related("case_file"))
    for act, reference in [
        (Act.READ_APPEAL, appeal.reference),
        *((Act.READ_REPORT, report.reference) for report in reports),
    ]:
        record(act=act, by=by, at=at, register=entry.register, reference=reference)
    own_file = Q(case_file=entry.case_file_id) | Q(case_file__joined_to=entry.case_file_id)
    return Papers(
        entry=entry,
        reports=reports,
        accounts=_with_people(Statement.objects.filter(report__in=reports)),
        decisions=list(
            Decision.objects.filter(own_file, entry=entry).select_related("case_file", "decided_by")
        ),
        panel=list(PanelDecision.objects.filter(entry=entry).select_related("case_file", "case")),
        letters=list(Letter.objects.filter(entry=entry).select_related("case_file")),
        evidence=list(
            Evidence.objects.filter(own_file).select_related("case_file").order_by("added_at")
        ),
        comments=_with_people(appeal.comments.all()),
    )


def _with_people(statements: Any) -> list[Statement]:
    return list(statements.select_related("case_file", "employee"))
