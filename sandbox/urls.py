"""The sandbox's URLs: the package ahead of Wagtail's catch-all."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("cautionary/", include("cautionary_plugin.urls")),
    path("", include(wagtail_urls)),
]
