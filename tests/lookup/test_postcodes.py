"""Postcodes as they are typed."""

import pytest

from cautionary_plugin.lookup import postcodes


@pytest.mark.parametrize("written", ["SG10 1AB", "sg101ab", "SGI0 IAB", "SG1O 1AB", "S G10-1AB"])
def test_canonical_is_the_same_however_it_is_written(written: str) -> None:
    assert postcodes.canonical(written) == postcodes.canonical("SG10 1AB")


def test_canonical_keeps_neighbours_apart() -> None:
    assert postcodes.canonical("SG10 1AB") != postcodes.canonical("SG10 1AD")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("14 mill road sg10 1ab", "14 mill road"),
        ("sg1o1ab 14 mill road", "14 mill road"),
        ("14 mill road sgioiab", "14 mill road"),
        ("14 mill road, sgio iab", None),
        ("collier", None),
        ("117 oak place", None),
        ("the 2nd of may", None),
    ],
)
def test_take_finds_a_postcode_and_mistakes_nothing_else_for_one(
    text: str, rest: str | None
) -> None:
    found, left = postcodes.take(text)
    if rest is None:
        assert (found, left) == ("", text)
    else:
        assert found == postcodes.canonical("sg10 1ab")
        assert left.split() == rest.split()


def test_sector_is_shared_by_neighbours() -> None:
    one, other = (postcodes.canonical(code) for code in ("SG10 1AB", "SG10 1XY"))
    assert postcodes.sector(one) == postcodes.sector(other) != ""
