"""A line gets its place once its act is committed, whoever else writes at the time (L5)."""

import pytest
from django.db import connection, transaction

from cautionary_plugin.access.chain import verify
from cautionary_plugin.actions import access_chain
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.access_chain import link_lines
from cautionary_plugin.actions.base import action, rehearse
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.errors import NotNow
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, make_person
from tests.races import in_turn, race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]


@pytest.mark.django_db(transaction=True)
def test_line_gets_its_place_as_soon_as_its_act_is_committed() -> None:
    with transaction.atomic():
        line = record(act=Act.VIEWED, by=None, at=NOON)
        assert AccessRecord.objects.get().number is None

    line.refresh_from_db()
    assert line.number == 1
    verify()


@pytest.mark.django_db(transaction=True)
def test_act_that_is_taken_back_leaves_no_line_and_no_gap() -> None:
    @action
    def refused() -> None:
        record(act=Act.DECIDED, by=None, at=NOON)
        raise NotNow("Not now.")

    with pytest.raises(NotNow):
        refused()
    rehearse(lambda: record(act=Act.DECIDED, by=None, at=NOON))
    record(act=Act.VIEWED, by=None, at=NOON)

    assert AccessRecord.objects.get().number == 1
    assert verify().lines == 1


@pytest.mark.django_db(transaction=True)
def test_act_stands_when_its_line_cannot_be_linked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(access_chain, "_link_some", broken)
        record(act=Act.VIEWED, by=None, at=NOON)
    assert "could not be linked" in caplog.text
    assert verify().unlinked == 1

    record(act=Act.VIEWED, by=None, at=NOON)

    assert [line.number for line in AccessRecord.objects.order_by("pk")] == [1, 2]
    assert verify().unlinked == 0


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_leave_one_chain() -> None:
    person = make_person()

    def write() -> None:
        for number in range(5):
            record(act=Act.VIEWED, by=person, at=NOON, reference=f"CPR-2026-{number:04d}")

    race(*[write] * 8)

    found = verify()
    assert (found.lines, found.unlinked) == (40, 0)
    assert sorted(AccessRecord.objects.values_list("number", flat=True)) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_eight_writers_and_an_account_that_is_deleted_leave_one_chain() -> None:
    person = make_person()
    for number in range(20):
        record(act=Act.VIEWED, by=person, at=NOON, reference=f"CPR-2026-{number:04d}")

    def write() -> None:
        for _ in range(5):
            record(act=Act.LISTED, by=None, at=NOON)

    race(*[write] * 7, person.delete)

    link_lines()
    assert verify().lines == 55


@pytest.mark.django_db(transaction=True)
def test_act_that_is_not_committed_yet_holds_up_no_other() -> None:
    """So that two acts never wait for each other at the chain, whatever else they lock."""

    def write(reference: str) -> AccessRecord:
        return record(act=Act.VIEWED, by=None, at=NOON, reference=reference)

    in_turn(lambda: write("slow"), lambda: write("quick"))

    order = list(AccessRecord.objects.order_by("number").values_list("reference", flat=True))
    # SQLite has one writer at a time, whoever comes.
    assert order == (["quick", "slow"] if connection.vendor == "postgresql" else ["slow", "quick"])
    assert verify().unlinked == 0
