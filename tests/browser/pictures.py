"""Screenshots: always taken, kept where ``CAUTIONARY_PICTURES`` says, for docs and for judging."""

import os
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page


class Take(Protocol):
    def __call__(self, page: Page, name: str) -> None: ...


def taker(folder: Path) -> Take:
    """Takes pictures into the folder that was asked for, else into the test's own."""
    wanted = Path(os.environ.get("CAUTIONARY_PICTURES", folder))
    wanted.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.screenshot(path=wanted / f"{name}.png", full_page=True)

    return take


def tall(take: Take) -> Take:
    """Wagtail scrolls inside its page, so that a whole picture of it takes a tall window."""

    def take_tall(page: Page, name: str) -> None:
        size = page.viewport_size or {"width": 1280, "height": 900}
        height = page.evaluate("document.querySelector('.cautionary-admin')?.scrollHeight || 0")
        page.set_viewport_size({"width": size["width"], "height": max(height + 200, 844)})
        take(page, name)
        page.set_viewport_size(size)

    return take_tall
