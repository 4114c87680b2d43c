"""A site with everything that lists pages: API v2, sitemap, search."""

from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps.views import sitemap

from tests.settings.urls import urlpatterns as plain

api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [
    path("api/v2/", api.urls),
    path("sitemap.xml", sitemap),
    path("", include(plain)),
]
