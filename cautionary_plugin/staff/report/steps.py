"""Where somebody is in a report: which question, which is next, what still lacks an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.reports import pages_now
from cautionary_plugin.forms.report import FORMS, form_of
from cautionary_plugin.models import Countersignature, IncidentReport
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.report_pages import check_page
from cautionary_plugin.rules.reporting import Page
from cautionary_plugin.rules.states import ReportState

# The pages that say who or what it is; each change may make it somebody who is listed.
DESCRIBING = (Page.PERSON, Page.IDENTIFY, Page.ADDRESS)

WHO_LOOKS = {
    Page.IDENTIFY: _("The owner of the register will check whether they are listed already."),
    Page.ADDRESS: _("The owner of the register will check whether it is listed already."),
}


@dataclass(frozen=True, repr=False)
class Step:
    """One question of a report, as its page shows it.

    :ivar back: the address of the page before.
    :ivar number: of ``of``; the last step is to check the answers.
    """

    report: IncidentReport
    page: Page
    number: int
    of: int
    back: str

    @property
    def question(self) -> str:
        return self.page.label

    @property
    def note(self) -> Any:
        return FORMS[self.page].note

    @property
    def who_looks(self) -> Any:
        """Who finds out whether the subject is listed: the same words for everybody."""
        return WHO_LOOKS.get(self.page, "")


@dataclass(frozen=True, repr=False)
class Answer:
    """One question with its answer, on the page where all are checked.

    :ivar lines: label and text of each field that was filled in.
    :ivar faults: what the page still lacks.
    """

    page: Page
    change: str
    lines: list[tuple[Any, str]]
    faults: list[str]

    @property
    def question(self) -> str:
        return self.page.label

    @property
    def alone(self) -> str:
        """The answer to a page with one field: the question says what it is."""
        is_one = len(FORMS[self.page].base_fields) <= 1
        return self.lines[0][1] if is_one and self.lines else ""


def step_of(report: IncidentReport, page: Page) -> Step:
    """The step of a page that the report has now."""
    pages = pages_now(report)
    index = pages.index(page)
    back = url_of(report, pages[index - 1]) if index else reverse("cautionary:my_reports")
    return Step(report, page, number=index + 1, of=len(pages) + 1, back=back)


def url_of(report: IncidentReport, page: Page) -> str:
    """The address of a page; it holds the reference and nothing of the report."""
    return reverse("cautionary:report_page", args=[report.reference, page.value])


def url_of_listed(report: IncidentReport, page: Page, *, changing: bool) -> str:
    """Where those who may read the register see whether the subject is listed."""
    url = reverse("cautionary:report_listed", args=[report.reference, page.value])
    return f"{url}?change" if changing else url


def url_after(report: IncidentReport, page: Page, *, changing: bool, on: date) -> str:
    """Where "Next" leads: the page that follows, or, after a change, what lacks an answer."""
    pages = pages_now(report)
    if not changing:
        following = pages[pages.index(page) + 1 :]
        return url_of(report, following[0]) if following else _to_check(report)
    return url_of_first_open(report, on=on)


def url_of_first_open(report: IncidentReport, *, on: date) -> str:
    """The first page that was not filled in, or not well; if there is none, the check."""
    for page in pages_now(report):
        if page not in report.answers or faults_of(report, page, on=on):
            return url_of(report, page)
    return _to_check(report)


def answers_of(
    report: IncidentReport, *, on: date, problems: Mapping[str, list[str]]
) -> list[Answer]:
    """Every question with its answer, in their order.

    :param problems: what sending the report has complained of, by page.
    """
    return [
        Answer(
            page=page,
            change=f"{url_of(report, page)}?change",
            lines=_lines(report, page),
            faults=problems.get(page) or faults_of(report, page, on=on),
        )
        for page in pages_now(report)
    ]


def faults_of(report: IncidentReport, page: Page, *, on: date) -> list[str]:
    """What a page lacks, as sentences."""
    try:
        check_page(page, report.answers, on=on, route=report.register.route)
    except BadInput as problem:
        return [sentence for said in problem.problems.values() for sentence in said]
    return []


def _lines(report: IncidentReport, page: Page) -> list[tuple[Any, str]]:
    if page is Page.EVIDENCE:
        names = "\n".join(each.title for each in report.case_file.evidence.all())
        return [("", names)] if names else []
    return form_of(report, page).in_words(report.answers.get(page, {}))


def _to_check(report: IncidentReport) -> str:
    return reverse("cautionary:check_report", args=[report.reference])


def why_returned(report: IncidentReport) -> Countersignature | None:
    """The countersigner's reasons, where the report was sent back."""
    if report.state != ReportState.RETURNED:
        return None
    returned: Countersignature | None = report.countersignatures.order_by("-at").first()
    return returned
