"""How a program calls: JSON in, JSON out."""

from typing import Any

from django.test import Client
from django.urls import reverse

ASKED = {"anything": "thadeus quimberley 7 gantry mews", "purpose": "home_visit"}


def call(browser: Client, name: str, sent: Any, **headers: str) -> Any:
    """POST JSON to one of the calls."""
    address = reverse(f"cautionary:{name}")
    return browser.post(address, sent, content_type="application/json", headers=headers)


def get(browser: Client, name: str, **headers: str) -> Any:
    """GET one of the calls."""
    return browser.get(reverse(f"cautionary:{name}"), headers=headers)


def kind_of(answer: Any) -> str:
    """What programs tell a problem by."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    told = answer.json()
    assert told["status"] == answer.status_code
    return str(told["type"].rpartition(":")[2])
