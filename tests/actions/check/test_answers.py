"""Found or not recorded: what is live by the clock, on the registers that one may read (L1, L4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.check import MOST
from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.lookup import register as lookup_register
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import Briefing, Entry, ReadingGrant
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import BriefingLapsed, NoReadingGrant
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Outcome
from tests.actions.check.asking import STRANGER, ask
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
    assert entry.pk in lookup_register.bring_up_to_date()


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


def test_person_with_a_grant_for_two_registers_checks_both(
    council: Council, entry: Entry, officer: Any
) -> None:
    other = found_council(slug="ub", prefix="UB")
    grant(other, officer)

    answer = ask(officer)

    assert set(answer.registers) == {council.register, other.register}
    assert [finding.entry for finding in answer.findings] == [entry]


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
