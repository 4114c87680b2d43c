"""The package's URLs in the Wagtail admin."""

from django.urls import URLPattern
from wagtail import hooks

from cautionary_plugin.admin.urls import urlpatterns


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return urlpatterns
