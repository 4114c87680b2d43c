"""The frame itself: the package is found and fits Django."""

from django.apps import apps
from django.core.checks import run_checks


def test_package_is_installed_with_big_keys_whatever_the_host_prefers():
    config = apps.get_app_config("cautionary_plugin")

    assert config.default_auto_field == "django.db.models.BigAutoField"


def test_system_check_asks_a_plain_site_for_axes_and_the_otp_middleware_only(db):
    found = {message.id for message in run_checks()}

    assert found - {"cautionary_plugin.W010"} == {
        "cautionary_plugin.W001",
        "cautionary_plugin.W030",
    }
