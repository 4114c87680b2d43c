"""What a plan of a meeting must say, and when the panel meets too seldom (B6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cautionary_plugin.rules.errors import BadInput, NotReady
from cautionary_plugin.rules.meetings import Gap, check_may_open, check_plan, gaps
from cautionary_plugin.rules.vocabulary import MeetingMode

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan(**told: object) -> None:
    facts = {
        "starts_at": NOW + DAY,
        "ends_at": NOW + DAY + 2 * HOUR,
        "mode": MeetingMode.BOTH,
        "place": "Committee Room 4",
        "link": "https://meet.weldham.example/panel",
        "at": NOW,
    }
    check_plan(**(facts | told))  # type: ignore[arg-type]


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"starts_at": NOW, "ends_at": NOW + HOUR}, {"starts_at"}),
        ({"starts_at": NOW - HOUR, "ends_at": NOW + HOUR}, {"starts_at"}),
        ({"starts_at": NOW + 800 * DAY, "ends_at": NOW + 800 * DAY + HOUR}, {"starts_at"}),
        ({"ends_at": NOW + DAY}, {"ends_at"}),
        ({"ends_at": NOW + DAY - HOUR}, {"ends_at"}),
        ({"ends_at": NOW + 2 * DAY}, {"ends_at"}),
        ({"place": ""}, {"place"}),
        ({"link": ""}, {"link"}),
        ({"place": "", "link": ""}, {"place", "link"}),
        ({"place": "", "mode": MeetingMode.IN_PERSON}, {"place"}),
        ({"link": "", "mode": MeetingMode.ONLINE}, {"link"}),
    ],
)
def test_plan_that_nobody_could_keep_is_refused(told: dict, wrong: set[str]):
    with pytest.raises(BadInput) as refusal:
        plan(**told)
    assert set(refusal.value.problems) == wrong


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    "told",
    [
        {},
        {"link": "", "mode": MeetingMode.IN_PERSON},
        {"place": "", "mode": MeetingMode.ONLINE},
    ],
)
def test_each_way_to_meet_needs_what_it_needs(told: dict):
    plan(**told)


def test_meeting_opens_two_hours_before_its_time_and_not_earlier():
    check_may_open(NOW + 2 * HOUR, at=NOW)
    with pytest.raises(NotReady):
        check_may_open(NOW + 2 * HOUR + timedelta(seconds=1), at=NOW)


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    ("held", "planned", "found"),
    [
        ([], [], [Gap(None, None)]),
        ([], [5], []),
        ([-10], [], []),
        ([-35], [], []),
        ([-36], [], [(-36, None, False)]),
        ([-10], [25], []),
        ([-10], [26], [(-10, 26, False)]),
        ([-40], [3], [(-40, 3, False)]),
        ([-80, -10], [5], [(-80, -10, True)]),
        ([-80, -50, -20, 0], [30], []),
        ([-36], [-2], [(-36, None, False)]),  # planned, never held: it does not count
    ],
)
def test_gap_longer_than_the_setting_is_found(held: list, planned: list, found: list):
    today = date(2026, 12, 2)

    def on(offset: int | None) -> date | None:
        return None if offset is None else today + timedelta(days=offset)

    wanted = [
        each if isinstance(each, Gap) else Gap(on(each[0]), on(each[1]), is_over=each[2])
        for each in found
    ]
    days = [on(each) for each in held], [on(each) for each in planned]
    assert gaps(held=days[0], planned=days[1], today=today, most=35) == wanted  # type: ignore[arg-type]
