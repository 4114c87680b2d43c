"""A round of visits, checked as an officer checks it, and what came of it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act

STRANGER = "Ottoline Vasquez-Bream, 3 Tansy Row"
END = "End of the list"


def check(browser: Client, *lines: str, **more: Any) -> Any:
    asked = {"purpose": "home_visit", "visits": "\n".join(lines), **more}
    return browser.post(reverse("cautionary:check_visits"), asked)


def text(response: Any) -> str:
    return response.getvalue().decode()


def checked() -> int:
    return AccessRecord.objects.filter(act=Act.CHECKED).count()
