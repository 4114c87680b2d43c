"""What all staff are told: reminders to report (A47), and new starters (A48)."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.training.staff import (
    all_staff,
    next_reminder_on,
    remind_all_staff,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import StaffReminder, StarterConfirmation
from cautionary_plugin.rules.vocabulary import Relevance

from .places import FOLDER, METHODS, home, trail

PER_PAGE = 50
LAST = 5


@require_http_methods(METHODS)
def remind(request: GatedRequest) -> HttpResponse:
    """Remind all staff now."""
    count = len(all_staff())
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: remind_all_staff(by=request.user, at=request.now),
        done=lambda _made: home(),
        title=_("Remind all staff"),
        trail=trail((_("Remind all staff"), "")),
        back=home(),
        button=_("Send it to everybody"),
        warning=ngettext(
            "%(count)s person gets an e-mail. It cannot be called back.",
            "%(count)s people get an e-mail. It cannot be called back.",
            count,
        )
        % {"count": f"{count:,}"},
        lead=_(
            "Everybody with an active account and an e-mail address is reminded of their duty to "
            "report violent or threatening incidents, and concerns."
        ),
        told=lambda: [(_("To"), _("All staff"))],
    )


@require_safe
def starters(request: GatedRequest) -> HttpResponse:
    """Every starter whose manager has confirmed what they were told, the last first."""
    rows = StarterConfirmation.objects.select_related("starter", "manager")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        f"{FOLDER}/starters.html",
        title=_("New starters"),
        trail=trail((_("New starters"), "")),
        page=page,
        lines=[_starter(each) for each in page],
    )


def reminder_lines() -> list[str]:
    """The last reminders, each with how many people got it; then when the next is due."""
    rows = StaffReminder.objects.select_related("sent_by")[:LAST]
    return [_reminder(each) for each in rows]


def next_in_words() -> str:
    """When the schedule sends the next."""
    due_on = next_reminder_on()
    return _("The next goes out by itself on %(day)s.") % {"day": day(due_on)} if due_on else ""


def _reminder(each: StaffReminder) -> str:
    told = {
        "when": instant(each.sent_at),
        "count": f"{each.recipients:,}",
        "who": name_of(each.sent_by) or _("the schedule"),
    }
    return _("%(when)s, to %(count)s people, by %(who)s") % told


def _starter(each: StarterConfirmation) -> dict[str, Any]:
    told = {
        "day": day(each.told_on),
        "manager": name_of(each.manager) or _("a manager who has left"),
        "confirmed": day(timezone.localdate(each.confirmed_at)),
    }
    return {
        "who": name_of(each.starter) or _("A colleague who has left"),
        "told": _("Told on %(day)s; %(manager)s confirmed it on %(confirmed)s") % told,
        "relevance": Relevance(each.relevance).label,
        "about_job": each.about_job,
    }
