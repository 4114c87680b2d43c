"""Fact and not hearsay (A3)."""

import pytest

from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.hearsay import check_first_hand

pytestmark = pytest.mark.clause("A3")


def test_hearsay_alone_is_refused_in_a_plain_sentence() -> None:
    with pytest.raises(NotReady, match="hearsay alone") as refusal:
        check_first_hand(seen="  ", accounts=0, evidence=0)

    assert refusal.value.missing == [str(refusal.value)]


@pytest.mark.parametrize(
    "known",
    [
        {"seen": "I saw it.", "accounts": 0, "evidence": 0},
        {"seen": "", "accounts": 1, "evidence": 0},
        {"seen": "", "accounts": 0, "evidence": 1},
    ],
    ids=["seen", "account", "evidence"],
)
def test_one_thing_more_than_hearsay_is_enough(known: dict) -> None:
    check_first_hand(**known)
