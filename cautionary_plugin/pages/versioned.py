"""Pages with versions: for our own types, and for a host's (A47, A48, L9)."""

import json
from hashlib import sha256
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cautionary_plugin.access.headers import harden
from cautionary_plugin.access.published import confirmed_at
from cautionary_plugin.actions.publishing import Published
from cautionary_plugin.models import PageVersion
from cautionary_plugin.rules.vocabulary import PageKind


class VersionedPageMixin:
    """A page for staff, whose changed versions ask their readers to confirm again.

    Put it ahead of the page class. Each time that it is published its words are compared with what
    stood there before; other words make another version. A view restriction of Wagtail's own keeps
    it for people who have signed in. It is no place for personal data: whoever has an account reads
    it, and so does Wagtail's API.

    :cvar page_kind: what it is to the register; or a field of this name.
    :cvar versioned_fields: the fields that readers read.
    """

    pk: Any  # the page class has these two
    title: Any
    page_kind: ClassVar[Any] = PageKind.POLICY
    versioned_fields: ClassVar[tuple[str, ...]] = ("title", "body")

    def published(self) -> Published:
        """The page as the register keeps it on file."""
        words = [str(getattr(self, name)) for name in self.versioned_fields]
        return Published(
            page_key=str(self.pk),
            kind=PageKind(self.page_kind),
            title=self.title,
            digest=sha256(json.dumps(words).encode()).hexdigest(),
            **self.governance(),
        )

    def governance(self) -> dict[str, Any]:
        """Owner, day of review and register, of a document of governance."""
        return {}

    def current_version(self) -> PageVersion | None:
        """The version that is published now."""
        found: QuerySet[PageVersion] = PageVersion.objects.current()
        return found.filter(page_key=str(self.pk)).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The version, and whether this reader has confirmed it."""
        page: Any = super()  # of the page class that this is put ahead of
        context: dict[str, Any] = page.get_context(request, *args, **kwargs)
        version = self.current_version()
        user: Any = getattr(request, "user", None)
        known = version is not None and user is not None and user.is_authenticated
        return {
            **context,
            "version": version,
            "asks": known and PageKind(self.page_kind) in (PageKind.POLICY, PageKind.TRAINING),
            "confirmed_at": confirmed_at(version, user) if known and version else None,
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, kept by no cache: it says who has read it."""
        page: Any = super()
        return harden(page.serve(request, *args, **kwargs), own_page=False)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """No address for search engines."""
        return []
