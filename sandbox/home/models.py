"""The intranet's front page."""

from django.db import models
from wagtail.models import Page


class HomePage(Page):
    """A page with a few words; the register is linked from it."""

    words = models.TextField(blank=True)

    content_panels = [*Page.content_panels, "words"]
