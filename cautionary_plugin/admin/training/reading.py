"""Who has read which policy or training page, and who has not (A48, A49)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cautionary_plugin.access.briefed import readers_at
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import PageVersion

from .places import FOLDER, trail

PER_PAGE = 50


@dataclass(frozen=True)
class PageLine:
    """One page that colleagues are asked to read."""

    title: str
    words: str
    url: str


def page_lines(at: datetime) -> list[PageLine]:
    """Each page that is published, with how many of those with access have confirmed it."""
    readers = [reader.user.pk for reader in readers_at(at)]
    of_readers = Count("readings", filter=Q(readings__user__in=readers))
    rows = PageVersion.objects.to_read().annotate(confirmed=of_readers).order_by("title", "pk")
    return [_line(row, len(readers)) for row in rows]


def _line(row: Any, readers: int) -> PageLine:
    told = {"number": row.number, "confirmed": row.confirmed, "readers": readers}
    return PageLine(
        title=row.title,
        words=_("Version %(number)s: %(confirmed)s of %(readers)s people with access have read it")
        % told,
        url=reverse("cautionary_reading", args=[row.pk]),
    )


@require_safe
def reading(request: GatedRequest, pk: int) -> HttpResponse:
    """Who of those with access has not confirmed the version that is published now."""
    version = get_object_or_404(PageVersion.objects.to_read(), pk=pk)
    confirmed = set(version.readings.values_list("user", flat=True))
    readers = [reader.user for reader in readers_at(request.now)]
    people = sorted(name_of(person) for person in readers if person.pk not in confirmed)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        f"{FOLDER}/reading.html",
        title=str(version),
        trail=trail((str(version), "")),
        facts=[
            (_("Published"), day(timezone.localdate(version.published_at))),
            (_("Have read it, of those with access"), f"{len(readers) - len(people):,}"),
            (_("Have not"), f"{len(people):,}"),
        ],
        page=page,
        people=list(page),
    )
