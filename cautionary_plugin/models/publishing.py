"""Versions of the council's pages about the register, and who has read them (A47, A48, L9)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import PageKind

from .base import PrimaryManager, Record
from .registers import Register


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def current(self) -> Self:
        """What is published now, one for each page."""
        return self.filter(ended_at=None)

    def to_read(self) -> Self:
        """What colleagues are asked to read, and to say that they have."""
        return self.current().filter(kind__in=[PageKind.POLICY, PageKind.TRAINING])

    def in_force_on(self, day: date) -> Self:
        """Governance pages that are published and whose day of review is still to come."""
        return self.current().filter(review_on__gt=day)


class PageVersion(Record):
    """One published version of a page: what it says, as a digest, from when until when.

    It points to no page, so that sites whose base page is their own can have such pages too.

    :ivar page_key: the primary key of the page, as text.
    :ivar digest: SHA-256 over what readers read; published unchanged, it stays the same version.
    :ivar ended_at: another version took its place, or the page was taken down.
    :ivar register: whose document it is; empty: it counts for every register.
    """

    page_key = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=20, choices=PageKind.choices())
    title = models.CharField(_("title"), max_length=255)
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(max_length=64)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    review_on = models.DateField(_("review on"), null=True)
    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, null=True, related_name="documents"
    )
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PrimaryManager.from_queryset(PageVersionQuerySet)()  # type: ignore[misc]

    impersonal = {
        "id",
        "page_key",
        "kind",
        "title",
        "number",
        "digest",
        "owner",
        "review_on",
        "register",
        "published_at",
        "ended_at",
    }

    class Meta(Record.Meta):
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        ordering = ["title", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_key", "number"], name="cautionary_page_version_once"
            ),
            models.UniqueConstraint(
                fields=["page_key"],
                condition=Q(ended_at=None),
                name="cautionary_page_one_current_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ConfirmedReading(Record):
    """A colleague says that they have read one version; the next one asks them again."""

    version = models.ForeignKey(PageVersion, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    impersonal = {"id", "version", "user", "confirmed_at"}

    class Meta(Record.Meta):
        verbose_name = _("confirmed reading")
        verbose_name_plural = _("confirmed readings")
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="cautionary_read_once")
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"
