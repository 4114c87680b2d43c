"""The arithmetic that the benches' tables rest on."""

from math import isnan

import pytest

from benchmarks.figures import p95, share, threshold


def test_p95_is_the_nearest_rank_in_milliseconds() -> None:
    assert p95([number / 1000 for number in range(1, 101)]) == pytest.approx(95)


def test_p95_of_one_is_that_one() -> None:
    assert p95([0.004]) == pytest.approx(4)


def test_p95_of_few_is_the_slowest() -> None:
    assert p95([0.001, 0.009, 0.002]) == pytest.approx(9)


def test_threshold_lets_one_in_a_hundred_go() -> None:
    scores = [number / 100 for number in range(100)]

    least = threshold(scores, 0.99)

    assert sum(score >= least for score in scores) == 99


@pytest.mark.parametrize("recall", [0.95, 0.99, 0.9, 0.5])
@pytest.mark.parametrize("count", [1, 7, 20, 100, 199])
def test_threshold_keeps_the_recall_and_is_the_highest_that_does(count: int, recall: float) -> None:
    scores = [number / count for number in range(count)]

    least = threshold(scores, recall)

    assert sum(score >= least for score in scores) >= recall * count
    assert sum(score > least for score in scores) < recall * count


def test_threshold_keeps_everybody_of_few() -> None:
    assert threshold([0.7, 0.2, 0.9], 0.99) == 0.2


def test_threshold_where_many_tie_keeps_them_all() -> None:
    assert threshold([0.5] * 50 + [1.0] * 50, 0.95) == 0.5


def test_share_of_nothing_is_no_number() -> None:
    assert share([True, False, False, True]) == 0.5
    assert isnan(share([]))
