"""What tests of the case screens press and read."""

from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def get(browser: Client, name: str, *args: Any) -> Any:
    return browser.get(url(name, *args))


def post(browser: Client, name: str, *args: Any, **typed: Any) -> Any:
    return browser.post(url(name, *args), typed)


def text(response: Any) -> str:
    """What a page says, as it is read."""
    return unescape(response.content.decode())


def source(response: Any) -> str:
    """A page as it was sent, with its markup."""
    return response.content.decode()
