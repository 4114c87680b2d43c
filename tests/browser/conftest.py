"""A real browser before a real server; whatever the browser complains of fails the test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tests.browser.pictures import Take, taker
from tests.council import through_the_door

PHONE, DESK = (390, 844), (1280, 900)
LOOKS = {
    "phone-light": (PHONE, "light"),
    "phone-dark": (PHONE, "dark"),
    "desk-light": (DESK, "light"),
    "desk-dark": (DESK, "dark"),
}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Complaints(list[str]):
    """What the browser complained of: script errors, lost files, breaches of the policy."""

    def listen_to(self, page: Page) -> None:
        """Hear everything that happens on a page, from before its first document."""
        page.on("console", self.on_console)
        page.on("pageerror", self.on_error)
        page.on("requestfailed", self.on_lost)
        page.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        # A page may well be a refusal: that its status is 403 is no fault (on_response does files).
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.append(f"console: {message.text}")

    def on_error(self, error: Error) -> None:
        self.append(f"script: {error}")

    def on_lost(self, request: Request) -> None:
        # Whoever clicks on before a picture has come takes its request back; nothing is lost.
        if request.failure != "net::ERR_ABORTED":
            self.append(f"no answer: {request.url} ({request.failure})")

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless.

    Playwright keeps an event loop in this thread, which makes Django doubt the whole thread.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "No Chromium here; on Debian: apt install chromium"
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Everything that any page of the test complained of; there must be nothing at its end."""
    heard = Complaints()
    yield heard
    assert heard == []


@pytest.fixture
def open_page(
    chromium: Browser, live_server, complaints: Complaints
) -> Iterator[Callable[[str], Page]]:
    """Opens a page of its own browser session with one of the LOOKS; relative URLs work."""
    contexts: list[BrowserContext] = []

    def open_one(look: str) -> Page:
        (width, height), scheme = LOOKS[look]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=width < 500,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        complaints.listen_to(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(params=LOOKS)
def page(request: pytest.FixtureRequest, open_page: Callable[[str], Page]) -> Page:
    """A page in each of the LOOKS: phone and desk, light and dark."""
    return open_page(request.param)


@pytest.fixture
def phone(open_page: Callable[[str], Page]) -> Page:
    """A page 390 pixels wide."""
    return open_page("phone-light")


@pytest.fixture
def desk(open_page: Callable[[str], Page]) -> Page:
    """A page 1280 pixels wide."""
    return open_page("desk-light")


@pytest.fixture
def sign_in(live_server) -> Callable[..., SessionStore]:
    """Signs a user in with the password only, as ``sign_in(page, user)``; returns the session."""

    def sign_in_on(page: Page, user: object) -> SessionStore:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
        )
        return client.session

    return sign_in_on


# A message that is still fading in has the contrast of neither its start nor its end.
SETTLE = """document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
    .forEach(each => each.finish())"""


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Asserts that axe finds no breach of WCAG 2.2 AA and nothing is wider than the screen."""
    axe = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a document that has only begun has nothing to look at
        page.evaluate(SETTLE)
        found = axe.run(page, options={"runOnly": WCAG_22_AA, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return check


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Takes a picture of a page under a name."""
    return taker(tmp_path)


@pytest.fixture
def enter(live_server) -> Callable[[Page, object], None]:
    """Brings a page through the password and the second factor, as ``enter(page, user)``."""

    def enter_on(page: Page, user: object) -> None:
        client = through_the_door(user)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )

    return enter_on
