"""Jinja2 is asked for templates first, with a folder of the host's own."""

from pathlib import Path

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import TEMPLATES as PLAIN_TEMPLATES

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
    },
    *PLAIN_TEMPLATES,
]
