"""Evidence is opened by those who countersign, decide, review or hear; each opening is recorded.

And by those who may read the papers of a case before the panel; by nobody shut out of it (B11).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from cautionary_plugin.access.exclusion import check_file_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.panel.papers import READERS as PAPER_READERS
from cautionary_plugin.actions.panel.papers import may_read
from cautionary_plugin.actions.referrers import check_may_refer
from cautionary_plugin.models import Evidence, Hearer, IncidentReport, PanelCase
from cautionary_plugin.rules.errors import NotAllowed, NotYourPost
from cautionary_plugin.rules.evidence import handed_out_as
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState, CaseState, ReportState
from cautionary_plugin.rules.vocabulary import Act, Route
from cautionary_plugin.sealing import objects

ALWAYS = frozenset({Power.DECIDE, Power.SIGN_REVIEWS_FOR_SAFETY})
OPENERS = ALWAYS | PAPER_READERS | {Power.COUNTERSIGN, Power.HEAR_APPEALS, Power.REFER}
OPEN_APPEALS = (AppealState.LODGED, AppealState.PROPOSED)


def open_evidence(
    *, evidence: Evidence, by: Any, at: datetime, start: int = 0, stop: int | None = None
) -> Iterator[bytes]:
    """The content of a file, piece by piece, or its bytes from ``start`` up to ``stop``.

    For those who decide on the register and for the Health and Safety Officer; for those who
    countersign or put it before the panel, while it waits for that; for those who hear an open
    appeal against the entry; for those who may read the papers of a case before the panel. Reading
    the register opens no evidence.

    :raises NotYourPost: none of these.
    :raises Excluded: shut out of a case before the panel about it, whatever else they are.
    :raises NoSuchEntry: the entry has expired.
    :raises BriefingLapsed: a lapse suspends access at once (A49).
    :raises NotStored: the file is not in the storage, or the storage does not answer.
    :raises CannotOpen: it was altered.
    """
    report = evidence.case_file.report
    check_file_not_shut_out(evidence.case_file, by)
    _check_may_open(evidence, report, standing_of(by, at=at))
    check_in_use(evidence.case_file, at=at)
    content = objects.get(
        evidence.case_file.file_key,
        name=evidence.object_name,
        owner=evidence.pk,
        start=start,
        stop=stop,
    )
    record(
        act=Act.READ_EVIDENCE,
        by=by,
        at=at,
        register=report.register,
        reference=report.reference,
    )
    return content


def name_of_download(evidence: Evidence) -> str:
    """The neutral name under which a file is handed out: ``INC-2026-0001-2.jpg``."""
    earlier = Q(added_at__lt=evidence.added_at) | Q(added_at=evidence.added_at, pk__lt=evidence.pk)
    number = evidence.case_file.evidence.filter(earlier).count() + 1
    return handed_out_as(evidence.case_file.report.reference, number, evidence.kind)


def _check_may_open(evidence: Evidence, report: IncidentReport, standing: Standing) -> None:
    powers = standing.powers(report.register)
    submitted = report.state == ReportState.SUBMITTED
    countersigns = (
        Power.COUNTERSIGN in powers and submitted and report.register.route == Route.DIRECTOR
    )
    if report.state == ReportState.DRAFT:
        raise NotYourPost("Nobody but its writer sees a draft.")
    allowed = powers & ALWAYS or countersigns or _hears(evidence, powers, standing)
    if not (allowed or _refers(report, standing) or _reads_papers(evidence, standing)):
        raise NotYourPost("None of your posts may open this.")
    if Power.READ in powers:
        standing.check_may_read(report.register)


def _refers(report: IncidentReport, standing: Standing) -> bool:
    """Puts it before the panel, as long as it waits for that (B12)."""
    if report.register.route != Route.PANEL or report.state != ReportState.SUBMITTED:
        return False
    try:
        check_may_refer(report, standing)
    except NotAllowed:
        return False
    return True


def _hears(evidence: Evidence, powers: frozenset[Power], standing: Standing) -> bool:
    """Named as a hearer of an open appeal on this file, or on the one that it was joined to."""
    files = {evidence.case_file_id, evidence.case_file.joined_to_id} - {None}
    return (
        Power.HEAR_APPEALS in powers
        and Hearer.objects.filter(
            user=standing.user, appeal__case_file__in=files, appeal__state__in=OPEN_APPEALS
        ).exists()
    )


def _reads_papers(evidence: Evidence, standing: Standing) -> bool:
    """The file is among the papers of a case that the person may read now (B14)."""
    files = {evidence.case_file_id, evidence.case_file.joined_to_id} - {None}
    about = Q(case_file__in=files) | Q(entry__case_file__in=files)
    cases = PanelCase.objects.filter(about, state=CaseState.WAITING)
    return any(may_read(case, standing) for case in cases.select_related("register"))
