"""Every request is one transaction."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import DATABASES as PLAIN_DATABASES

DATABASES = {"default": {**PLAIN_DATABASES["default"], "ATOMIC_REQUESTS": True}}
