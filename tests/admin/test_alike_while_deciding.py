"""Is it listed already? Who decides sees it; who signs or refers is told who checks (L1, L3)."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from cautionary_plugin.actions.panel import at_once
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.vocabulary import Act
from tests.council import let_into_wagtail, list_entries, row, through_the_door
from tests.life import head_of_service, submitted
from tests.panel import Panel
from tests.panel_items import urgent
from tests.referrals import panel_report

pytestmark = pytest.mark.django_db

HEADING = "On the schedule already?"


def opened(panel: Panel, person: Any) -> Any:
    report = submitted(panel.council)
    let_into_wagtail(person)
    url = reverse("cautionary_urgent_add", args=[panel.register.slug, report.reference])
    return through_the_door(person).get(url)


def lines(person: Any) -> list[tuple[str, str, str]]:
    found = AccessRecord.objects.filter(act__in=[Act.CHECKED, Act.SHOWN], user=person)
    return list(found.order_by("pk").values_list("act", "outcome", "reference"))


@pytest.mark.clause("B41")
@pytest.mark.clause("L3")
def test_chair_sees_who_looks_the_same_and_it_is_recorded(panel: Panel) -> None:
    entry = urgent(panel).entry

    page = unescape(opened(panel, panel.chair).content.decode())

    assert page.index(HEADING) < page.index(entry.reference) < page.index("<form")
    assert "Looks like the same." in page
    assert lines(panel.chair) == [("checked", "found", ""), ("shown", "", entry.reference)]


@pytest.mark.clause("L3")
def test_chair_is_told_that_nobody_looks_the_same(panel: Panel) -> None:
    page = unescape(opened(panel, panel.chair).content.decode())

    assert "No entry looks like the same person." in page
    assert lines(panel.chair) == [("checked", "none", "")]


@pytest.mark.clause("L4")
def test_schedule_that_cannot_be_checked_is_not_told_as_nobody(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "The register cannot be checked just now."

    def fail(*_args: Any, **_options: Any) -> Any:
        raise NotReady(sentence, missing=[sentence])

    monkeypatch.setattr(at_once, "look_for", fail)
    answer = opened(panel, panel.chair)

    assert answer.status_code == 409
    assert "No entry looks like" not in answer.content.decode()


def test_clerk_sees_nothing_of_it(panel: Panel) -> None:
    entry = urgent(panel).entry

    answer = opened(panel, panel.clerk)

    assert answer.status_code == 403
    assert entry.reference not in answer.content.decode()
    assert not lines(panel.clerk)


def seen(person: Any, name: str, reference: str) -> str:
    let_into_wagtail(person)
    answer = through_the_door(person).get(reverse(f"cautionary_{name}", args=[reference]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.clause("L1")
def test_countersigner_is_told_that_the_owner_will_check(panel: Panel) -> None:
    report = submitted(panel.council)
    name = report.case_file.person.identity.names[0]
    [entry] = list_entries(panel.council, row(name=name))

    page = seen(head_of_service(panel.council), "countersign_report", report.reference)

    assert "The owner of the register will check whether they are listed already." in page
    assert entry.reference not in page


@pytest.mark.clause("L1")
def test_operations_manager_is_told_that_the_clerk_will_check(panel: Panel) -> None:
    entry = urgent(panel).entry
    report = panel_report(panel)

    page = seen(panel.operations, "refer_report", report.reference)

    assert "The clerk will check whether they are on it already." in page
    assert entry.reference not in page
