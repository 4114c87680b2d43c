"""How alike two words are."""

import pytest

from cautionary_plugin.lookup import similar
from cautionary_plugin.lookup.sounds import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("smith", "smyth"),
        ("philip", "filip"),
        ("hughes", "hues"),
        ("catherine", "katherine"),
        ("wright", "rite"),
        ("thompson", "tompson"),
        ("knight", "nite"),
        ("mackenzie", "mckenzie"),
        ("browning", "brownin"),
    ],
)
def test_sound_is_shared_by_names_that_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(("one", "other"), [("smith", "jones"), ("patel", "parker")])
def test_sound_tells_other_names_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize("slip", ["hawtry", "hawtreyy", "hwatrey", "hawtrwy"])
def test_deletion_keys_are_shared_after_one_slip(slip: str) -> None:
    assert similar.deletion_keys(slip) & similar.deletion_keys("hawtrey")


@pytest.mark.parametrize(
    ("typed", "known", "level"),
    [
        ("william", "william", "exact"),
        ("willaim", "william", "close"),
        ("bill", "william", "nickname"),
        ("davy", "david", "nickname"),
        ("chas", "charles", "nickname"),
        ("bertie", "albert", "nickname"),
        ("mohd", "muhammad", "nickname"),
        ("md", "mohammed", "nickname"),
        ("gaz", "gareth", "nickname"),
        ("w", "william", "initial"),
        ("william", "w", "initial"),
        ("hues", "hughes", "close"),
        ("marlo", "carla", "far"),
        ("william", "margaret", None),
    ],
)
def test_compare_names_the_level_of_agreement(typed: str, known: str, level: str | None) -> None:
    assert similar.compare(typed, known, similar.nicknames_of)[0] == level


def test_nicknames_lead_both_ways() -> None:
    assert "bill" in similar.nicknames_of("william")
    assert "william" in similar.nicknames_of("bill")
