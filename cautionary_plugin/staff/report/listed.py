"""Is it on the register already? Said to reporters who may read it, before the next page.

That nothing was found is said as well: else it would look as if nobody had looked.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.access.second_factor import is_verified
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.reports import (
    OPEN_STATES,
    find_own_report,
    is_described,
    look_whether_listed,
    pages_now,
)
from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.reporting import Page
from cautionary_plugin.rules.vocabulary import Outcome
from cautionary_plugin.staff.cards import card

from . import steps

NOTHING_SHOWN = {
    Outcome.NONE_RECORDED: _(
        "Nothing like it was found among the entries that you may read; the owner checks anyway."
    ),
    None: _(
        "Nobody looked: what you know so far is too little to look for. The owner checks anyway."
    ),
}


@require_safe
def listed(request: GatedRequest, reference: str, page: str) -> HttpResponse:
    """What looks like the subject of the report, or that nothing does, or that the look failed."""
    report = find_own_report(reference, by=request.user)
    if report.state not in OPEN_STATES:
        return redirect("cautionary:report_sent", reference)
    if page not in steps.DESCRIBING or page not in pages_now(report):
        raise Http404
    today, changing = timezone.localdate(request.now), "change" in request.GET
    onward = steps.url_after(report, Page(page), changing=changing, on=today)
    known = may_know(request, report)
    look = look_whether_listed(report=report, by=request.user, at=request.now) if known else None
    if look is None:
        return redirect(onward)
    return render(
        request,
        "cautionary_plugin/staff/report/listed.html",
        {
            "report": report,
            "found": look.outcome == Outcome.FOUND,
            "failed": look.outcome == Outcome.FAILED,
            "recorded": look.outcome is not None,
            "nothing": NOTHING_SHOWN.get(look.outcome, ""),
            "several": look.several,
            "cards": [(card(each), each.match.strength == "strong") for each in look.findings],
            "back": steps.url_of(report, Page(page)),
            "onward": onward,
        },
    )


def may_know(request: GatedRequest, report: IncidentReport) -> bool:
    """Whether this session may read the register now; a password is enough to report, not to read.

    It hangs on the person alone, never on who is listed.
    """
    if not (is_described(report) and is_verified(request, at=request.now)):
        return False
    return standing_of(request.user, at=request.now).may_read(report.register)
