"""Three answers, and "failed" whenever anything is wrong (L1, L4, L5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.actions.check import MOST, Answer, check_register
from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.lookup import register as lookup_register
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    CaseFile,
    Entry,
    LookupState,
    Person,
    ReadingGrant,
)
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import BriefingLapsed, NoReadingGrant
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from tests.council import (
    PLANTED,
    Council,
    brief,
    found_council,
    grant,
    hold_post,
    list_entries,
    make_reader,
    row,
)
from tests.factors import make_person

pytestmark = pytest.mark.django_db

ASKED = Question(name=PLANTED, address="7 Gantry Mews", postcode="WX1 9ZZ")
STRANGER = Question(name="Ottoline Vasquez-Bream", postcode="ZZ9 9AA")


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Any:
    return make_reader(council)


def ask(by: Any, question: Question = ASKED, *, at: Any = None) -> Answer:
    return check_register(
        question=question, purpose=Purpose.HOME_VISIT, by=by, at=at or timezone.now()
    )


def last_line() -> AccessRecord:
    return AccessRecord.objects.filter(act=Act.CHECKED).latest("pk")


@pytest.mark.clause("L4")
def test_person_on_the_register_is_found_with_handling_and_measures(
    entry: Entry, officer: Any
) -> None:
    answer = ask(officer)

    (finding,) = answer.findings
    assert answer.outcome is Outcome.FOUND
    assert (finding.entry, finding.title, finding.handling, finding.measures) == (
        entry,
        PLANTED,
        "Do not visit alone.",
        ("Phone first",),
    )


@pytest.mark.clause("L4")
def test_stranger_is_not_recorded_on_the_registers_that_were_checked(
    council: Council, entry: Entry, officer: Any
) -> None:
    answer = ask(officer, STRANGER)

    assert (answer.outcome, answer.findings) == (Outcome.NONE_RECORDED, ())
    assert answer.registers == (council.register,)


@pytest.mark.clause("L4")
def test_empty_register_answers_none(officer: Any) -> None:
    assert ask(officer).outcome is Outcome.NONE_RECORDED


@pytest.mark.clause("A32")
def test_entry_is_excluded_the_second_it_expires_though_it_is_in_the_index(
    entry: Entry, officer: Any, council: Council
) -> None:
    ReadingGrant.objects.update(ends_on=entry.expires_at.date() + timedelta(days=30))
    second = timedelta(seconds=1)

    before = ask(officer, at=entry.expires_at - second).outcome
    then = ask(officer, at=entry.expires_at).outcome

    assert (before, then) == (Outcome.FOUND, Outcome.NONE_RECORDED)
    assert entry.pk in lookup_register.bring_up_to_date().keys()  # noqa: SIM118


@pytest.mark.clause("L2")
def test_held_entry_is_found_only_once_it_is_signed_off(council: Council, officer: Any) -> None:
    today = timezone.localdate()
    sixteen = f"05/01/{today.year - 16}"
    (held,) = list_entries(council, row(date_of_birth=sixteen))
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)

    before = ask(officer).outcome
    sign_off_entry(entry=held, by=safety, at=timezone.now())

    assert (before, ask(officer).outcome) == (Outcome.NONE_RECORDED, Outcome.FOUND)


@pytest.mark.clause("A40")
def test_only_registers_that_the_person_may_read_are_checked(
    council: Council, officer: Any
) -> None:
    other = found_council(slug="ub", prefix="UB")
    list_entries(other)

    answer = ask(officer)

    assert (answer.outcome, answer.registers) == (Outcome.NONE_RECORDED, (council.register,))


@pytest.mark.clause("L4")
def test_entries_that_may_not_be_seen_crowd_nobody_out(council: Council, officer: Any) -> None:
    other = found_council(slug="ub", prefix="UB")
    same_name = [
        row(date_of_birth=f"{day:02}/11/1961", address="9 Gantry Mews, Weldham")
        for day in range(1, 3 * MOST)
    ]
    list_entries(other, *same_name)
    nearly = row(name="Thadeus Quimberley", address="9 Gantry Mews, Weldham")
    (mine,) = list_entries(council, nearly)

    answer = ask(officer, Question(name=PLANTED, address="9 Gantry Mews"))

    assert [finding.entry for finding in answer.findings] == [mine]


@pytest.mark.clause("L1")
@pytest.mark.parametrize(
    ("service", "view"), [("housing", View.SERVICE), ("revenues", View.SAFETY)]
)
def test_view_is_trimmed_to_the_service_of_the_grant(
    council: Council, entry: Entry, service: str, view: View
) -> None:
    officer = make_reader(council, service=getattr(council, service))

    assert [finding.view for finding in ask(officer).findings] == [view]


@pytest.mark.clause("A40")
def test_whoever_has_no_grant_is_refused_and_nothing_is_answered(
    council: Council, entry: Entry
) -> None:
    stranger = make_person("stranger")
    brief(council, stranger)
    root = make_person("root")
    root.is_superuser = True
    root.save()

    for nobody in (stranger, root):
        with pytest.raises(NoReadingGrant):
            ask(nobody)


@pytest.mark.clause("A49")
def test_lapsed_briefing_is_refused(council: Council, entry: Entry, officer: Any) -> None:
    Briefing.objects.filter(user=officer).delete()

    with pytest.raises(BriefingLapsed):
        ask(officer)


@pytest.mark.clause("L5")
@pytest.mark.parametrize(
    ("question", "outcome"), [(ASKED, Outcome.FOUND), (STRANGER, Outcome.NONE_RECORDED)]
)
def test_check_is_recorded_with_purpose_and_outcome(
    entry: Entry, officer: Any, question: Question, outcome: Outcome
) -> None:
    ask(officer, question)

    line = last_line()
    assert (line.user, line.purpose, line.outcome) == (officer, Purpose.HOME_VISIT, outcome)


@pytest.mark.clause("L5")
def test_record_holds_neither_what_was_typed_nor_whom_it_found(entry: Entry, officer: Any) -> None:
    ask(officer)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cautionary_plugin_accessrecord")
        rows = repr(cursor.fetchall()).casefold()
    assert str(officer.pk) in rows
    for typed in (*PLANTED.casefold().split(), "gantry", "wx1", "9zz"):
        assert typed not in rows


# The check failed


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
            f"INSERT INTO cautionary_plugin_entry ({', '.join(columns)}) "  # noqa: S608
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
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608
        spoilt = bytearray(bytes(cursor.fetchone()[0]))
        spoilt[-1] ^= 1
        cursor.execute(f"UPDATE {table} SET {column} = %s", [bytes(spoilt)])  # noqa: S608


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


def test_failure_passes_once_the_cause_is_gone(
    entry: Entry, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        _spoil_index(broken, DatabaseError("gone"))
        ask(officer)

    assert ask(officer).outcome is Outcome.FOUND


@pytest.mark.parametrize("rows", [1, 40])
def test_check_costs_the_same_number_of_queries_at_any_size(
    council: Council, officer: Any, rows: int, django_assert_num_queries: Any
) -> None:
    list_entries(
        council,
        row(),
        *(row(name=f"Ada Fenwick{n}", address=f"{n} Low Row, Weldham") for n in range(1, rows)),
    )
    ask(officer)

    with django_assert_num_queries(16):
        answer = ask(officer)

    assert answer.outcome is Outcome.FOUND


def test_person_with_a_grant_for_two_registers_checks_both(
    council: Council, entry: Entry, officer: Any
) -> None:
    other = found_council(slug="ub", prefix="UB")
    grant(other, officer)

    answer = ask(officer)

    assert set(answer.registers) == {council.register, other.register}
    assert [finding.entry for finding in answer.findings] == [entry]
