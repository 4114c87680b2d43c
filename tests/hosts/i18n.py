"""Every URL starts with a language, and Wagtail's pages are translated."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import MIDDLEWARE as PLAIN_MIDDLEWARE

MIDDLEWARE = [
    *PLAIN_MIDDLEWARE[:2],
    "django.middleware.locale.LocaleMiddleware",
    *PLAIN_MIDDLEWARE[2:],
]
ROOT_URLCONF = "tests.hosts.urls.i18n"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
WAGTAIL_I18N_ENABLED = True
