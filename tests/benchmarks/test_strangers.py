"""Which strangers would be called found, at a recall of those who are listed."""

import pytest

from benchmarks import strangers
from benchmarks.asking import Asked
from benchmarks.goals import Goals
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Match, Question

BORN = Question(name="Ann Quill", born_on="1/2/1970")


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        (Question(name="Ann Quill"), "name"),
        (BORN, "name + date"),
        (Question(name="Ann Quill", address="7 Gantry Mews"), "name + address"),
        (Question(name="Quill", address="Gantry Mews"), "name + street"),
        (Question(address="Gantry Mews", postcode="WX1 9ZZ"), "address"),
        (Question(phone="07700 900123"), "number"),
        (Question(anything="Ann Quill 7 Gantry Mews"), "one box"),
    ],
)
def test_shape_names_what_was_typed(question: Question, shape: str) -> None:
    assert strangers.shape(question) == shape


def _listed(score: float, kind: str = "slip, date") -> Asked:
    return Asked(Trial(kind, BORN, "1"), [Match("1", "strong", score)], 0)


def _stranger(score: float, who: str = "stranger") -> Asked:
    return Asked(Trial(f"{who}: name, date", BORN, None), [Match("9", "possible", score)], 0)


def test_measure_counts_strangers_at_the_score_that_keeps_99_of_100(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = [_listed(0.1), *(_listed(0.8) for _ in range(99))]
    others = [_stranger(0.5), _stranger(0.79), _stranger(0.2), _stranger(0.8, "namesake")]
    goals = Goals()

    strangers.measure("10,000", listed, others, goals)
    goals.print()

    printed = capsys.readouterr().out
    row = next(line for line in printed.splitlines() if line.startswith("| name + date "))
    assert "0.8000" in row
    assert "25.00%" in row
    assert "0.00%" in row.rsplit("|", 2)[1]
    assert "25.00%" in printed.split("strangers found: name + date")[1].splitlines()[0]


def test_measure_keeps_wrong_facts_in_a_row_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = [_listed(0.8), _listed(0.3, "slip, wrong date")]

    strangers.measure("10,000", listed, [_stranger(0.5)], Goals())

    right, wrong = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("| name + date")
    ]
    assert "0.8000" in right
    assert "wrong ones too" in wrong
    assert "0.3000" in wrong
