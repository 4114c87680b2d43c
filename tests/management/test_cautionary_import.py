"""``cautionary_import`` on the console (A39)."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cautionary_plugin.models import Entry
from tests.council import PLANTED, Council, found_council, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.fixture
def old_list(tmp_path: Path) -> Path:
    """Two fit rows and one that is refused."""
    rows = [row(), row(name="Ulrika Penn"), row(name="Otto Lone", end_date="")]
    file = tmp_path / "list.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


def run(*arguments: Any, capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    call_command("cautionary_import", *map(str, arguments), **options)
    return capsys.readouterr().out


def test_dry_run_tells_each_fate_and_enters_nothing(council, old_list, capsys):
    told = run(old_list, capsys=capsys)

    assert "Row 4: Refused. “end_date” is empty." in told
    assert "Becomes an entry: 2" in told
    assert PLANTED not in told
    assert not Entry.objects.exists()


def test_enter_brings_in_the_fit_rows_and_reminds_of_the_declaration(council, old_list, capsys):
    told = run(old_list, enter=True, by=council.owner.username, capsys=capsys)

    assert "Entered 2, held 0, refused 1." in told
    assert "destroy the old list" in told
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"register": "nowhere"}, "no register"),
        ({"enter": True}, "--by"),
        ({"enter": True, "by": "nobody"}, "--by"),
    ],
)
def test_wrong_usage_is_told_plainly(council, old_list, capsys, changes, words):
    with pytest.raises(CommandError, match=words):
        run(old_list, capsys=capsys, **changes)
    assert not Entry.objects.exists()


def test_file_that_is_not_there_or_broken_is_told_plainly(council, tmp_path, capsys):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv", capsys=capsys)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"name,colour\nA,B\n")
    with pytest.raises(CommandError, match="not known"):
        run(broken, capsys=capsys)
