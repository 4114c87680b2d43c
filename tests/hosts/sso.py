"""A proxy signs everybody in; nobody has a password, and Wagtail's own door leads elsewhere.

The base URL ends in a slash, as such sites' base URLs do.
"""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import MIDDLEWARE as PLAIN_MIDDLEWARE

MIDDLEWARE = [
    *PLAIN_MIDDLEWARE[:5],
    "django.contrib.auth.middleware.PersistentRemoteUserMiddleware",
    *PLAIN_MIDDLEWARE[5:],
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.RemoteUserBackend"]
ROOT_URLCONF = "tests.hosts.urls.sso"
LOGIN_URL = "/sso/login/"
WAGTAILADMIN_BASE_URL = "https://intranet.example.gov.uk/cms/"
