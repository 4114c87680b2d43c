"""Begin a report in a browser, and go through its pages."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.reports import pages_now
from cautionary_plugin.models import IncidentReport
from tests.life import typed


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *arguments: Any) -> str:
    return reverse(f"cautionary:{name}", args=arguments)


def begin(browser: Client, about: str = "public", **fields: Any) -> IncidentReport:
    answer = browser.post(at("report"), {"about": about, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return IncidentReport.objects.latest("started_at")


def posted(kind: str = "person") -> dict[str, dict[str, Any]]:
    """The answers as a browser sends them: colleagues by user name, dates as people type them."""
    day = timezone.localdate() - timedelta(days=3)
    told = typed(kind)
    dated = told["when" if kind == "person" else "sighted"]
    dated["occurred_on"] = f"{day.day}/{day.month}/{day.year}"
    told["others"] = {"colleagues": "", "witnesses": "The caretaker"}
    if kind == "person":
        told["identify"]["born_on"] = "5 November 1961"
    return told


def fill(browser: Client, report: IncidentReport, told: dict[str, dict[str, Any]]) -> Any:
    """Go through the pages in the order in which "Next" leads."""
    url = at("report_page", report.reference, pages_now(report)[0])
    for _page in range(20):
        page = url.rstrip("/").rpartition("/")[2]
        if page == "check":
            return url
        assert browser.get(url).status_code == 200
        answer = browser.post(url, told[page])
        assert answer.status_code == 302, (page, answer.content.decode())
        url = answer.url
    raise AssertionError("The pages do not end.")
