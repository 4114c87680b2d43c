"""Everybody at the panel's table, each in their own browser and behind their own second factor."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from cautionary_plugin.models import Authenticator
from tests.browser.pictures import Take, tall
from tests.factors import shown_on_phone
from tests.panel import Panel

# Which device everybody uses: the clerk and the chair sit at desks, members look at their phones.
DEVICES = {
    "clerk": "desk-light",
    "chair": "desk-dark",
    "complaints": "phone-dark",
    "care": "phone-light",
    "deputy": "phone-light",
    "equality": "phone-light",
}
DESK = "desk-light"


@contextmanager
def clock(moment: datetime) -> Iterator[None]:
    """It is this moment, and time goes on from there."""
    with time_machine.travel(moment, tick=True):
        yield


@dataclass
class Table:
    """Who takes part, and the page that each has open."""

    panel: Panel
    people: dict[str, Any]
    open_page: Callable[[str], Page]
    sign_in: Callable[[Page, Any], Any]
    fine: Callable[[Page], None]
    take: Take
    pages: dict[str, Page] = field(default_factory=dict)
    signed_in: set[str] = field(default_factory=set)

    def arrives(self, name: str) -> Page:
        """Somebody signs in with a password, types the digits of their phone, and has a page."""
        self.leaves(name)
        page = self.open_page(DEVICES.get(name, DESK))
        page.set_default_timeout(60_000)  # the first PDF of a process looks for all its fonts
        if DEVICES.get(name, DESK).startswith("desk"):
            page.set_viewport_size({"width": 1280, "height": 800})
        person = self.people[name]
        self.sign_in(page, person)
        page.goto("/admin/cautionary/worklist/")
        self.types_the_code(page, name)
        expect(page.get_by_role("heading", name="What waits for me")).to_be_visible()
        self.pages[name] = page
        return page

    def types_the_code(self, page: Page, name: str) -> None:
        """The second factor, at the door."""
        device = Authenticator.objects.get(user=self.people[name], confirmed=True)
        page.get_by_label("Six-digit code").fill(shown_on_phone(device))
        page.get_by_role("button", name="Continue").click()
        self.signed_in.add(name)

    def leaves(self, name: str) -> None:
        """Their browser is closed."""
        page = self.pages.pop(name, None)
        if page is not None:
            page.context.close()

    def everybody_leaves(self) -> None:
        for name in list(self.pages):
            self.leaves(name)

    def of(self, name: str) -> Page:
        """The page that somebody has open, signed in if they have none."""
        return self.pages.get(name) or self.arrives(name)

    def show(self, page: Page, name: str) -> None:
        """Without fault, and in two pictures: what is seen at first, and the whole."""
        self.fine(page)
        self.take(page, f"panel-{name}")
        tall(self.take)(page, f"panel-{name}-tall")


def menu(page: Page, label: str) -> None:
    """Choose something in the package's own menu, as everybody finds it."""
    if (page.viewport_size or {})["width"] < 800:
        page.get_by_role("button", name="Toggle sidebar").click()
    link = page.locator(".sidebar").get_by_role("link", name=label, exact=True)
    if not link.is_visible():
        page.locator(".sidebar").get_by_role("button", name="Cautionary register").click()
    link.click()


def named(label: str, of: str) -> re.Pattern[str]:
    """The name of a button or link that says, unseen, what it is about."""
    return re.compile(rf"^{re.escape(label)}\s*: {re.escape(of)}")


def to_meeting(page: Page, on: str) -> None:
    """From anywhere to the page of the meeting on this day."""
    menu(page, "Panel")
    page.get_by_role("link", name=on).first.click()
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()


def to_item(page: Page, on: str, reference: str) -> None:
    """From anywhere to an item of the meeting."""
    to_meeting(page, on)
    page.get_by_role("link", name=named("Go to the item", reference)).click()
    expect(page.get_by_role("heading", name=reference).first).to_be_visible()


def task(page: Page, what: str, reference: str = "") -> None:
    """Take up what stands on the worklist."""
    menu(page, "What waits for me")
    page.get_by_role("link", name=what).filter(has_text=reference).first.click()
