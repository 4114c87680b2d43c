"""The Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CautionaryPluginConfig(AppConfig):
    """Registers the system checks; everything else is found by Django and Wagtail themselves."""

    name = "cautionary_plugin"
    label = "cautionary_plugin"
    verbose_name = _("Cautionary persons register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
