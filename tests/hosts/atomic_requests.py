"""Every request is one transaction."""

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import DATABASES as PLAIN_DATABASES

DATABASES = {"default": {**PLAIN_DATABASES["default"], "ATOMIC_REQUESTS": True}}
