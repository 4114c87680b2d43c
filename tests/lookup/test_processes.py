"""What one process of the site commits, the next check of every other knows (L4, L7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.lookup_state import begin_anew
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import CaseFile, Entry, LookupState
from cautionary_plugin.rules.vocabulary import Purpose
from tests.council import PLANTED, Council, found_council, list_entries, make_reader, row
from tests.lookup.other import Other

ASKED = {"name": PLANTED, "postcode": "WX1 9ZZ"}
ADA = {"name": "Ada Fenwick", "postcode": "WX2 1AA"}
NONE, FAILED = ["none"], ["failed"]
MANY_YEARS = timedelta(days=365 * 20)


@pytest.fixture
def council(transactional_db: None) -> Council:
    return found_council()


@pytest.fixture
def officer(council: Council) -> Any:
    return make_reader(council)


def here(officer: Any, **boxes: str) -> list[str]:
    """The outcome of a check in this process, and the references that were found."""
    question, now = Question(**boxes), timezone.now()
    answer = check_register(question=question, purpose=Purpose.HOME_VISIT, by=officer, at=now)
    return [answer.outcome.value, *sorted(each.entry.reference for each in answer.findings)]


@pytest.mark.clause("L4")
def test_entry_of_one_process_is_found_by_the_others_until_it_ends(
    council: Council, officer: Any
) -> None:
    with Other(council, officer) as one, Other(council, officer) as two:
        assert [one.check(**ASKED), two.check(**ASKED), here(officer, **ASKED)] == [NONE] * 3

        made = one.list()
        found = [one.check(**ASKED), two.check(**ASKED), here(officer, **ASKED)]
        two.end(made)
        ended = [one.check(**ASKED), two.check(**ASKED), here(officer, **ASKED)]

        assert found == [["found", made]] * 3
        assert ended == [NONE] * 3


@pytest.mark.clause("L7")
def test_erased_entry_is_found_by_no_process(council: Council, officer: Any) -> None:
    kept, erased = list_entries(council, row(**ADA), row())
    with Other(council, officer) as other:
        assert other.check(**ASKED) == ["found", erased.reference]

        Entry.objects.filter(pk=erased.pk).update(expires_at=timezone.now())
        lapse_entries(at=timezone.now())
        Entry.objects.filter(pk=kept.pk).update(expires_at=timezone.now() + 2 * MANY_YEARS)
        erase_due(at=timezone.now() + MANY_YEARS)

        assert list(CaseFile.objects.all()) == [kept.case_file]
        assert (other.check(**ASKED), here(officer, **ASKED)) == (NONE, NONE)
        assert other.check(**ADA) == ["found", kept.reference]


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("busy", "opened"),
    [
        ("nobody", 1),  # the index was whole: only what is new is opened
        ("searching", 1),
        ("refreshing", 2),  # half done: filled anew
    ],
)
def test_forked_process_answers_whatever_its_parent_was_doing(
    council: Council, officer: Any, busy: str, opened: int
) -> None:
    (first,) = list_entries(council)
    with Other(council, officer) as other:
        assert other.check(**ASKED) == ["found", first.reference]
        if busy == "refreshing":
            (second,) = list_entries(council, row(**ADA))
        other.fork(busy)
        if busy != "refreshing":
            (second,) = list_entries(council, row(**ADA))

        assert other.check(**ADA) == ["found", second.reference]
        assert other.opened == opened
        assert other.check(**ASKED) == ["found", first.reference]
        other.end(first.reference)
        assert (other.check(**ASKED), here(officer, **ASKED)) == (NONE, NONE)


@pytest.mark.clause("L4")
def test_counter_that_is_lost_fails_the_check_of_every_process_until_it_is_counted_again(
    council: Council, officer: Any
) -> None:
    kept, ended = list_entries(council, row(**ADA), row())
    with Other(council, officer) as other:
        assert other.check(**ASKED) == ["found", ended.reference]
        LookupState.objects.all().delete()

        assert (other.check(**ASKED), here(officer, **ASKED)) == (FAILED, FAILED)
        other.end(ended.reference)  # nothing that must end waits for the counter
        made = other.list(name="Wilfreda Stoneycroft", address="3 High Row", postcode="WX3 1AA")
        assert (other.check(**ADA), here(officer, **ADA)) == (FAILED, FAILED)

        assert begin_anew(count_again=True) == (1, 2)
        assert (other.check(**ASKED), here(officer, **ASKED)) == (NONE, NONE)
        assert other.check(**ADA) == here(officer, **ADA) == ["found", kept.reference]
        assert other.check(name="Wilfreda Stoneycroft") == ["found", made]
