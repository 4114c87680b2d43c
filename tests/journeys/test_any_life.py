"""Whatever people do, in whatever order and at whatever time: what must never be the case."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.lives import AnyLife


def _run(*, lives: int, steps: int) -> None:
    run_state_machine_as_test(
        AnyLife,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.clause("A32")
@pytest.mark.clause("A22")
@pytest.mark.django_db
def test_whatever_happens_some_things_never_do() -> None:
    _run(lives=6, steps=25)


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_happens_in_many_lives_some_things_never_do() -> None:
    _run(lives=25, steps=30)
