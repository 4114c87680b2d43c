"""The Django application."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CautionaryPluginConfig(AppConfig):
    """Registers the system checks and minds the log; Django and Wagtail find everything else."""

    name = "cautionary_plugin"
    label = "cautionary_plugin"
    verbose_name = _("Cautionary persons register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
        from .access.template_log import keep_context_out_of_the_log

        keep_context_out_of_the_log()
        post_migrate.connect(_keep_counting, sender=self)


def _keep_counting(*, using: str, apps: Any = apps, **_: Any) -> None:
    """Mend the count of live entries: SQLite loses triggers where it makes a table anew."""
    from .migrations import _live_entries

    if not hasattr(apps.all_models["cautionary_plugin"].get("lookupstate"), "live"):
        return  # migrated back to before it
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if _live_entries.ENTRIES in tables and _live_entries.missing(connection):
        _live_entries.install(connection)
