from django.apps import AppConfig


class SealingTestAppConfig(AppConfig):
    name = "tests.sealing.app"
    label = "sealing_testapp"
    default_auto_field = "django.db.models.BigAutoField"
