"""What makes a page the register's page: for our own type, and for a host's (A38)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cautionary_plugin.access.headers import harden


def shut(restrictions: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the restrictions that nobody passes: for groups, and naming none."""
    return restrictions.filter(restriction_type=restrictions.model.GROUPS, groups=None)


class RegisterPageMixin:
    """A page that only readers of the register get to see.

    Put it ahead of the page class. A hook asks for the second factor, the briefing and the grant
    before the page is served; a view restriction of Wagtail's own, kept on each such page, closes
    the ways that know no hook (the API, sitemaps). The page is in no search, no sitemap and no
    menu; leave ``show_in_menus`` out of its ``promote_panels``.

    Whatever editors write into its body is seen by other editors without a second factor, and
    by a superuser in the API: no personal data belongs there.
    """

    search_fields: ClassVar[list[Any]] = []
    passed_gate = False

    def get_view_restrictions(self) -> QuerySet[Any]:
        """Wagtail's restrictions; ours falls away once the gate was passed, and only then.

        An instance without our hooks (no sessions, no admin) therefore shows the page to nobody.
        """
        found: QuerySet[Any] = super().get_view_restrictions()  # type: ignore[misc]
        if not self.passed_gate:
            return found
        own = {self.pk, self.alias_of_id}  # type: ignore[attr-defined]
        return found.exclude(pk__in=shut(found.filter(page_id__in=own)).values("pk"))

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Never in the site's menus: those are drawn for everybody alike."""
        self.show_in_menus = False
        return super().save(*args, **kwargs)  # type: ignore[misc]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """No address for search engines."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, kept by no cache."""
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return harden(response, own_page=False)
