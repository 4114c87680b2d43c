"""The host's page types: one that the mixin guards, and one like any other."""

from django.db import models
from wagtail.models import Page

from cautionary_plugin.pages.mixins import RegisterPageMixin


class SafetyPage(RegisterPageMixin, Page):
    """The host's own page of the register."""

    body = models.TextField(blank=True)
    api_fields = ["body"]


class NewsPage(Page):
    """Any other page of the intranet."""

    body = models.TextField(blank=True)
    api_fields = ["body"]
