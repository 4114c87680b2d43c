"""When a second factor still counts."""

from datetime import UTC, datetime, timedelta

import pytest

from cautionary_plugin.rules.errors import SecondFactorMissing
from cautionary_plugin.rules.second_factor import check_age, check_recent

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIMITS = {"idle": 30 * MINUTE, "whole": 600 * MINUTE}


@pytest.mark.parametrize("age", [0, 599])
def test_check_age_lets_pass_within_the_whole_age(age: int) -> None:
    check_age(NOON - age * MINUTE, seen_at=NOON - MINUTE, at=NOON, **LIMITS)


@pytest.mark.parametrize("age", [600, 10_000, -1])
def test_check_age_refuses_the_too_old_and_the_future(age: int) -> None:
    with pytest.raises(SecondFactorMissing):
        check_age(NOON - age * MINUTE, seen_at=NOON, at=NOON, **LIMITS)


def test_check_age_refuses_after_an_idle_time() -> None:
    check_age(NOON - 60 * MINUTE, seen_at=NOON - 29 * MINUTE, at=NOON, **LIMITS)

    with pytest.raises(SecondFactorMissing):
        check_age(NOON - 60 * MINUTE, seen_at=NOON - 30 * MINUTE, at=NOON, **LIMITS)


def test_check_age_counts_a_new_proof_as_presence() -> None:
    check_age(NOON - 5 * MINUTE, seen_at=NOON - 300 * MINUTE, at=NOON, **LIMITS)


def test_check_recent_refuses_the_older() -> None:
    check_recent(NOON - 10 * MINUTE, at=NOON, within=10 * MINUTE)

    with pytest.raises(SecondFactorMissing):
        check_recent(NOON - 11 * MINUTE, at=NOON, within=10 * MINUTE)
