"""A review that is open, and the browsers of those who take part in it."""

import pytest
from django.test import Client

from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import Review
from tests.council import browser_of
from tests.entry_with_past import Scene, set_scene


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def review(scene: Scene) -> Review:
    return open_review(entry=scene.entry, by=scene.director, at=scene.at)


@pytest.fixture
def owner(scene: Scene) -> Client:
    return browser_of(scene.director)


@pytest.fixture
def safety(scene: Scene) -> Client:
    return browser_of(scene.safety)
