"""Where the pages of the register stand on the intranet, and what somebody has still to read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import PageViewRestriction

from cautionary_plugin.models import ConfirmedReading, PageVersion


def addresses_of(versions: Iterable[PageVersion]) -> dict[str, str]:
    """The address of each page, by its key; those that are not published have none.

    The page model is the one that restrictions are about: also where a site has swapped it.
    """
    model: Any = PageViewRestriction._meta.get_field("page").related_model
    keys = [version.page_key for version in versions]
    pages = model._default_manager.filter(pk__in=keys, live=True)
    return {str(page.pk): page.url or "" for page in pages}


def to_read_by(user: Any) -> QuerySet[PageVersion]:
    """What is published for colleagues to read, and this one has not confirmed."""
    confirmed = ConfirmedReading.objects.filter(user=user).values("version")
    return PageVersion.objects.to_read().exclude(pk__in=confirmed).order_by("title", "pk")


def confirmed_at(version: PageVersion, user: Any) -> datetime | None:
    """When somebody confirmed that they have read a version."""
    found = ConfirmedReading.objects.filter(version=version, user=user).first()
    return found.confirmed_at if found else None
