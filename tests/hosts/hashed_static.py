"""Static files carry their hash, and one that was not collected is an error."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import STORAGES as PLAIN_STORAGES

STORAGES = {
    **PLAIN_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
