"""Two at one report: one winner, and the other is told; on either database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.countersign import chase_countersignatures, countersign_report
from cautionary_plugin.models import (
    AccessRecord,
    Countersignature,
    Decision,
    Entry,
    IncidentReport,
    Letter,
    LookupState,
    MailKind,
    OutboxMessage,
    StaffBulletin,
)
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, CountersignOutcome, DecisionOutcome
from tests.council import Council, brief, found_council, hold_post
from tests.factors import make_person
from tests.life import countersigned, decided, entered, head_of_service, submitted
from tests.races import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def deputy(council: Council) -> Council:
    """The same council, with its deputy where the owner stands."""
    user = make_person("deputy")
    hold_post(council, user, PostKind.OWNER, as_deputy=True)
    brief(council, user)
    return Council(council.register, user, council.housing, council.revenues)


def sign(report: IncidentReport, by: Any, outcome: str = "confirmed") -> Callable[[], Any]:
    return lambda: countersign_report(
        report=report,
        outcome=CountersignOutcome(outcome),
        reasons="Say on which day it happened.",
        by=by,
        at=timezone.now(),
    )


@pytest.mark.clause("A8")
@pytest.mark.parametrize("other", ["confirmed", "returned"])
def test_two_countersigners_of_one_report(council: Council, other: str) -> None:
    report, director = submitted(council), make_person("director")
    hold_post(council, director, PostKind.DIRECTOR)
    head = head_of_service(council)

    outcomes = race(*[sign(report, head)] * 2, *[sign(report, director, other)] * 2)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert Countersignature.objects.count() == 1
    assert AccessRecord.objects.filter(act=Act.COUNTERSIGNED).count() == 1


@pytest.mark.clause("A10")
def test_two_deciders_of_one_report(council: Council, deputy: Council) -> None:
    report = countersigned(council)

    outcomes = race(
        *[lambda: decided(council, report=report)] * 2,
        lambda: decided(deputy, report=report),
        lambda: decided(deputy, DecisionOutcome.DECLINE, report=report),
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    adds = Decision.objects.get().outcome == DecisionOutcome.ADD
    counts = {model.objects.count() for model in (Entry, StaffBulletin, Letter)}
    assert counts == {int(adds)}
    assert LookupState.objects.filter(entries=1).exists() is adds


@pytest.mark.clause("L3")
def test_two_reports_on_one_person_make_one_entry(council: Council, deputy: Council) -> None:
    reports = [countersigned(council, make_person(name)) for name in ("one", "two")]

    outcomes = race(
        lambda: decided(council, report=reports[0]), lambda: decided(deputy, report=reports[1])
    )

    assert refusals(outcomes) == ["BadInput"]
    assert Entry.objects.count() == LookupState.objects.get().entries == 1


def test_join_against_withdrawal_of_the_entry(council: Council, deputy: Council) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    def withdraw() -> Entry:
        return withdraw_entry(
            entry=entry, reasons="The wrong person.", by=deputy.owner, at=timezone.now()
        )

    outcomes = race(
        lambda: decided(council, DecisionOutcome.JOIN, report=report, join_to=entry), withdraw
    )

    report.case_file.refresh_from_db()
    assert refusals(outcomes) == ([] if report.case_file.joined_to else ["BadInput"])


def test_two_runs_of_the_chase_remind_once(council: Council) -> None:
    report = submitted(council)
    head_of_service(council)
    IncidentReport.objects.filter(pk=report.pk).update(countersign_by="2020-01-01")

    outcomes = race(*[lambda: chase_countersignatures(at=timezone.now())] * 3)

    assert sorted(outcomes) == [0, 0, 1]
    assert OutboxMessage.objects.filter(kind=MailKind.COUNTERSIGN_LATE).count() == 2


def test_loser_is_told_in_a_plain_sentence(council: Council) -> None:
    report = countersigned(council)
    decided(council, report=report)

    with pytest.raises(AlreadyDone, match=r"This report was decided already\."):
        decided(council, report=report)
