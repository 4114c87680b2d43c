"""Is the customer of a referral on the schedule already? Then it is a repeat (B4, B52)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.agenda import current_item
from cautionary_plugin.actions.panel.joining import join_case, who_is_alike
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.models import PanelCase
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, EntryState
from cautionary_plugin.rules.vocabulary import CaseKind

from .finding import address, case_named, trail
from .forms import SameForm


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: GatedRequest, reference: str) -> HttpResponse:
    """The entries that look like the customer's; the case is joined to one of them, or to none."""
    case = case_named(request, reference, Power.RUN_MEETINGS)
    if case.state != CaseState.WAITING or case.kind != CaseKind.REFERRAL:
        raise IllegalMove("The case is settled, or is about an entry of the schedule already.")
    alike = [
        each
        for each in who_is_alike(case=case, by=request.user, at=request.now)
        if each.entry.state == EntryState.LIVE
    ]
    entries = {each.entry.reference: each.entry for each in alike}
    form = SameForm(posted(request), references=list(entries))
    title = _("Is the customer of %(reference)s on the schedule already?")

    def done(renewal: PanelCase) -> str:
        entry = renewal.entry
        told = {"case": renewal.reference, "entry": entry.reference if entry else ""}
        messages.success(request, _("%(case)s is the renewal of %(entry)s.") % told)
        return _way_back(renewal)

    return ask(
        request,
        form,
        lambda: join_case(
            case=case,
            entry=entries[form.cleaned_data["entry"]],
            checked=form.cleaned_data["checked"],
            by=request.user,
            at=request.now,
        ),
        done=done,
        title=title % {"reference": reference},
        trail=trail((reference, ""), (_("On the schedule already?"), "")),
        back=_way_back(case),
        button=_("Join it to this entry"),
        warning=_(
            "The report joins the file of the entry, and the case becomes the renewal of the "
            "entry: the panel decides whether it goes on. That is not undone."
        ),
        template="cautionary_plugin/admin/panel/same.html",
        lookalikes=alike,
    )


def _way_back(case: PanelCase) -> Any:
    item = current_item(case)
    return address(item.meeting) if item else reverse("cautionary_panel")
