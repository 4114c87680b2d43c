"""The frame itself: the package is found and fits Django."""

from django.apps import apps
from django.core.management import call_command


def test_package_is_installed_with_big_keys_whatever_the_host_prefers():
    config = apps.get_app_config("cautionary_plugin")

    assert config.default_auto_field == "django.db.models.BigAutoField"


def test_system_check_finds_nothing_to_complain_of(db):
    assert call_command("check", fail_level="WARNING") is None
