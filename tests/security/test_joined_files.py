"""Whoever is shut out of a case is shut out of every file that goes with its own (B11).

A referral that was joined stays on the file that it came with, and is about the entry on another.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.exclusion import (
    check_file_not_shut_out,
    file_not_shut_out,
    shut_out_of_file,
)
from cautionary_plugin.access.families import family_of, roots_of
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.actions.panel.joining import join_case
from cautionary_plugin.models import CaseFile, Entry, IncidentReport, PanelCase
from cautionary_plugin.rules.errors import Excluded
from tests.council import let_into_wagtail, through_the_door
from tests.life import submitted
from tests.panel import Panel, conflicted, found_panel
from tests.panel_items import panel_entry
from tests.queries import fewest_queries
from tests.referrals import panel_report, refer
from tests.whole_files import open_file

pytestmark = [pytest.mark.django_db, pytest.mark.clause("B11")]

BASIS = "Shouted abuse"
CHECKED = "The tenancy file has the same date of birth."


@pytest.fixture
def panel() -> Panel:
    return found_panel()


@pytest.fixture
def entry(panel: Panel) -> Entry:
    return panel_entry(panel)


@pytest.fixture
def joined(panel: Panel, entry: Entry) -> PanelCase:
    """The renewal of the entry, on the file of the report that was joined."""
    case = refer(panel, panel_report(panel))
    renewal = join_case(case=case, entry=entry, checked=CHECKED, by=panel.clerk, at=timezone.now())
    assert renewal.entry == entry
    assert renewal.case_file != entry.case_file
    return renewal


def test_chair_who_is_shut_out_of_the_renewal_does_not_open_the_entry(
    panel: Panel, entry: Entry, joined: PanelCase
) -> None:
    let_into_wagtail(panel.chair)
    browser = through_the_door(panel.chair)
    page = reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
    index = reverse("cautionary_register_modeladmin_index")
    assert BASIS in browser.get(page).content.decode()
    assert entry.reference in browser.get(index).content.decode()

    conflicted(joined, panel.chair)

    refused = browser.get(page)
    assert refused.status_code in (403, 404)
    assert BASIS not in refused.content.decode()
    assert entry.reference not in browser.get(index).content.decode()
    with pytest.raises(Excluded):
        open_for_review(entry=entry, by=panel.chair, at=timezone.now())
    open_for_review(entry=entry, by=panel.owner, at=timezone.now())


def test_member_is_shut_out_of_every_file_of_the_family(
    panel: Panel, entry: Entry, joined: PanelCase
) -> None:
    """Of the one above, of one beside it, and of one further down; of no other."""
    beside = submitted(panel.council, at=timezone.now() + timedelta(days=30)).case_file
    beside.joined_to = entry.case_file
    beside.save()
    below, other = open_file(timezone.now()), open_file(timezone.now())
    below.joined_to = beside
    below.save()
    conflicted(joined, panel.safety, decided=True, by=panel.chair)

    for file in (joined.case_file, entry.case_file, beside, below):
        assert shut_out_of_file(file) == {panel.safety.pk}
        with pytest.raises(Excluded):
            check_file_not_shut_out(file, panel.safety)
    assert not shut_out_of_file(other)
    files = CaseFile.objects.filter(file_not_shut_out(panel.safety, case_file="pk"))
    assert list(files) == [other]
    assert CaseFile.objects.filter(file_not_shut_out(panel.care, case_file="pk")).count() == 5


def test_member_is_shut_out_of_the_file_of_the_entry_that_a_case_is_about(
    panel: Panel, entry: Entry, joined: PanelCase
) -> None:
    CaseFile.objects.update(joined_to=None)  # nothing but the case itself leads to the entry
    conflicted(joined, panel.safety, decided=True, by=panel.chair)

    assert shut_out_of_file(entry.case_file) == {panel.safety.pk}
    assert not Entry.objects.filter(file_not_shut_out(panel.safety)).exists()
    assert Entry.objects.filter(file_not_shut_out(panel.care)).exists()


def test_list_costs_the_same_however_many_files_were_joined(
    panel: Panel, entry: Entry, joined: PanelCase
) -> None:
    conflicted(joined, panel.safety, decided=True, by=panel.chair)

    def queries() -> int:
        return fewest_queries(
            lambda: list(IncidentReport.objects.filter(file_not_shut_out(panel.safety)))
        )

    before = queries()
    for day in range(1, 4):
        file = submitted(panel.council, at=timezone.now() + timedelta(days=day)).case_file
        file.joined_to = entry.case_file
        file.save()

    assert queries() == before


def test_files_that_were_joined_in_a_circle_are_one_family(db: None) -> None:
    one, two = open_file(timezone.now()), open_file(timezone.now())
    CaseFile.objects.filter(pk=one.pk).update(joined_to=two)
    CaseFile.objects.filter(pk=two.pk).update(joined_to=one)

    assert set(family_of(roots_of([one.pk]).values())) == {one.pk, two.pk}
