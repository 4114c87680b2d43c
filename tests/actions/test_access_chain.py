"""The access record is a chain that the database guards and that shows any change (L5, A40)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection, transaction

from cautionary_plugin.access import chain
from cautionary_plugin.access.chain import Verified, verify
from cautionary_plugin.actions import access_chain
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.access_chain import link_lines
from cautionary_plugin.actions.base import action, rehearse
from cautionary_plugin.migrations import _access_guard as access_guard
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.chain import GENESIS, Anchor, ChainedLine, digest_of
from cautionary_plugin.rules.errors import ChainBroken, NotNow
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON, make_person
from tests.races import in_turn, race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]


def written(count: int = 5) -> list[AccessRecord]:
    """So many lines in the chain, the oldest first."""
    person = make_person()
    for number in range(count):
        record(act=Act.VIEWED, by=person, at=NOON, reference=f"CPR-2026-{number:04d}")
    link_lines()
    return list(AccessRecord.objects.order_by("number"))


def sql(statement: str, *parameters: Any) -> None:
    """Past the package: LINES and CHAIN stand for the two tables."""
    statement = statement.replace("LINES", access_guard.LINES).replace("CHAIN", access_guard.CHAIN)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Somebody who may change tables has taken the triggers away."""
    access_guard.remove(connection)
    yield
    access_guard.install(connection)


def test_each_line_hangs_on_the_one_before() -> None:
    lines = written(3)

    digest = GENESIS
    for number, line in enumerate(lines, start=1):
        told = ChainedLine(
            number=number,
            at=NOON,
            user_key=str(line.user.pk),
            act="viewed",
            purpose="",
            outcome="",
            register="",
            reference=line.reference,
            screen="",
        )
        digest = digest_of(told, after=digest)
        assert (line.number, line.digest) == (number, digest)
    assert verify() == Verified(lines=3, first=1, end=Anchor(3, digest), unlinked=0)


def test_digest_of_a_line_never_changes() -> None:
    """What a message told years ago must come out the same."""
    line = ChainedLine(
        number=7,
        at=NOON,
        user_key="12",
        act="viewed",
        purpose="home_visit",
        outcome="",
        register="1",
        reference="CPR-2026-0001",
        screen="Straße",
    )

    assert digest_of(line, after=GENESIS) == (
        "9c73b1c987bff01114a99637f7587ce411e4bbc0cb1317545798d552e2b1ec33"
    )


TAMPERING = [
    "UPDATE LINES SET act = 'checked' WHERE number = 3",
    "UPDATE LINES SET reference = '' WHERE number = 3",
    "UPDATE LINES SET user_key = '99' WHERE number = 3",
    "UPDATE LINES SET screen = 'other' WHERE number = 3",
    "UPDATE LINES SET at = '2020-01-01 00:00:00+00:00' WHERE number = 3",
    "UPDATE LINES SET number = 30 WHERE number = 3",
    "UPDATE LINES SET number = NULL, digest = '' WHERE number = 3",
    "UPDATE LINES SET digest = '' WHERE number = 3",
    "DELETE FROM LINES WHERE number = 3",
]


@pytest.mark.parametrize("statement", [*TAMPERING, "DELETE FROM LINES"])
def test_database_refuses_to_change_or_delete_a_line(statement: str) -> None:
    lines = written()

    with pytest.raises(IntegrityError):
        sql(statement)

    assert list(AccessRecord.objects.order_by("number")) == lines
    verify()


def test_database_refuses_to_give_a_line_to_another_account() -> None:
    written()
    other = make_person("other")

    with pytest.raises(IntegrityError):
        sql("UPDATE LINES SET user_id = %s WHERE number = 3", other.pk)


def test_database_refuses_to_delete_a_line_that_is_not_linked_yet() -> None:
    record(act=Act.VIEWED, by=None, at=NOON)

    with pytest.raises(IntegrityError):
        sql("DELETE FROM LINES")


def test_database_refuses_to_put_a_line_in_the_place_of_another() -> None:
    first = written()[0]
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with pytest.raises(IntegrityError):
        sql(
            f"{replace} INTO LINES (id, at, user_key, act, purpose, outcome, reference, screen,"
            " digest) VALUES (%s, %s, '', 'checked', '', '', '', '', '')",
            first.pk,
            NOON,
        )


@pytest.mark.django_db(transaction=True)
def test_database_refuses_to_be_emptied() -> None:
    written()

    with pytest.raises((IntegrityError, InternalError, CommandError)):
        call_command("flush", interactive=False, stdout=StringIO())

    assert verify().lines == 5


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("statement", TAMPERING)
def test_chain_names_the_first_line_that_was_changed(statement: str) -> None:
    written()
    sql(statement)

    with pytest.raises(ChainBroken) as broken:
        verify()

    assert broken.value.number == 3


@pytest.mark.usefixtures("unguarded")
def test_chain_shows_a_line_that_was_slipped_in() -> None:
    written()
    sql("UPDATE LINES SET number = number + 100 WHERE number > 2")
    sql("UPDATE LINES SET number = number - 99 WHERE number > 100")
    record(act=Act.VIEWED, by=None, at=NOON)
    sql("UPDATE LINES SET number = 3, digest = %s WHERE number IS NULL", "ab" * 32)
    sql("UPDATE CHAIN SET last_number = 6")

    with pytest.raises(ChainBroken, match="Line 3"):
        verify()


@pytest.mark.usefixtures("unguarded")
def test_end_that_was_cut_off_shows_against_the_head() -> None:
    written()
    sql("DELETE FROM LINES WHERE number > 3")

    with pytest.raises(ChainBroken, match="Line 4 is missing"):
        verify()


@pytest.mark.usefixtures("unguarded")
def test_end_that_was_cut_off_with_the_head_shows_against_an_anchor_outside() -> None:
    lines = written()
    told = Anchor(5, lines[4].digest)
    sql("DELETE FROM LINES WHERE number > 3")
    sql("UPDATE CHAIN SET last_number = 3, last_digest = %s", lines[2].digest)

    assert verify().lines == 3
    with pytest.raises(ChainBroken, match="ends at line 3, and line 5 was told outside"):
        verify(anchors=[told])


@pytest.mark.usefixtures("unguarded")
def test_chain_that_was_made_anew_shows_against_an_anchor_outside() -> None:
    told = Anchor(5, written()[4].digest)
    sql("DELETE FROM LINES WHERE number = 2")
    sql("UPDATE LINES SET number = NULL, digest = ''")
    sql("UPDATE CHAIN SET last_number = 0, last_digest = %s", GENESIS)
    record(act=Act.VIEWED, by=None, at=NOON)
    link_lines()

    assert verify().lines == 5
    with pytest.raises(ChainBroken) as broken:
        verify(anchors=[told])

    assert broken.value.number == 5


def test_account_that_the_host_deletes_leaves_the_chain_whole() -> None:
    lines = written()
    lines[0].user.delete()

    assert verify().lines == 5
    assert set(AccessRecord.objects.values_list("user", flat=True)) == {None}


def test_walk_goes_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cautionary_plugin.access.chain.BATCH", 2)
    written(5)

    assert verify().lines == 5


def test_many_lines_are_linked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_chain, "BATCH", 2)

    assert [line.number for line in written(5)] == [1, 2, 3, 4, 5]


def test_old_lines_are_erased_in_front_of_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk begins again where the record begins now."""
    written(5)
    walk, erased = chain._walk, []

    def overtaken(*arguments: Any) -> Verified:
        if not erased:
            erased.append(access_chain.erase_tail(before=NOON + timedelta(days=1), most=2))
        return walk(*arguments)

    monkeypatch.setattr(chain, "_walk", overtaken)

    found = verify()

    assert (erased, found.first, found.lines) == ([2], 3, 3)


# When a line gets its place.


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


@pytest.mark.django_db(transaction=True)
def test_lines_of_an_older_version_get_their_places_and_the_guard() -> None:
    lines = written(3)
    migrate = partial(call_command, "migrate", "cautionary_plugin", verbosity=0)
    migrate("0004")
    try:
        sql("UPDATE LINES SET number = NULL, digest = ''")
        sql("DELETE FROM CHAIN")
    finally:
        migrate()

    assert list(AccessRecord.objects.order_by("number").values_list("pk", "digest")) == [
        (line.pk, line.digest) for line in lines
    ]
    assert verify().lines == 3
    with pytest.raises(IntegrityError):
        sql("DELETE FROM LINES")


# The command.


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("cautionary_verify", *arguments, stdout=out)
    return out.getvalue()


def test_command_says_that_all_is_whole_and_where_it_ends() -> None:
    last = written()[-1]

    told = run("--anchor", f"5:{last.digest}")

    assert "5 lines are whole, from line 1 on." in told
    assert f"The end of the chain: 5:{last.digest}" in told


def test_command_fails_and_names_the_line() -> None:
    written()

    with pytest.raises(CommandError, match="Line 5 is not the one that was told outside"):
        run("--anchor", f"5:{'ab' * 32}")


@pytest.mark.parametrize("wrong", ["5", "x:" + "ab" * 32, "5:" + "zz" * 32, "5:ab"])
def test_command_says_how_an_anchor_is_written(wrong: str) -> None:
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        run("--anchor", wrong)


@pytest.mark.usefixtures("unguarded")
def test_command_fails_where_the_guard_is_gone() -> None:
    written()

    with pytest.raises(CommandError, match="does not guard the access record"):
        run()


def test_command_works_on_a_site_where_nothing_was_recorded() -> None:
    assert "0 lines are whole" in run()
