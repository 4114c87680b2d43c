"""Rows changed behind the package fail every check that could have met them (L4)."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import CaseFile, Entry, LookupState, Person
from cautionary_plugin.rules.vocabulary import Outcome
from tests.actions.check.asking import ASKED, STRANGER, ask, last_line
from tests.council import Council, list_entries, row

pytestmark = pytest.mark.django_db


@pytest.mark.clause("L4")
@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("question", [ASKED, STRANGER])
def test_entry_deleted_past_the_actions_fails_every_check(
    council: Council, entry: Entry, officer: Any, question: Question, warm: bool
) -> None:
    list_entries(council, row(name="Ada Fenwick", address="1 Low Row, Weldham"))
    if warm:
        ask(officer)
    Entry.objects.filter(pk=entry.pk).delete()

    assert ask(officer, question).outcome is Outcome.FAILED
    assert ask(officer, question).outcome is Outcome.FAILED


def _insert_behind(entry: Entry, *, changed: int) -> None:
    """A live row written with SQL: a copy of another on a file of its own."""
    columns = [field.column for field in Entry._meta.concrete_fields]
    file = CaseFile.objects.create(
        reference="FILE-2026-9999", kind="person", opened_at=timezone.now()
    )
    own = {
        "id": "'0f0f0f0f0f0f4f0f8f0f0f0f0f0f0f0f'",
        "case_file_id": f"'{file.pk.hex}'",
        "reference": "'CPR-2026-9999'",
        "changed": str(changed),
    }
    values = ", ".join(own.get(column, column) for column in columns)
    if connection.vendor == "postgresql":
        for column in ("id", "case_file_id"):
            values = values.replace(own[column], f"{own[column]}::uuid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cautionary_plugin_entry ({', '.join(columns)}) "  # noqa: S608 - our own names
            f"SELECT {values} FROM cautionary_plugin_entry WHERE reference = %s",
            [entry.reference],
        )


@pytest.mark.clause("L4")
@pytest.mark.parametrize("changed", [0, 1, 99])
def test_entry_written_past_the_actions_fails_every_check(
    entry: Entry, officer: Any, changed: int
) -> None:
    ask(officer)
    _insert_behind(entry, changed=changed)

    assert ask(officer, STRANGER).outcome is Outcome.FAILED


@pytest.mark.clause("L4")
@pytest.mark.parametrize("changed", [0, 99])
def test_entry_exchanged_past_the_actions_fails_every_check(
    entry: Entry, officer: Any, changed: int
) -> None:
    ask(officer)
    _insert_behind(entry, changed=changed)
    Entry.objects.filter(pk=entry.pk).delete()

    assert ask(officer, STRANGER).outcome is Outcome.FAILED


@pytest.mark.clause("L4")
def test_state_of_the_lookup_deleted_fails_the_check(entry: Entry, officer: Any) -> None:
    ask(officer)
    LookupState.objects.all().delete()

    assert ask(officer, STRANGER).outcome is Outcome.FAILED


def _alter(table: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - our own names
        spoilt = bytearray(bytes(cursor.fetchone()[0]))
        spoilt[-1] ^= 1
        cursor.execute(f"UPDATE {table} SET {column} = %s", [bytes(spoilt)])  # noqa: S608 - our own names


@pytest.mark.clause("L4")
@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("cautionary_plugin_person", "identity_sealed"),
        ("cautionary_plugin_entry", "handling"),
        ("cautionary_plugin_entry", "control_measures"),
        ("cautionary_plugin_casefile", "wrapped_key"),
    ],
)
def test_altered_row_that_is_asked_for_fails_the_check(
    entry: Entry, officer: Any, table: str, column: str, warm: bool
) -> None:
    if warm:
        ask(officer)
    _alter(table, column)

    assert ask(officer).outcome is Outcome.FAILED
    assert last_line().outcome == Outcome.FAILED


@pytest.mark.clause("L4")
@pytest.mark.parametrize("warm", [True, False])
def test_subject_deleted_past_the_actions_fails_the_check(
    entry: Entry, officer: Any, warm: bool
) -> None:
    if warm:
        ask(officer)
    Person.objects.all().delete()

    assert ask(officer).outcome is Outcome.FAILED
