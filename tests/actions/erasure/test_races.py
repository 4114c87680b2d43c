"""Two daily runs at once, and people who act while one runs."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.holds import place_hold
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import CaseFile, DeletionCertificate, LegalHold, LookupState
from cautionary_plugin.rules.errors import CautionaryError
from cautionary_plugin.sealing.journal import get_journal
from tests.council import Council
from tests.races import race
from tests.storages import files_in
from tests.whole_files import whole_file

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()
DAY = timedelta(days=1)


def over(council: Council, files: int) -> list[CaseFile]:
    made = [whole_file(council, at=NOW - 365 * DAY, expires_at=NOW - DAY) for _file in range(files)]
    return [entry.case_file for entry in made]


def test_two_lapses_at_once_end_each_entry_once(council: Council) -> None:
    over(council, 4)

    outcomes = race(*[lambda: lapse_entries(at=NOW)] * 3)

    assert sum(outcomes) == 4
    assert LookupState.objects.get().entries == 0
    assert len(bring_up_to_date()) == 0


def test_two_runs_at_once_erase_each_file_once(council: Council, storage: Path) -> None:
    files = over(council, 4)
    lapse_entries(at=NOW)

    outcomes = race(*[lambda: erase_due(at=NOW)] * 3)

    assert not [each for each in outcomes if isinstance(each, CautionaryError)]
    erase_due(at=NOW)
    assert not CaseFile.objects.exists()
    assert files_in(storage) == []
    done = list(DeletionCertificate.objects.order_by("number"))
    assert [each.number for each in done] == [1, 2, 3, 4]
    assert {each.file_id for each in done} == {file.pk for file in files}
    assert all(each.removed["rows"]["Entry"] == 1 for each in done)
    assert [line.number for line in get_journal().lines()] == [1, 2, 3, 4]


def test_hold_or_erasure_one_of_them_wins(council: Council) -> None:
    (file,) = over(council, 1)
    lapse_entries(at=NOW)

    def hold() -> LegalHold:
        return place_hold(
            case_file=file,
            reason="A claim in the county court",
            ends_on=timezone.localdate(NOW + 30 * DAY),
            by=council.owner,
            at=NOW,
        )

    placed, erased = race(hold, lambda: erase_due(at=NOW))

    if isinstance(placed, LegalHold):
        assert CaseFile.objects.get() == file
        assert erased.files == 0
        assert LegalHold.objects.get().reason == "A claim in the county court"
    else:
        assert isinstance(placed, CautionaryError)
        assert erased.files == 1
        assert not LegalHold.objects.exists()
