"""A round that is read slowly: each ten are asked at their own instant, and not as of its start."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Authenticator, Entry, ReadingGrant
from cautionary_plugin.rules.vocabulary import Act
from tests.council import PLANTED, Council, list_entries, make_reader, through_the_door
from tests.staff.rounds import END, STRANGER, check, checked, text

pytestmark = pytest.mark.django_db

TWELVE = [STRANGER] * 11 + [PLANTED]


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Client:
    return through_the_door(make_reader(council))


def begun(officer: Client) -> Iterator[bytes]:
    """A round of which ten are checked, and the last two not yet."""
    pieces = iter(check(officer, *TWELVE).streaming_content)
    next(pieces), next(pieces)
    assert checked() == 10
    return pieces


def rest(pieces: Iterator[bytes], *, minutes: int = 0) -> str:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        return b"".join(pieces).decode()


def test_round_that_nothing_happens_to_finds(entry: Entry, officer: Client) -> None:
    assert "Do not visit alone." in rest(begun(officer), minutes=20)


def _account_is_shut() -> None:
    account = ReadingGrant.objects.get().user
    account.is_active = False
    account.save()


def _phone_is_taken_back() -> None:
    Authenticator.objects.all().delete()


def _nothing() -> None:
    pass


def assert_told_nothing(shown: str) -> None:
    assert "2 visits were not checked" in shown
    assert "Do not visit alone." not in shown
    assert END in shown
    assert checked() == 10
    assert AccessRecord.objects.filter(act=Act.REFUSED).count() == 1


@pytest.mark.clause("A5")
@pytest.mark.parametrize(
    ("happens", "minutes"),
    [
        (_account_is_shut, 0),
        (_phone_is_taken_back, 0),
        (_nothing, 31),  # and so the second factor lapses
    ],
)
def test_who_may_no_more_is_told_nothing_of_the_rest(
    entry: Entry, officer: Client, happens: Callable[[], Any], minutes: int
) -> None:
    pieces = begun(officer)
    happens()

    assert_told_nothing(rest(pieces, minutes=minutes))


@pytest.mark.clause("A40")
def test_whose_grant_runs_out_meanwhile_is_told_nothing_of_the_rest(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_VERIFIED_IDLE = settings.CAUTIONARY_VERIFIED_FOR = timedelta(days=3)
    ReadingGrant.objects.update(ends_on=timezone.localdate() + timedelta(days=1))

    assert_told_nothing(rest(begun(officer), minutes=24 * 60))


@pytest.mark.clause("L5")
def test_lists_that_lie_unread_for_an_hour_take_up_the_hour_in_which_they_are_read(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_API_CHECKS = 12
    settings.CAUTIONARY_VERIFIED_IDLE = timedelta(hours=3)
    lies = check(officer, *[STRANGER] * 12)

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        text(lies)
        another = check(officer, *TWELVE)

        assert another.status_code == 400
        assert "none is left" in text(another)
        assert checked() == 12
        assert set(AccessRecord.objects.filter(act=Act.CHECKED).values_list("at", flat=True)) == {
            timezone.now()
        }
