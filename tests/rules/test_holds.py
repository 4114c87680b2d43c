"""A hold has a reason and an end."""

from datetime import date

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.holds import check_hold

TODAY = date(2026, 12, 2)


@pytest.mark.clause("L13")
@pytest.mark.parametrize("ends_on", [date(2026, 12, 3), date(2028, 12, 2)])
def test_hold_with_reason_and_end_is_fine(ends_on: date) -> None:
    check_hold(reason="Claim 4/26 in the county court", ends_on=ends_on, on=TODAY)


@pytest.mark.parametrize(
    ("reason", "ends_on", "fields"),
    [
        ("  ", date(2027, 1, 1), {"reason"}),
        ("Claim", date(2026, 12, 2), {"ends_on"}),
        ("Claim", date(2028, 12, 3), {"ends_on"}),
        ("", date(2020, 1, 1), {"reason", "ends_on"}),
    ],
)
def test_hold_without_reason_or_end(reason: str, ends_on: date, fields: set[str]) -> None:
    with pytest.raises(BadInput) as refusal:
        check_hold(reason=reason, ends_on=ends_on, on=TODAY)

    assert set(refusal.value.problems) == fields
