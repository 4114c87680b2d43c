"""A whole report at once, as programs send it: the same pages, or nothing of it (A3, A6)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action
from cautionary_plugin.models import IncidentReport, Register
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.reporting import Page

from .drafts import pages_now, save_page, start_report
from .submission import submit_report


@action
def report_at_once(
    *,
    register: Register,
    about: str,
    answers: Callable[[IncidentReport, Page], Mapping[str, Any]],
    sent: frozenset[Page],
    by: Any,
    at: datetime,
) -> IncidentReport:
    """Begin a report, fill in its pages in their order, and send it.

    :param answers: the answers of a page, judged for this report.
    :param sent: the pages that there are answers for.
    :raises BadInput: under ``page`` or ``page.field``; nothing of the report is kept.
    """
    report = start_report(register=register, about=about, by=by, at=at)
    for page in Page:
        if page in sent and page in pages_now(report):
            report = _filled(report, page, answers, by=by, at=at)
    if strange := sent - set(pages_now(report)):
        said = ["This report has no such page."]
        raise BadInput({page.value: said for page in Page if page in strange})
    return submit_report(report=report, by=by, at=at)


def _filled(
    report: IncidentReport, page: Page, answers: Any, *, by: Any, at: datetime
) -> IncidentReport:
    try:
        told = answers(report, page)
        return save_page(report=report, page=page, answers=told, by=by, at=at)
    except BadInput as problem:
        raise BadInput(
            {f"{page.value}.{name}".rstrip("."): told for name, told in problem.problems.items()}
        ) from None
