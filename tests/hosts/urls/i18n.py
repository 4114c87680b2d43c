"""Everything behind a language prefix."""

from django.conf.urls.i18n import i18n_patterns

from tests.settings.urls import urlpatterns as plain

urlpatterns = i18n_patterns(*plain)
