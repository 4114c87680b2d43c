"""A scene with an appeal, and the browsers of a clerk and a hearer."""

import pytest
from django.test import Client

from cautionary_plugin.models import Appeal
from tests.actions.appeals.course.steps import lodge
from tests.council import browser_of
from tests.entry_with_past import Scene, set_scene


@pytest.fixture
def scene() -> Scene:
    return set_scene()


@pytest.fixture
def appeal(scene: Scene) -> Appeal:
    return lodge(scene)


@pytest.fixture
def clerk(scene: Scene) -> Client:
    return browser_of(scene.clerk)
