"""Wagtail's way into the package: the hooks, one module a kind.

An instance without the admin or without sessions has nothing that they could hook into.
"""

from django.apps import apps

if apps.is_installed("wagtail.admin") and apps.is_installed("django.contrib.sessions"):
    from cautionary_plugin.hooks import homepage, menus, pages, urls

    __all__ = ["homepage", "menus", "pages", "urls"]
