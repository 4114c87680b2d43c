"""The trainer's desk: sessions, and whose briefing is missing, has lapsed or runs out (A49)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cautionary_plugin.access.briefed import Reader, readers_at
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import BriefingSession
from cautionary_plugin.rules.briefings import Briefed

from .lines import session_line
from .places import FOLDER, trail
from .reading import page_lines
from .staff import next_in_words, reminder_lines

PER_PAGE = 50
PAST = 20


@require_safe
def training(request: GatedRequest) -> HttpResponse:
    """What is planned, what is to be closed, and who is to be briefed."""
    readers = readers_at(request.now)
    shut = [each for each in readers if each.standing in (Briefed.NEVER, Briefed.LAPSED)]
    due = [each for each in readers if each.standing is Briefed.DUE]
    sessions = BriefingSession.objects.select_related("trainer")
    return render(
        request,
        f"{FOLDER}/training.html",
        title=_("Training"),
        trail=trail(),
        open_sessions=[
            session_line(each, request) for each in sessions.open().order_by("held_on", "pk")
        ],
        past_sessions=[
            session_line(each, request)
            for each in sessions.exclude(pk__in=sessions.open().values("pk"))[:PAST]
        ],
        pages=page_lines(request.now),
        reminders=reminder_lines(),
        next_reminder=next_in_words(),
        shut=_page(request, "shut", shut),
        due=_page(request, "due", due),
        good=len(readers) - len(shut) - len(due),
        readers=len(readers),
    )


def _page(request: GatedRequest, name: str, readers: list[Reader]) -> dict[str, Any]:
    page = Paginator(readers, PER_PAGE).get_page(request.GET.get(name))
    lines = [(name_of(each.user), _words(each)) for each in page]
    return {"name": name, "page": page, "lines": lines, "count": len(readers)}


def _words(reader: Reader) -> str:
    if reader.until is None:
        return _("never briefed")
    if reader.standing is Briefed.LAPSED:
        return _("lapsed on %(day)s") % {"day": day(reader.until)}
    return _("lapses on %(day)s") % {"day": day(reader.until)}
