"""After a restore each process reads the entries anew; a counter that is off is told."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import Entry, LookupState
from tests.council import Council, found_council, list_entries, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def council() -> Council:
    council = found_council()
    list_entries(council, row(), row(name="Ada Fenwick", postcode="WX2 1AA"))
    return council


def restored(*arguments: str) -> str:
    said = StringIO()
    call_command("cautionary_restore", *arguments, stdout=said)
    return said.getvalue()


def test_restore_begins_a_new_epoch_and_has_nothing_to_say_of_the_entries(council: Council) -> None:
    before = LookupState.objects.get()

    assert restored() == "Erased 0 files again.\n"

    now = LookupState.objects.get()
    assert (now.epoch != before.epoch, now.entries) == (True, 2)
    assert len(bring_up_to_date()) == 2


def test_entries_that_are_missing_are_told_and_counted_again_on_demand(council: Council) -> None:
    Entry.objects.first().case_file.delete()  # type: ignore[union-attr]

    with pytest.raises(CommandError, match="--count-again"):
        restored()
    assert LookupState.objects.get().entries == 2

    assert "2 live entries were counted, and 1 are there." in restored("--count-again")
    assert len(bring_up_to_date()) == 1
