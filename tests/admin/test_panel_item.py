"""The page on which a clerk runs an item and a member votes (B7, B11, B15–B23, B27)."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.models import (
    AgendaItem,
)
from tests.council import let_into_wagtail, through_the_door
from tests.panel import (
    Panel,
    found_panel,
    opened_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return browser_of(panel.clerk)


def url(item: AgendaItem, step: str = "", *further: Any) -> str:
    name = f"cautionary_item_{step}" if step else "cautionary_item"
    return reverse(name, args=[item.pk, *further])


def text(response: Any) -> str:
    return unescape(response.content.decode())


def test_smoke(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    shown = clerk.get(url(item))
    assert shown.status_code == 200, text(shown)[:3000]
