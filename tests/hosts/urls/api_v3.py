"""The API v3 beside Wagtail's admin."""

from django.urls import path
from wagtail.api.v3.urls import api

from tests.settings.urls import urlpatterns as plain

urlpatterns = [path("api/v3/", api.urls), *plain]
