"""Lists are bounded to so many checks an hour; whoever is refused is told when and what to do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Entry, ReadingGrant
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    PLANTED,
    Council,
    ask,
    found_council,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.staff.rounds import END, STRANGER, check, checked, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Client:
    return through_the_door(make_reader(council))


@pytest.mark.clause("L5")
def test_lists_of_an_hour_are_bounded_and_one_check_always_goes(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_API_CHECKS = 3

    assert "End of the list" in text(check(officer, STRANGER, STRANGER))
    refused = check(officer, STRANGER, PLANTED)
    assert refused.status_code == 400
    assert "At most 3 checks" in text(refused)
    assert f"{STRANGER}\n{PLANTED}</textarea>" in text(refused)
    assert "Do not visit alone." not in text(refused)
    assert checked() == 2
    assert "Do not visit alone." in text(ask(officer, PLANTED))
    assert "Do not visit alone." in text(ask(officer, PLANTED))


@pytest.mark.parametrize(
    ("phone", "whom"), [("01632 960999", "ring 01632 960999"), ("", "ring your manager")]
)
def test_list_that_is_refused_says_what_is_left_until_when_and_what_to_do(
    entry: Entry, officer: Client, settings: Any, phone: str, whom: str
) -> None:
    settings.CAUTIONARY_API_CHECKS = 3
    settings.CAUTIONARY_DUTY_PHONE = phone
    user = ReadingGrant.objects.get().user
    for minutes in (20, 10):
        then = timezone.now() - timedelta(minutes=minutes)
        AccessRecord.objects.create(at=then, act=Act.CHECKED, user=user, user_key=str(user.pk))

    refused = text(check(officer, STRANGER, PLANTED))
    text(check(officer, STRANGER))
    after = text(check(officer, STRANGER))

    assert "At most 3 checks and reports an hour: 1 is left, and 2 were asked for." in refused
    assert re.search(r"2 are possible in (39|40) minutes\.", refused)
    assert "Until then check the next visit by itself: one check always goes." in refused
    assert f"If you cannot, {whom} before you go." in refused
    assert "none is left. The next is possible in" in after


def test_list_that_is_too_long_for_any_hour_is_to_be_divided(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_API_CHECKS = 1

    refused = text(check(officer, STRANGER, PLANTED))

    assert "At most 1 checks and reports an hour, and these are 2 at once. Send fewer." in refused


@pytest.mark.clause("L5")
def test_lists_that_are_sent_before_they_are_read_are_bounded_all_the_same(
    entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_API_CHECKS = 12
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"

    sent = [check(officer, *[STRANGER] * 11, PLANTED) for _list in range(3)]
    first, *others = map(text, sent)
    by_themselves = "Check each visit that was not checked by itself. If you cannot, ring 01632 960"

    assert checked() == 12
    assert "1 of 12 visits found something" in first
    assert by_themselves not in first
    for other in others:
        assert "12 visits were not checked" in other
        assert by_themselves in other
        assert re.search(rf"12\. {PLANTED}\s*<br>.*At most 12 checks and reports an hour", other)
        assert END in other
