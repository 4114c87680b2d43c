"""When a warning is due, what an agreement and an audience take, what a partner says (A41–A45)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.rules.errors import BadInput, NoContact
from cautionary_plugin.rules.sharing import (
    acknowledged_by,
    check_acknowledged_on,
    check_audience,
    check_contact,
    check_terms,
    missing_of,
    warning_due,
)

TODAY = date(2026, 12, 2)
DAY = timedelta(days=1)


@pytest.mark.clause("A43")
def test_without_contact_there_is_no_sharing() -> None:
    check_contact(has_contact=True)
    with pytest.raises(NoContact):
        check_contact(has_contact=False)


@pytest.mark.clause("A45")
@pytest.mark.parametrize(
    ("follows", "indemnifies", "lacking"),
    [
        (True, False, ["indemnifies"]),
        (False, True, ["follows_policy"]),
        (False, False, ["follows_policy", "indemnifies"]),
    ],
)
def test_each_term_that_is_missing_is_told(
    follows: bool, indemnifies: bool, lacking: list[str]
) -> None:
    with pytest.raises(BadInput) as told:
        check_terms(follows_policy=follows, indemnifies=indemnifies)
    assert list(told.value.problems) == lacking


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("agreement", [True, False])
@pytest.mark.parametrize("certificate", [True, False])
def test_everything_that_stands_in_the_way_is_told(
    ended: bool, agreement: bool, certificate: bool
) -> None:
    told = missing_of(ended=ended, agreement=agreement, certificate=certificate)

    assert len(told) == ended + (not agreement) + (not certificate)


@pytest.mark.clause("A46")
@pytest.mark.parametrize(
    ("left", "warned", "due"),
    [
        (31, None, None),
        (30, None, 30),
        (30, 30, None),
        (8, 30, None),
        (7, 30, 7),
        (7, 7, None),
        (3, None, 7),
        (0, 30, 7),
        (-1, None, None),
    ],
)
def test_each_warning_is_due_once(left: int, warned: int | None, due: int | None) -> None:
    assert warning_due(TODAY + left * DAY, on=TODAY, warned=warned) == due


@pytest.mark.clause("L1")
@pytest.mark.parametrize(
    ("reasons", "field"), [({}, ""), ({"housing": "Yes."}, "housing")], ids=["none", "short"]
)
def test_service_without_a_reason_is_not_in_the_audience(
    reasons: dict[Any, str], field: str
) -> None:
    with pytest.raises(BadInput) as told:
        check_audience(reasons, slugs={"housing": "housing"})
    assert list(told.value.problems) == [field]


@pytest.mark.clause("L14")
def test_partner_confirms_after_it_was_told_and_before_it_is_recorded() -> None:
    due = acknowledged_by(TODAY, days=7)
    assert due == TODAY + 7 * DAY
    check_acknowledged_on(TODAY, told_on=TODAY, on=TODAY)
    for wrong in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(BadInput):
            check_acknowledged_on(wrong, told_on=TODAY, on=TODAY)
