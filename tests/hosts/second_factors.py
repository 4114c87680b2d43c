"""The host has axes and django-otp of its own."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS
from tests.hosts.plain import MIDDLEWARE as PLAIN_MIDDLEWARE

INSTALLED_APPS = [
    *PLAIN_APPS,
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
]
MIDDLEWARE = [
    *PLAIN_MIDDLEWARE,
    "django_otp.middleware.OTPMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
