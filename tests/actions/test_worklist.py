"""What waits for whom: each duty on the list of the post that has it, and on no other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers
from cautionary_plugin.actions.complaints import acknowledge_complaint, record_complaint
from cautionary_plugin.actions.quarterly import list_of_quarter, sign_quarterly_check
from cautionary_plugin.actions.reviews import open_review, propose_review
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.admin.worklist.tasks import SCREENS, lines_for
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.duties import POWERS_FOR, Duty, Task, by_due_date
from cautionary_plugin.rules.factors import OF_A_PERSON
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import ReviewOutcome
from tests.council import (
    Council,
    brief,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.letters import ready_to_write
from tests.life import REPORTED, countersigned, entered, head_of_service, submitted

pytestmark = pytest.mark.django_db

WORDS = "She waited at the gate with a crowbar in her hand."


@pytest.fixture
def council() -> Council:
    """With nothing blank, and this quarter's check signed: nothing waits yet."""
    council = found_council()
    ready_to_write(council)
    now = timezone.now()
    digest = list_of_quarter(council.register, at=now).digest
    sign_quarterly_check(register=council.register, digest=digest, by=council.owner, at=now)
    return council


def _post(council: Council, name: str, kind: PostKind) -> Any:
    person = make_person(name)
    hold_post(council, person, kind)
    brief(council, person)
    return person


def _tasks(person: Any, at: datetime | None = None) -> dict[Duty, Task]:
    return {task.duty: task for task in what_waits(standing_of(person, at=at or timezone.now()))}


def test_every_duty_has_a_power_and_a_screen() -> None:
    assert set(POWERS_FOR) == set(SCREENS) == set(Duty)


@pytest.mark.clause("A8")
def test_report_waits_for_the_head_of_service_until_its_day(council: Council) -> None:
    head = head_of_service(council)
    report = submitted(council)

    task = _tasks(head)[Duty.COUNTERSIGN]

    assert (task.reference, task.due_on) == (report.reference, report.countersign_by)


@pytest.mark.clause("A8")
def test_own_report_waits_for_somebody_else(council: Council) -> None:
    head = head_of_service(council)
    submitted(council, head)

    assert Duty.COUNTERSIGN not in _tasks(head)
    assert Duty.COUNTERSIGN in _tasks(council.owner)


def test_countersigned_report_waits_for_the_director_alone(council: Council) -> None:
    report = countersigned(council)

    assert _tasks(council.owner)[Duty.DECIDE].reference == report.reference
    assert Duty.DECIDE not in _tasks(head_of_service(council))


@pytest.mark.clause("A11")
def test_decision_that_waits_for_an_account_says_until_when(council: Council) -> None:
    witness = make_person("witness")
    others = {"others": {"colleagues": [str(witness.pk)], "witnesses": ""}}
    report = countersigned(council, **others)
    due_on = report.statements.get(employee=witness).due_on

    task = _tasks(council.owner)[Duty.DECIDE]

    assert task.note == f"accounts may come until {due_on.day} {due_on:%B}"
    assert task.due_on is not None
    assert task.due_on >= due_on


@pytest.mark.clause("A20")
@pytest.mark.clause("A22")
def test_addition_makes_a_bulletin_and_a_letter_wait(council: Council) -> None:
    entry = entered(council)

    tasks = _tasks(council.owner)

    in_two_days = council.register.calendar.after(timezone.localdate(), 2)
    for duty in (Duty.BULLETIN, Duty.LETTER):
        assert (tasks[duty].reference, tasks[duty].due_on) == (entry.reference, in_two_days)


@pytest.mark.clause("A25")
def test_appeal_waits_for_hearers_and_then_for_those_who_are_named(council: Council) -> None:
    hearers = [_post(council, name, PostKind.CMT_MEMBER) for name in ("cmt", "cmt2", "cmt3")]
    entry, now = entered(council), timezone.now()
    appeal = lodge_appeal(
        entry=entry,
        lodged_on=timezone.localdate(now),
        grounds=WORDS,
        by=council.owner,
        at=now,
    )
    before = _tasks(council.owner)

    name_hearers(appeal=appeal, users=hearers[:2], by=council.owner, at=now)

    assert before[Duty.NAME_HEARERS].reference == appeal.reference
    assert Duty.NAME_HEARERS not in _tasks(council.owner)
    assert [Duty.HEAR in _tasks(hearer) for hearer in hearers] == [True, True, False]


@pytest.mark.clause("L10")
def test_complaint_is_acknowledged_first_and_answered_then(council: Council) -> None:
    entry, now = entered(council), timezone.now()
    complaint = record_complaint(
        about=entry.reference,
        received_on=timezone.localdate(now),
        text=WORDS,
        by=council.owner,
        at=now,
    )
    before = _tasks(council.owner)

    acknowledge_complaint(
        complaint=complaint, acknowledged_on=timezone.localdate(now), by=council.owner, at=now
    )

    assert before[Duty.ACKNOWLEDGE].due_on == complaint.acknowledge_by
    assert Duty.ANSWER not in before
    after = _tasks(council.owner)
    assert (Duty.ACKNOWLEDGE in after, Duty.ANSWER in after) == (False, True)


@pytest.mark.clause("A31")
def test_review_waits_for_the_director_then_for_health_and_safety(council: Council) -> None:
    safety = _post(council, "safety", PostKind.HEALTH_AND_SAFETY)
    end = timezone.now() + timedelta(days=20)
    (entry,) = list_entries(council, row(end_date=f"{end:%d/%m/%Y}"))
    now = timezone.now()
    before = _tasks(council.owner)

    review = open_review(entry=entry, by=council.owner, at=now)
    propose_review(
        review=review,
        outcome=ReviewOutcome.LAPSE,
        factors={factor.value: f"{WORDS} {factor}" for factor in OF_A_PERSON},
        reasons=WORDS,
        by=council.owner,
        at=now,
    )

    assert before[Duty.REVIEW].note == entry.reference
    assert Duty.REVIEW not in _tasks(council.owner)
    assert _tasks(safety)[Duty.SIGN_REVIEW].reference == entry.reference
    assert Duty.SIGN_REVIEW not in _tasks(council.owner)


def test_many_entries_that_lapse_are_one_line(council: Council) -> None:
    end = f"{timezone.now() + timedelta(days=20):%d/%m/%Y}"
    list_entries(council, *(row(name=f"Ada Fenwick {sign}", end_date=end) for sign in "abc"))

    assert _tasks(council.owner)[Duty.REVIEW].note == "3 entries"


@pytest.mark.clause("A30")
def test_next_quarter_the_check_is_owed_again(council: Council) -> None:
    later = timezone.now() + timedelta(days=95)

    assert Duty.QUARTER not in _tasks(council.owner)
    assert Duty.QUARTER in _tasks(council.owner, later)


@pytest.mark.clause("A4")
def test_blank_settings_wait_for_the_owner(council: Council) -> None:
    assert _tasks(council.owner)[Duty.FILL_IN].note.endswith("blanks")  # the policy's links


def test_earliest_day_comes_first_and_what_has_none_last() -> None:
    day = timezone.localdate()
    tasks = [
        Task(Duty.FILL_IN, "a", "a"),
        Task(Duty.LETTER, "b", "b", day + timedelta(days=2)),
        Task(Duty.DECIDE, "c", "c", day),
    ]

    assert [task.reference for task in by_due_date(tasks)] == ["c", "b", "a"]


def test_person_without_a_post_has_no_list(council: Council) -> None:
    submitted(council)

    assert what_waits(standing_of(make_reader(council), at=timezone.now())) == []


def test_number_of_queries_does_not_grow_with_what_waits(council: Council) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            what_waits(standing_of(council.owner, at=timezone.now()))
        return len(caught)

    countersigned(council)
    few = queries()
    for number in range(4):
        submitted(council, make_person(f"reporter{number}"))
        countersigned(council, make_person(f"other{number}"))

    assert queries() == few


# On the screen


@pytest.fixture
def open_as() -> Callable[[Any], Any]:
    def opened(person: Any) -> Any:
        let_into_wagtail(person)
        return through_the_door(person)

    return opened


def test_screen_and_home_page_show_what_waits_and_no_name(
    council: Council, open_as: Callable[[Any], Any]
) -> None:
    report = countersigned(council)
    browser = open_as(council.owner)

    pages = [browser.get(reverse(name)) for name in ("cautionary_worklist", "wagtailadmin_home")]

    for page in pages:
        shown = page.content.decode()
        assert f"Decide on a report: {report.reference}" in shown
        assert REPORTED.split()[1] not in shown
    decide = browser.get(reverse("cautionary_decide_report", args=[report.reference]))
    assert REPORTED in decide.content.decode()


def test_home_page_shows_nothing_before_the_second_factor(council: Council, client: Any) -> None:
    report = countersigned(council)
    let_into_wagtail(council.owner)
    client.force_login(council.owner)

    assert report.reference not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_late_task_stands_out(council: Council) -> None:
    head = head_of_service(council)
    submitted(council)
    later = timezone.now() + timedelta(days=10)

    (line,) = [each for each in lines_for(standing_of(head, at=later)) if each.late]

    assert line.due.startswith("overdue by")


def test_every_line_leads_to_a_screen_that_opens(
    council: Council, open_as: Callable[[Any], Any]
) -> None:
    submitted(council)
    countersigned(council, make_person("other"))
    entered(council, told={"another_person": "Another build and another birth date, as seen."})
    browser = open_as(council.owner)
    lines = lines_for(standing_of(council.owner, at=timezone.now()))

    assert len({line.what for line in lines}) > 4
    assert Entry.objects.exists()
    for line in lines:
        assert browser.get(line.url).status_code == 200, line.what
