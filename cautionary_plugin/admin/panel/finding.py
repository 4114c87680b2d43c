"""What the URLs name: meetings, items, attendees and cases that the person has to do with."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.minutes import READERS as MINUTES_READERS
from cautionary_plugin.models import AgendaItem, Attendee, Meeting, PanelCase, Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Route

Trail = list[dict[str, Any]]


def panels(request: GatedRequest, *powers: Power) -> list[Register]:
    """The registers with a panel on which the person has one of these powers, by name."""
    found = {
        register
        for power in powers
        for register in request.standing.over(power)
        if register is not None and register.route == Route.PANEL
    }
    return sorted(found, key=lambda register: register.name)


def my_meetings(request: GatedRequest) -> QuerySet[Meeting]:
    """Those that the person runs, is invited to, or may read the minutes of."""
    runs = panels(request, Power.RUN_MEETINGS)
    reads = panels(request, *MINUTES_READERS)
    invited = Attendee.objects.filter(user=request.user).values("meeting")
    theirs = (
        Q(register__in=runs) | Q(register__in=reads, opened_at__isnull=False) | Q(pk__in=invited)
    )
    meetings: QuerySet[Meeting] = Meeting.objects.filter(theirs)
    return meetings.select_related("register")


def meeting_named(request: GatedRequest, reference: str) -> Meeting:
    """A meeting that the person has to do with."""
    return get_object_or_404(my_meetings(request), reference=reference)


def run_meeting(request: GatedRequest, reference: str) -> Meeting:
    """A meeting that the person runs."""
    runs = panels(request, Power.RUN_MEETINGS)
    meetings = Meeting.objects.filter(register__in=runs).select_related("register")
    return get_object_or_404(meetings, reference=reference)


def run_item(request: GatedRequest, pk: UUID) -> AgendaItem:
    """An item of a meeting that the person runs."""
    runs = panels(request, Power.RUN_MEETINGS)
    items = AgendaItem.objects.filter(meeting__register__in=runs)
    return get_object_or_404(items.select_related("meeting__register", "case"), pk=pk)


def case_named(request: GatedRequest, reference: str, *powers: Power) -> PanelCase:
    """A case before a panel with which the person has to do; the action checks what exactly."""
    cases = PanelCase.objects.filter(register__in=panels(request, *powers))
    related = "register", "case_file", "entry__register", "report__register", "presenter"
    return get_object_or_404(cases.select_related(*related), reference=reference)


def to_meeting(meeting: Meeting, anchor: str = "") -> HttpResponseRedirect:
    """Back to the page of the meeting, to the part of it that was worked on."""
    return HttpResponseRedirect(address(meeting) + (anchor and f"#{anchor}"))


def address(meeting: Meeting) -> str:
    """The page of the meeting."""
    return reverse("cautionary_meeting", args=[meeting.reference])


def trail(*further: tuple[Any, str]) -> Trail:
    """Breadcrumbs from the panel's first page; the last has no address."""
    steps = ((_("Panel"), reverse("cautionary_panel")), *further)
    return [{"label": label, "url": url} for label, url in steps]


def trail_of(meeting: Meeting, last: Any = "") -> Trail:
    """Breadcrumbs to a meeting, or to a page below it."""
    if not last:
        return trail((meeting.reference, ""))
    return trail((meeting.reference, address(meeting)), (last, ""))
