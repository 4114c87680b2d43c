"""The host's application."""

from django.apps import AppConfig


class HostPagesConfig(AppConfig):
    name = "tests.pages.app"
    label = "host_pages"
    default_auto_field = "django.db.models.BigAutoField"
