"""What a replay owes those outside the file: partners, and the figures that were told (L6, L14)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.erasure import erase_due, replay
from cautionary_plugin.actions.foi import yearly_figures
from cautionary_plugin.models import Entry, Tally, WithdrawalNotice
from cautionary_plugin.rules.foi import year_of
from cautionary_plugin.rules.vocabulary import WhyEnded
from tests import backups
from tests.certificates import sign_as_council
from tests.council import Council, found_council, list_entries, row
from tests.partners import desk, ready, shared
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import removed

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    sign_as_council(settings, tmp_path)
    return found_council()


@pytest.mark.clause("L14")
def test_partner_is_told_again_of_what_the_backup_had_forgotten(council: Council) -> None:
    team, (entry,) = desk(council), list_entries(council)
    partner, now = ready(team), timezone.now()
    shared(team, partner, entry, at=now)
    backup = backups.take()
    withdraw_entry(entry=entry, reasons="The wrong man.", by=council.owner, at=now)
    assert erase_due(at=now + 2000 * DAY).files

    backups.restore(backup)
    assert not WithdrawalNotice.objects.exists()
    replay(at=now + 2001 * DAY)

    assert not Entry.objects.exists()
    assert WithdrawalNotice.objects.get().reference == entry.reference


@pytest.mark.clause("L6")
def test_year_that_was_told_is_told_alike_after_a_restore(council: Council) -> None:
    now = timezone.now()
    then = now - 500 * DAY
    entries = list_entries(council, *(row(name=f"Ada Fenwick{n}") for n in "abcdefghi"))
    Tally.objects.update(month=timezone.localdate(then).replace(day=1))
    year = year_of(timezone.localdate(then), starts=4)

    def told() -> Any:
        by = council.owner
        return yearly_figures(register=council.register, year=year, by=by, at=now).flow

    before = told()
    backup = backups.take()
    removed(entries[0], at=now - 100 * DAY, why=WhyEnded.APPEAL)
    assert erase_due(at=now).files

    backups.restore(backup)
    replay(at=now)

    assert Entry.objects.count() == len(entries) - 1
    assert told() == before
