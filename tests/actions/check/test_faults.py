"""Whatever breaks on the way, the answer is "failed" and never "none" (L4, L5)."""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.vocabulary import Outcome
from tests.actions.check.asking import ASKED, STRANGER, ask, last_line
from tests.council import PLANTED

pytestmark = pytest.mark.django_db


def _spoil_index(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise error

    monkeypatch.setattr(check_module, "search", fail)


@pytest.mark.clause("L4")
@pytest.mark.parametrize("error", [DatabaseError("gone"), RuntimeError(PLANTED), MemoryError()])
def test_fault_in_the_lookup_is_failed_and_recorded(
    entry: Entry,
    officer: Any,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _spoil_index(monkeypatch, error)

    answer = ask(officer)

    assert (answer.outcome, answer.findings) == (Outcome.FAILED, ())
    assert last_line().outcome == Outcome.FAILED
    assert type(error).__name__ in caplog.text
    assert PLANTED not in caplog.text


@pytest.mark.clause("L4")
def test_database_that_breaks_halfway_is_failed_and_recorded(entry: Entry, officer: Any) -> None:
    def cut(execute: Any, sql: str, *rest: Any) -> Any:
        if "lookupstate" in sql:
            return execute("SELECT * FROM a_table_that_is_gone", (), *rest[1:])
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        answer = ask(officer)

    assert answer.outcome is Outcome.FAILED
    assert last_line().outcome == Outcome.FAILED


@pytest.mark.clause("L4")
@pytest.mark.clause("L5")
@pytest.mark.parametrize("question", [ASKED, STRANGER])
def test_check_that_cannot_be_recorded_is_failed(
    entry: Entry, officer: Any, question: Question
) -> None:
    def cut(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT") and "accessrecord" in sql:
            return execute("INSERT INTO a_table_that_is_gone VALUES (1)", (), *rest[1:])
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        answer = ask(officer, question)

    assert (answer.outcome, answer.findings) == (Outcome.FAILED, ())


def test_failure_passes_once_the_cause_is_gone(
    entry: Entry, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        _spoil_index(broken, DatabaseError("gone"))
        ask(officer)

    assert ask(officer).outcome is Outcome.FOUND
