"""How long to wait, in words."""

import pytest

from cautionary_plugin.rules.waiting import in_words, too_many_attempts


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (240, "4 minutes"),
        (3_601, "2 hours"),
        (86_400, "1 day"),
        (86_401, "2 days"),
    ],
)
def test_in_words_rounds_up(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


def test_too_many_attempts_says_how_long() -> None:
    refusal = too_many_attempts(240)

    assert "4 minutes" in str(refusal)
    assert refusal.wait_seconds == 240
