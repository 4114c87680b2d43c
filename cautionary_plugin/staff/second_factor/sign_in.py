"""The package's own sign-in door, for hosts that have no other, and the way out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.http import require_POST

from cautionary_plugin.access.doors import sign_in_url
from cautionary_plugin.access.rendering import render


class SignIn(LoginView):
    """Django's own sign-in, which hands the request to the host's backends (axes counts there)."""

    def get_default_redirect_url(self) -> str:
        return reverse("cautionary:home")

    def render_to_response(self, context: dict[str, Any], **_kwargs: Any) -> HttpResponse:
        return render(self.request, "cautionary_plugin/staff/second_factor/sign_in.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out of the whole site; the session and what it knew of a second factor are gone."""
    logout(request)
    after = settings.LOGOUT_REDIRECT_URL
    return HttpResponseRedirect(resolve_url(after) if after else sign_in_url())
