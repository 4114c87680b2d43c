"""What these tests press and read."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.admin.pages import text


def said(browser: Client, name: str, *named: Any, **typed: Any) -> str:
    """The page to which a button leads, with what it says of what was done."""
    url = reverse(f"cautionary_{name}", args=named)
    response = browser.post(url, typed, follow=True)
    assert response.status_code == 200
    return text(response)
