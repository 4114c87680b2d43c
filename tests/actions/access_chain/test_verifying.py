"""Each line hangs on the one before, so that any change shows (L5)."""

from datetime import timedelta
from typing import Any

import pytest

from cautionary_plugin.access import chain
from cautionary_plugin.access.chain import Verified, verify
from cautionary_plugin.actions import access_chain
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.access_chain import link_lines
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.chain import GENESIS, Anchor, ChainedLine, digest_of
from cautionary_plugin.rules.errors import ChainBroken
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.access_chain.lines import TAMPERING, sql, written
from tests.factors import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]


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
