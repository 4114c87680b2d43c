"""The minutes of a meeting, as a page and as a document; by reference only."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.minutes import open_minutes
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.outbox.pdf import is_installed, minutes_pdf

from .finding import meeting_named, trail_of


@require_safe
def minutes(request: GatedRequest, reference: str) -> HttpResponse:
    """The minutes as their reader may see them."""
    meeting = meeting_named(request, reference)
    opened = open_minutes(meeting=meeting, by=request.user, at=request.now)
    return render(
        request,
        "cautionary_plugin/admin/panel/minutes.html",
        title=_("Minutes of %(reference)s") % {"reference": reference},
        trail=trail_of(meeting, _("Minutes")),
        minutes=opened,
        document=reverse("cautionary_minutes_pdf", args=[reference]) if is_installed() else "",
    )


@require_GET
def document(request: GatedRequest, reference: str) -> HttpResponse:
    """The same as a PDF that can be read aloud."""
    meeting = meeting_named(request, reference)
    made = minutes_pdf(open_minutes(meeting=meeting, by=request.user, at=request.now))
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{reference}.pdf"'},
    )
