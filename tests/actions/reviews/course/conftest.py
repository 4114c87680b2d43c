"""A scene with a review."""

import pytest

from cautionary_plugin.actions.reviews import (
    open_review,
)
from cautionary_plugin.models import Review
from tests.entry_with_past import Scene, set_scene


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def review(scene: Scene) -> Review:
    return open_review(entry=scene.entry, by=scene.director, at=scene.at)
