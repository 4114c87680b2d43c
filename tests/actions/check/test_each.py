"""Several questions in one act: each has its answer, its line, and its own failure (L4, L5)."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cautionary_plugin.actions.check import Answer, check_each
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, Entry
from cautionary_plugin.rules.errors import BriefingLapsed
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from tests.council import PLANTED, Council, grant, list_entries, row
from tests.factors import make_person
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

FENWICK = "Ada Fenwick, 1 Low Row"
STRANGER = "Ottoline Vasquez-Bream, 3 Tansy Row"
ALL = (FENWICK, STRANGER, f"{PLANTED}, 7 Gantry Mews")


@pytest.fixture
def entries(council: Council) -> list[Entry]:
    told = row(name="Ada Fenwick", address="1 Low Row, Weldham", date_of_birth="06/06/1971")
    return list_entries(council, told, row())


def ask(officer: Any, *typed: str) -> list[Answer]:
    return check_each(
        questions=[Question(anything=each) for each in typed],
        purpose=Purpose.HOME_VISIT,
        by=officer,
        at=timezone.now(),
    )


def outcomes(answers: list[Answer]) -> list[str]:
    return [each.outcome.value for each in answers]


def recorded(act: Act, field: str) -> list[str]:
    return list(AccessRecord.objects.filter(act=act).order_by("pk").values_list(field, flat=True))


@pytest.mark.clause("L5")
def test_each_question_has_its_answer_and_its_line_in_their_order(
    entries: list[Entry], officer: Any
) -> None:
    answers = ask(officer, *ALL)

    assert outcomes(answers) == recorded(Act.CHECKED, "outcome") == ["found", "none", "found"]
    assert [len(each.findings) for each in answers] == [1, 0, 1]
    assert recorded(Act.SHOWN, "reference") == [each.reference for each in entries]


@pytest.mark.clause("L4")
def test_entry_that_does_not_open_fails_its_own_question_and_no_other(
    entries: list[Entry], officer: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cautionary_plugin_entry SET handling = %s WHERE reference = %s",
            [b"spoilt", entries[0].reference],
        )

    answers = ask(officer, *ALL)

    assert outcomes(answers) == recorded(Act.CHECKED, "outcome") == ["failed", "none", "found"]
    assert recorded(Act.SHOWN, "reference") == [entries[1].reference]


@pytest.mark.clause("L4")
@pytest.mark.parametrize("part", ["lookupstate", '"handling"', "INSERT INTO"])
def test_database_that_breaks_fails_all_and_shows_nobody(
    entries: list[Entry], officer: Any, part: str
) -> None:
    def cut(execute: Any, sql: str, *rest: Any) -> Any:
        if part in sql:
            return execute("SELECT * FROM a_table_that_is_gone", (), *rest[1:])
        return execute(sql, *rest)

    ask(officer, STRANGER)
    with connection.execute_wrapper(cut):
        answers = ask(officer, *ALL)

    assert {each.outcome for each in answers} == {Outcome.FAILED}
    assert not any(each.findings for each in answers)
    assert not recorded(Act.SHOWN, "reference")


@pytest.mark.clause("A49")
def test_briefing_that_is_missing_answers_nothing(council: Council, entries: list[Entry]) -> None:
    unbriefed = make_person("unbriefed")
    grant(council, unbriefed)

    with pytest.raises(BriefingLapsed):
        ask(unbriefed, *ALL)

    assert not recorded(Act.CHECKED, "outcome")


def test_question_more_costs_one_query_more(entries: list[Entry], officer: Any) -> None:
    def cost(count: int) -> int:
        return fewest_queries(lambda: ask(officer, *[STRANGER] * count))

    assert (cost(20) - cost(10), cost(60) - cost(20)) == (10, 40)


def test_no_question_is_no_check(entries: list[Entry], officer: Any) -> None:
    assert ask(officer) == []
    assert not recorded(Act.CHECKED, "outcome")
