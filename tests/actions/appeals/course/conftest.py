"""A scene with an appeal."""

import pytest

from cautionary_plugin.models import Appeal
from tests.actions.appeals.course.steps import lodge
from tests.entry_with_past import Scene, set_scene


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def appeal(scene: Scene) -> Appeal:
    return lodge(scene)
