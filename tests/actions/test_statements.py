"""Accounts of employees: given or declined once, in time, by whom was asked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cautionary_plugin.actions.statements import (
    decline_statement,
    find_own_statement,
    give_statement,
    invite,
)
from cautionary_plugin.models import AccessRecord, Appeal, IncidentReport, Statement
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYours, TooLate
from cautionary_plugin.rules.states import AppealState, ReportState
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, list_entries
from tests.factors import make_person
from tests.life import submitted
from tests.races import race, refusals

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
WORDS = "I stood at the van and saw the spade."


@pytest.fixture
def employee() -> Any:
    return make_person("colleague")


@pytest.fixture
def statement(council: Council, employee: Any) -> Statement:
    submitted(council, at=NOW, others={"colleagues": [str(employee.pk)]})
    return Statement.objects.get()


@pytest.fixture
def comment(council: Council, employee: Any) -> Statement:
    [entry] = list_entries(council)
    appeal = Appeal.objects.create(
        reference="APP-2026-0001",
        case_file=entry.case_file,
        entry=entry,
        lodged_on=date(2026, 12, 1),
        decide_by=date(2026, 12, 30),
        recorded_at=NOW,
        grounds="It was somebody else.",
    )
    [made] = invite(
        employees=[employee],
        case_file=entry.case_file,
        due_on=date(2026, 12, 9),
        at=NOW,
        appeal=appeal,
    )
    return made


ANSWERS = [
    lambda statement, by, at: give_statement(statement=statement, text=WORDS, by=by, at=at),
    lambda statement, by, at: decline_statement(statement=statement, by=by, at=at),
]


@pytest.mark.clause("A11")
def test_account_is_kept_and_recorded(statement: Statement, employee: Any) -> None:
    give_statement(statement=statement, text=f"  {WORDS}\n", by=employee, at=NOW)

    kept = Statement.objects.get()
    assert (kept.text, kept.given_at, kept.declined_at) == (WORDS, NOW, None)
    line = AccessRecord.objects.get(act=Act.STATEMENT)
    assert (line.user, line.reference) == (employee, kept.report.reference)


@pytest.mark.clause("A11")
def test_declining_settles_the_invitation_without_words(
    statement: Statement, employee: Any
) -> None:
    decline_statement(statement=statement, by=employee, at=NOW)

    kept = Statement.objects.get()
    assert (kept.text, kept.given_at, kept.declined_at) == ("", None, NOW)
    assert kept.is_settled_on(NOW.date())
    assert AccessRecord.objects.filter(act=Act.STATEMENT).count() == 1


@pytest.mark.clause("A11")
@pytest.mark.parametrize("answer", ANSWERS, ids=["give", "decline"])
def test_nobody_answers_for_another(council: Council, statement: Statement, answer: Any) -> None:
    for somebody in (council.owner, statement.report.reporter, make_person("other")):
        with pytest.raises(NotYours):
            answer(statement, somebody, NOW)
        with pytest.raises(NotYours):
            find_own_statement(statement.pk, by=somebody)


@pytest.mark.clause("A11")
@pytest.mark.parametrize("answer", ANSWERS, ids=["give", "decline"])
@pytest.mark.parametrize("first", ANSWERS, ids=["given", "declined"])
def test_answer_stays_as_it_is(
    statement: Statement, employee: Any, first: Any, answer: Any
) -> None:
    first(statement, employee, NOW)

    with pytest.raises(AlreadyDone):
        answer(statement, employee, NOW)


@pytest.mark.clause("A11")
@pytest.mark.parametrize("answer", ANSWERS, ids=["give", "decline"])
def test_last_day_counts_and_the_next_says_whom_to_ring(
    statement: Statement, employee: Any, answer: Any
) -> None:
    assert statement.due_on == date(2026, 12, 9)

    with pytest.raises(TooLate, match=r"9 December 2026.*ring the Director \(cpr\)"):
        answer(statement, employee, NOW + timedelta(days=8))
    answer(statement, employee, NOW + timedelta(days=7, hours=11))

    assert Statement.objects.get().is_settled_on(date(2026, 12, 9))


@pytest.mark.clause("A11")
@pytest.mark.parametrize("answer", ANSWERS, ids=["give", "decline"])
def test_no_account_is_taken_after_the_decision(
    statement: Statement, employee: Any, answer: Any
) -> None:
    IncidentReport.objects.update(state=ReportState.DECIDED)

    with pytest.raises(AlreadyDone):
        answer(statement, employee, NOW)


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_account_without_words_is_none(statement: Statement, employee: Any, words: str) -> None:
    with pytest.raises(BadInput):
        give_statement(statement=statement, text=words, by=employee, at=NOW)


@pytest.mark.clause("A26")
def test_comment_on_an_appeal_is_kept(comment: Statement, employee: Any) -> None:
    give_statement(statement=comment, text=WORDS, by=employee, at=NOW)

    assert Statement.objects.get().text == WORDS
    assert AccessRecord.objects.filter(act=Act.STATEMENT, reference="APP-2026-0001").exists()


@pytest.mark.clause("A26")
@pytest.mark.parametrize("state", [AppealState.DECIDED, AppealState.WITHDRAWN])
def test_no_comment_is_taken_after_the_appeal(
    comment: Statement, employee: Any, state: AppealState
) -> None:
    decided = {"decided_at": NOW, "outcome": "dismissed"}
    Appeal.objects.update(state=state, **(decided if state is AppealState.DECIDED else {}))

    with pytest.raises(AlreadyDone):
        give_statement(statement=comment, text=WORDS, by=employee, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_giving_against_declining(statement: Statement, employee: Any) -> None:
    outcomes = race(
        *[lambda answer=answer: answer(statement, employee, NOW) for answer in ANSWERS * 2]
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert AccessRecord.objects.filter(act=Act.STATEMENT).count() == 1
