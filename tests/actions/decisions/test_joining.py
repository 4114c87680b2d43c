"""A joined report hangs on the file of a live entry and makes no second (L3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.models import Entry, Letter, LookupState, StaffBulletin
from cautionary_plugin.rules.errors import BadInput
from tests.actions.decisions.deciding import JOIN
from tests.council import Council, found_council
from tests.factors import make_person
from tests.life import countersigned, decided, entered


def test_joined_report_hangs_on_the_file_of_the_entry_and_makes_no_second(
    council: Council,
) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    decision = decided(council, JOIN, report=report, join_to=entry)

    report.case_file.refresh_from_db()
    assert report.case_file.joined_to == entry.case_file
    assert decision.entry == entry
    assert Entry.objects.count() == LookupState.objects.get().entries == 1
    assert StaffBulletin.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize("which", ["none", "ended", "expired", "kind", "register"])
def test_report_joins_only_a_live_entry_of_its_register_and_kind(
    council: Council, which: str
) -> None:
    report = countersigned(council)
    other = found_council(slug="ub", prefix="UB") if which == "register" else council
    entry: Entry | None = None
    if which == "kind":
        entry = decided(council, report=countersigned(council, kind="premises")).entry
    elif which != "none":
        entry = entered(other)
    if which == "ended":
        withdraw_entry(
            entry=entry, reasons="The wrong person.", by=council.owner, at=timezone.now()
        )
    if which == "expired":
        past = timezone.now() - timedelta(seconds=1)
        Entry.objects.update(starts_at=past - timedelta(days=1), expires_at=past)

    with pytest.raises(BadInput) as refusal:
        decided(council, JOIN, report=report, join_to=entry)

    assert list(refusal.value.problems) == ["join_to"]
    report.case_file.refresh_from_db()
    assert report.case_file.joined_to is None


@pytest.mark.clause("L3")
def test_joining_says_how_it_is_known_to_be_the_same(council: Council) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    with pytest.raises(BadInput) as refusal:
        decided(council, JOIN, report=report, join_to=entry, told={"second_identifier": ""})

    assert list(refusal.value.problems) == ["second_identifier"]
