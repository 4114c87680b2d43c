"""The page types."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cautionary_plugin.conf import conf
from cautionary_plugin.models import Register
from cautionary_plugin.rules.vocabulary import PageKind

from .mixins import RegisterPageMixin
from .versioned import VersionedPageMixin

NO_PERSONAL_DATA = _(
    "Every colleague reads this, and Wagtail’s API does too: no name, no address and no reference "
    "of anybody on the register belongs here."
)
VERSIONED = "cautionary_plugin/pages/versioned_page.html"  # Wagtail looks at each class alone
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


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


class StaffPage(VersionedPageMixin, Page):
    """What policy, training and governance pages share: a text, for staff, with versions."""

    body = RichTextField(_("text"), features=FEATURES, help_text=NO_PERSONAL_DATA)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = ["body"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {"base_template": conf.BASE_TEMPLATE, **context}

    class Meta:
        abstract = True


class PolicyPage(StaffPage):
    """A policy that colleagues read, and say that they have (A48)."""

    impersonal = {"page_ptr", "body"}
    page_kind = PageKind.POLICY
    template = VERSIONED

    class Meta:
        verbose_name = _("policy page")
        verbose_name_plural = _("policy pages")


class TrainingPage(StaffPage):
    """What is taught in the briefing, to be read again at any time (A47, A49)."""

    impersonal = {"page_ptr", "body"}
    page_kind = PageKind.TRAINING
    template = VERSIONED

    class Meta:
        verbose_name = _("training page")
        verbose_name_plural = _("training pages")


class GovernancePage(StaffPage):
    """A document of governance, with an owner and a day of review (L9).

    A register's first entry waits for the appropriate policy document and the impact assessment.
    """

    impersonal = {"page_ptr", "body", "page_kind", "owner_post", "review_on", "register"}
    KINDS = (PageKind.POLICY_DOCUMENT, PageKind.IMPACT_ASSESSMENT, PageKind.GOVERNANCE)

    # A field here, where the mixin has one kind for all its pages.
    page_kind = models.CharField(  # type: ignore[assignment]
        _("document"), max_length=20, choices=[(kind.value, kind.label) for kind in KINDS]
    )
    owner_post = models.CharField(
        _("owner"), max_length=120, help_text=_("The post that answers for it, and no name")
    )
    review_on = models.DateField(_("review on"))
    register = models.ForeignKey(
        Register,
        verbose_name=_("register"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: it counts for every register"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("page_kind"),
        FieldPanel("owner_post"),
        FieldPanel("review_on"),
        FieldPanel("register"),
        FieldPanel("body"),
    ]
    template = VERSIONED
    versioned_fields = ("title", "page_kind", "owner_post", "review_on", "body")
    api_fields = ["page_kind", "owner_post", "review_on", "body"]

    def governance(self) -> dict[str, Any]:
        return {"owner": self.owner_post, "review_on": self.review_on, "register": self.register}

    class Meta:
        verbose_name = _("governance page")
        verbose_name_plural = _("governance pages")
