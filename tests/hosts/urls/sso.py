"""Wagtail's sign-in page leads to the identity provider."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView

from tests.settings.urls import urlpatterns as plain


def provider(request: HttpRequest) -> HttpResponse:
    """Stands for the identity provider's page."""
    return HttpResponse("Signed out of the identity provider")


urlpatterns = [
    path("sso/login/", provider),
    path("admin/login/", RedirectView.as_view(url="/sso/login/", query_string=True)),
    *plain,
]
