"""The Django application of the page types."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CautionaryPagesConfig(AppConfig):
    """Leave it out where the site has swapped Wagtail's base page, and use the mixin there."""

    name = "cautionary_plugin.pages"
    label = "cautionary_plugin_pages"
    verbose_name = _("Cautionary register: pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import restrictions, versions  # noqa: F401 - connect their signals
