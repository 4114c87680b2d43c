"""When a briefing counts, and until when (A49)."""

from datetime import date, timedelta

import pytest

from cautionary_plugin.rules.briefings import (
    SUBJECTS,
    briefed_until,
    check_briefed,
    check_complete,
)
from cautionary_plugin.rules.errors import BadInput, BriefingLapsed

BRIEFED = date(2024, 2, 29)
LAPSES = date(2026, 2, 28)


@pytest.mark.clause("A49")
def test_briefing_counts_until_the_day_before_its_second_anniversary() -> None:
    assert briefed_until(BRIEFED, months=24) == LAPSES
    check_briefed(BRIEFED, on=LAPSES - timedelta(days=1), months=24)

    with pytest.raises(BriefingLapsed):
        check_briefed(BRIEFED, on=LAPSES, months=24)


@pytest.mark.clause("A49")
def test_nobody_reads_without_a_briefing() -> None:
    with pytest.raises(BriefingLapsed, match="not been briefed"):
        check_briefed(None, on=LAPSES, months=24)


@pytest.mark.clause("A49")
@pytest.mark.parametrize("left_out", SUBJECTS)
def test_briefing_that_leaves_a_subject_out_does_not_count(left_out: str) -> None:
    covered = set(SUBJECTS) - {left_out}

    with pytest.raises(BadInput) as refusal:
        check_complete(covered, briefed_on=BRIEFED, on=BRIEFED)

    assert list(refusal.value.problems) == [left_out]


def test_briefing_of_tomorrow_has_not_happened() -> None:
    with pytest.raises(BadInput) as refusal:
        check_complete(set(SUBJECTS), briefed_on=BRIEFED + timedelta(days=1), on=BRIEFED)

    assert list(refusal.value.problems) == ["briefed_on"]
