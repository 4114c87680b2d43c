"""A restored backup brings erased files back: nobody is served until they are gone again."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access import erasures
from cautionary_plugin.access.erasures import check_erasures, check_erasures_now
from cautionary_plugin.actions.erasure import erase_due, erasing, replay
from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import (
    CaseFile,
    DeletionCertificate,
    Entry,
    LegalHold,
    OutboxMessage,
)
from cautionary_plugin.rules.errors import ErasuresUnknown
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.vocabulary import WhyEnded
from cautionary_plugin.sealing.journal import Line, get_journal
from tests import backups
from tests.council import Council, ask, make_reader, through_the_door
from tests.queries import fewest_queries
from tests.storages import files_in
from tests.whole_files import removed, secrets, whole_file

NOW = timezone.now()
DAY = timedelta(days=1)


def live(council: Council) -> Entry:
    return whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + 65 * DAY)


@pytest.fixture
def restored(council: Council, storage: Path) -> tuple[Entry, Entry]:
    """An entry that was erased after the backup, and one that was not."""
    erased, other = live(council), live(council)
    backup = backups.take()
    removed(erased, at=NOW - 40 * DAY, why=WhyEnded.APPEAL)
    assert erase_due(at=NOW).files == 1
    backups.restore(backup)
    return erased, other


@pytest.mark.clause("L7")
def test_register_is_closed_until_the_erasures_are_replayed(
    council: Council, restored: tuple[Entry, Entry]
) -> None:
    erased, other = restored
    journal = get_journal().path
    shut = journal.rename(journal.with_suffix(".away"))
    officer = through_the_door(make_reader(council))
    assert officer.get(reverse("cautionary:check")).status_code == 200
    shut.rename(journal)
    assert officer.get(reverse("cautionary:check")).status_code == 503
    assert ask(officer, "Persimmonwhistle of Person").status_code == 503

    said = StringIO()
    call_command("cautionary_restore", stdout=said)

    assert "Erased 1 files again." in said.getvalue()
    assert officer.get(reverse("cautionary:check")).status_code == 200
    assert list(Entry.objects.all()) == [other]
    assert not CaseFile.objects.filter(pk=erased.case_file_id).exists()
    assert len(bring_up_to_date()) == 1, "the lookup goes on"
    certificate = DeletionCertificate.objects.get()
    assert (certificate.number, certificate.cause) == (1, Cause.REPLAYED)
    assert certificate.file_id == erased.case_file_id
    assert certificate.removed["rows"]["Entry"] == 1


@pytest.mark.clause("L7")
def test_replay_removes_every_row_that_the_backup_brought_back(
    restored: tuple[Entry, Entry],
) -> None:
    _erased, other = restored
    before = {model: model._base_manager.count() for model in _parents_first()}
    alone = {model.__name__ for model, count in before.items() if count < 2}
    assert alone == {"LegalHold", "Premises"}, "each else is on the one file and on the other"

    replay(at=NOW)

    after = {model: model._base_manager.count() for model in _parents_first()}
    told = {OutboxMessage: 1}  # its partner is told once more to delete it
    assert after == {model: count // 2 + told.get(model, 0) for model, count in before.items()}
    assert list(CaseFile.objects.all()) == [other.case_file]


def test_evidence_that_came_back_with_the_backup_goes_again(
    council: Council, storage: Path
) -> None:
    erased = live(council)
    rows, objects = backups.take(), {p: p.read_bytes() for p in files_in(storage)}
    removed(erased, at=NOW - 40 * DAY)
    erase_due(at=NOW)
    backups.restore(rows)
    for path, content in objects.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    replay(at=NOW)

    assert files_in(storage) == []


def test_nothing_new_is_erased_before_the_replay(
    council: Council, restored: tuple[Entry, Entry]
) -> None:
    _erased, other = restored
    Entry.objects.filter(pk=other.pk).update(starts_at=NOW - 9 * DAY, expires_at=NOW - DAY)
    lapse_entries(at=NOW)

    with pytest.raises(ErasuresUnknown):
        erase_due(at=NOW)
    with pytest.raises(CommandError, match="cautionary_restore"):
        call_command("cautionary_daily", stdout=StringIO())

    assert DeletionCertificate.objects.count() == 0
    replay(at=NOW)
    assert erase_due(at=NOW).files == 1
    numbers = DeletionCertificate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2] == [line.number for line in get_journal().lines()]


def test_hold_of_a_backup_does_not_bring_a_file_back(
    council: Council, restored: tuple[Entry, Entry]
) -> None:
    erased, _other = restored
    LegalHold.objects.create(
        case_file=erased.case_file,
        placed_at=NOW,
        ends_on=timezone.localdate(NOW + DAY),
        **secrets(LegalHold),
    )

    replay(at=NOW)

    assert not CaseFile.objects.filter(pk=erased.case_file_id).exists()


def test_file_that_the_backup_never_knew_gets_its_certificate(council: Council) -> None:
    backup = backups.take()
    removed(live(council), at=NOW - 40 * DAY)
    erase_due(at=NOW)
    backups.restore(backup)

    assert replay(at=NOW) == 1

    check_erasures_now()
    assert DeletionCertificate.objects.get().removed == {"rows": {}}


def test_replay_of_many_goes_in_batches_and_again_does_nothing(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [live(council) for _entry in range(5)]
    backup = backups.take()
    for entry in entries:
        removed(entry, at=NOW - 40 * DAY)
    erase_due(at=NOW)
    backups.restore(backup)
    monkeypatch.setattr(erasing, "BATCH", 2)
    monkeypatch.setattr("cautionary_plugin.actions.erasure.replaying.BATCH", 2)

    assert [replay(at=NOW), replay(at=NOW)] == [5, 0]

    assert not CaseFile.objects.exists()
    assert DeletionCertificate.objects.filter(erased_at=None).count() == 0


def test_journal_of_another_database_is_refused(
    council: Council, restored: tuple[Entry, Entry]
) -> None:
    journal = get_journal()
    ours = journal.path.read_bytes()
    replay(at=NOW)
    journal.path.write_bytes(replace(Line.from_json(ours), file=uuid4()).to_json())

    with pytest.raises(ErasuresUnknown, match="do not belong together"):
        replay(at=NOW)
    with pytest.raises(ErasuresUnknown):
        check_erasures_now()


def test_database_ahead_of_the_journal_is_open_and_healed(council: Council) -> None:
    for _entry in range(2):
        removed(live(council), at=NOW - 40 * DAY)
    erase_due(at=NOW)
    journal = get_journal()
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole.splitlines(keepends=True)[0])

    check_erasures()
    erase_due(at=NOW)

    assert journal.path.read_bytes() == whole


def test_missing_journal_is_told_and_written_anew(council: Council) -> None:
    removed(live(council), at=NOW - 40 * DAY)
    erase_due(at=NOW)
    journal = get_journal()
    whole = journal.path.read_bytes()
    journal.path.unlink()
    said = StringIO()

    check_erasures()
    call_command("cautionary_daily", stdout=said)

    assert "Attention: the journal of what was erased was missing" in said.getvalue()
    assert journal.path.read_bytes() == whole


def test_damaged_journal_closes_the_register(council: Council) -> None:
    officer = through_the_door(make_reader(council))
    get_journal().path.write_bytes(b"no journal at all\n")

    assert officer.get(reverse("cautionary:check")).status_code == 503


def test_asking_costs_one_query_in_five_seconds(council: Council) -> None:
    removed(live(council), at=NOW - 40 * DAY)
    erase_due(at=NOW)
    erasures._fine = None

    assert [_cost(instant) for instant in (0.0, 4.9, 5.1)] == [1, 0, 1]


def _cost(instant: float) -> int:
    with CaptureQueriesContext(connection) as queries:
        check_erasures(clock=lambda: instant)
    return len(queries)


def test_no_journal_costs_nothing(council: Council) -> None:
    assert fewest_queries(check_erasures) == 0


def test_what_is_wrong_is_looked_at_each_time(
    council: Council, restored: tuple[Entry, Entry]
) -> None:
    erasures._fine = None
    for _time in range(2):
        with pytest.raises(ErasuresUnknown):
            check_erasures()
    replay(at=NOW)
    check_erasures()


def test_stranger_gets_the_same_page(restored: tuple[Entry, Entry]) -> None:
    response = Client().get(reverse("cautionary:check"))

    assert response.status_code == 503
    assert b"Persimmonwhistle" not in response.content
