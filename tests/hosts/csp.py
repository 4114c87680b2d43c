"""The host enforces a policy: own origin only, no inline code but by nonce, no `data:` images."""

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import MIDDLEWARE as PLAIN_MIDDLEWARE

MIDDLEWARE = ["tests.hosts.middleware.enforce_policy", *PLAIN_MIDDLEWARE]
