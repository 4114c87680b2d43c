"""The package's URLs: one ``include("cautionary_plugin.urls")`` in the host's URLconf.

An instance without sessions or accounts (a public front end on the same code) gets no URLs at
all: without them nobody could be told apart.
"""

from django.apps import apps
from django.urls import URLPattern, URLResolver

app_name = "cautionary"

urlpatterns: list[URLPattern | URLResolver] = []

if apps.is_installed("django.contrib.auth") and apps.is_installed("django.contrib.sessions"):
    from cautionary_plugin.api.urls import urlpatterns as api_urlpatterns
    from cautionary_plugin.staff.urls import urlpatterns as staff_urlpatterns

    urlpatterns += [*staff_urlpatterns, *api_urlpatterns]
