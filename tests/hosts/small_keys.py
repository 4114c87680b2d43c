"""The host never changed its default key field, and does not append slashes."""

from tests.hosts.plain import *  # noqa: F403

DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
APPEND_SLASH = False
CSRF_COOKIE_HTTPONLY = True
