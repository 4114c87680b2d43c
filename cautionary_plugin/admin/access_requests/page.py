"""What the page of one request says: how it stands, and what is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access_requests import enclosed_lines, requests_for, waits_for
from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import AccessRequest, PackLine
from cautionary_plugin.outbox.pdf import is_installed
from cautionary_plugin.rules.access_requests import Choice, Ground
from cautionary_plugin.rules.due import due_in_words, is_overdue
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import RequestState


@dataclass(frozen=True)
class LineStanding:
    """One line by its heading: how it stands, and where to look at it. No content."""

    label: str
    standing: str
    url: str


@dataclass(frozen=True)
class SectionStanding:
    """The lines of one report, letter, decision …"""

    heading: str
    lines: list[LineStanding]


def url(name: str, request: AccessRequest, *further: Any) -> str:
    """The address of a screen of this request."""
    return reverse(f"cautionary_access_request{name}", args=[request.reference, *further])


def named(reference: str, request: GatedRequest) -> AccessRequest:
    """A request that the person answers for; else none, be there one with this reference or not."""
    related = "case_file", "identity_checked_by", "settled_by"
    theirs = requests_for(request.user, at=request.now).select_related(*related)
    return get_object_or_404(theirs, reference=reference)


def facts_of(found: AccessRequest) -> list[tuple[Any, str]]:
    """Label and text of what is known of a request."""
    checked = found.identity_checked_at
    told = [
        (_("State"), RequestState(found.state).label),
        (_("File"), found.case_file.reference),
        (_("Received"), day(found.received_on)),
        (_("What was asked"), found.asked),
        (_("Identity checked"), _by(found.identity_checked_by, checked) if checked else ""),
        (_("How"), found.identity_check),
        (_("Prepared"), instant(found.prepared_at) if found.prepared_at else ""),
        (_("Settled"), _by(found.settled_by, found.settled_at) if found.settled_at else ""),
        (_("Why it was not answered"), found.withdrawn_because),
    ]
    return [(label, text) for label, text in told if text]


def notice_of(found: AccessRequest, request: GatedRequest) -> tuple[str, bool]:
    """When the answer is due, and whether that has passed; nothing once it is settled."""
    if found.settled_at:
        return "", False
    today = timezone.localdate(request.now)
    words = due_in_words(found.due_on, today=today)
    return _("The answer is %(due)s.") % {"due": words}, is_overdue(found.due_on, today=today)


def sections_of(found: AccessRequest) -> list[SectionStanding]:
    """The lines by their sections, in the order of the pack."""
    lines = found.lines.select_related("looked_by").order_by("position")
    return [
        SectionStanding(heading, [_standing(found, line) for line in some])
        for heading, some in groupby(lines, lambda line: line.section)
    ]


def missing_of(found: AccessRequest, request: GatedRequest) -> list[str]:
    """What stands in the way of a release by whoever looks."""
    reviewing = found.state == RequestState.REVIEWING
    return waits_for(found, by=request.user) if reviewing else []


def buttons_of(found: AccessRequest, request: GatedRequest, missing: list[str]) -> Iterator[Button]:
    """What can be done now, the next step first."""
    if found.state == RequestState.RELEASED:
        if enclosed_lines(found):
            yield Button(
                _("Download it with its files (ZIP)"), url("_file", found, "zip"), posts=False
            )
        if is_installed():
            yield Button(_("Download the pack as PDF"), url("_file", found, "pdf"), posts=False)
        yield Button(_("Download it as JSON"), url("_file", found, "json"), posts=False)
    if found.settled_at:
        return
    if not found.identity_checked_at:
        yield Button(_("Record who asks"), url("_identity", found), posts=False)
    elif not found.prepared_at:
        yield Button(_("Prepare the pack"), url("_prepare", found))
    else:
        yield from _while_it_is_gone_through(found, request, missing)
    yield Button(_("It is not answered"), url("_withdraw", found), posts=False)


def _while_it_is_gone_through(
    found: AccessRequest, request: GatedRequest, missing: list[str]
) -> Iterator[Button]:
    if owed := next_line(found):
        yield Button(_("Go through the lines"), url("_line", found, owed.pk), posts=False)
    if not missing and Power.RELEASE_PACKS in request.standing.powers():
        yield Button(_("Release the pack"), url("_release", found), posts=False)
    yield Button(_("Bring the pack up to date"), url("_prepare", found))


def next_line(found: AccessRequest, *, after: int = 0) -> PackLine | None:
    """The next line that nobody has looked at, from a place on, else from the first."""
    owed = found.lines.filter(looked_at=None).order_by("position")
    return owed.filter(position__gt=after).first() or owed.first()


def _standing(found: AccessRequest, line: PackLine) -> LineStanding:
    words = Choice(line.choice).label if line.choice else _("Nobody has looked at it yet")
    if line.choice == Choice.WITHHOLD:
        words = f"{words}: {Ground(line.ground).label}"
    if line.looked_by:
        words = f"{words} ({name_of(line.looked_by)})"
    return LineStanding(line.label, words, url("_line", found, line.pk))


def _by(person: Any, at: Any) -> str:
    return _("%(when)s by %(who)s") % {"when": instant(at), "who": name_of(person)}
