"""The host enforces a policy: own origin only, no inline code but by nonce, no `data:` images."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import MIDDLEWARE as PLAIN_MIDDLEWARE

MIDDLEWARE = ["tests.hosts.middleware.enforce_policy", *PLAIN_MIDDLEWARE]
