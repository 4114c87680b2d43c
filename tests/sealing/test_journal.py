"""The journal outside the database: whole lines, in order, on the disk."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from cautionary_plugin.rules.errors import ErasuresUnknown
from cautionary_plugin.sealing.journal import Journal, Line

AT = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)


def line(number: int) -> Line:
    return Line(number, UUID(int=number), f"FILE-2026-{number:04}", AT)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "private" / "erased.jsonl")


def test_lines_come_back_in_order(journal: Journal) -> None:
    assert journal.append(line(n) for n in (1, 2)) == 2
    assert journal.append([line(3)]) == 1

    assert list(journal.lines()) == [line(1), line(2), line(3)]
    assert list(journal.lines(after=2)) == [line(3)]
    assert journal.last() == line(3)


def test_line_that_is_there_is_not_added_again(journal: Journal) -> None:
    journal.append([line(1), line(2)])
    before = journal.path.read_bytes()

    assert journal.append([line(1), line(2)]) == 0

    assert journal.path.read_bytes() == before


def test_no_journal_is_an_empty_one(journal: Journal) -> None:
    assert journal.stamp() is None
    assert journal.last() is None
    assert list(journal.lines()) == []


def test_stamp_differs_after_each_line(journal: Journal) -> None:
    journal.append([line(1)])
    before = journal.stamp()
    journal.append([line(2)])

    assert before != journal.stamp() is not None


def test_line_torn_by_a_power_cut_counts_as_not_written(journal: Journal) -> None:
    journal.append([line(1), line(2)])
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-7])

    assert journal.last() == line(1)
    assert list(journal.lines()) == [line(1)]
    assert journal.append([line(2)]) == 1
    assert journal.path.read_bytes() == whole


def test_first_line_torn(journal: Journal) -> None:
    journal.append([line(1)])
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:5])

    assert journal.last() is None
    journal.append([line(1)])
    assert journal.path.read_bytes() == whole


def test_last_line_of_a_long_journal(journal: Journal) -> None:
    journal.append(line(n) for n in range(1, 2001))

    assert journal.last() == line(2000)


def test_damage_is_told(journal: Journal) -> None:
    journal.append([line(1)])
    journal.path.write_bytes(b"\xff\xfe nonsense\n")

    with pytest.raises(ErasuresUnknown, match="damaged"):
        journal.last()
    with pytest.raises(ErasuresUnknown, match="damaged"):
        journal.append([line(2)])


def test_journal_out_of_reach_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path)  # a folder

    for attempt in (journal.last, lambda: list(journal.lines())):
        with pytest.raises(ErasuresUnknown, match="out of reach"):
            attempt()


def test_only_its_owner_reads_it(journal: Journal) -> None:
    journal.append([line(1)])

    assert journal.path.stat().st_mode & 0o077 == 0
    assert journal.path.parent.stat().st_mode & 0o077 == 0
    assert journal.path.stat().st_uid == os.geteuid()


def test_writers_at_once_leave_no_gap(journal: Journal) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: journal.append(line(m) for m in range(1, n)), range(2, 40)))

    assert [each.number for each in journal.lines()] == list(range(1, 39))
