"""Django's admin beside Wagtail's."""

from django.contrib import admin
from django.urls import path

from tests.settings.urls import urlpatterns as plain

urlpatterns = [path("django-admin/", admin.site.urls), *plain]
