"""The pages, and our URLs as every instance of the code base has them; nobody's admin."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("cautionary/", include("cautionary_plugin.urls")),
    path("", include(wagtail_urls)),
]
