"""What these tests press and type."""

from typing import Any

from django.test import Client

from tests.admin.pages import url


def get(browser: Client, name: str, *args: Any) -> str:
    response = browser.get(url(name, *args))
    assert response.status_code == 200, response.content
    return response.content.decode()
