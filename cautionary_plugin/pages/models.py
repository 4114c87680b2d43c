"""The page types."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cautionary_plugin.conf import conf

from .mixins import RegisterPageMixin


class RegisterPage(RegisterPageMixin, Page):
    """The register's place on the intranet: a few words, and the way to the check (A38).

    What the policy is to be read with (lone working, team risk assessment, health and safety) is
    linked from its text (A4).
    """

    impersonal = {"page_ptr", "introduction"}

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link", "ul"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [FieldPanel("slug")]
    template = "cautionary_plugin/pages/register_page.html"
    search_fields = []
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {"base_template": conf.BASE_TEMPLATE, **context}

    class Meta:
        verbose_name = _("register page")
        verbose_name_plural = _("register pages")
