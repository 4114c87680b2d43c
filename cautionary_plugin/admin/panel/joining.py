"""Is the customer of a referral on the schedule already? Then it becomes a renewal (B4, B52)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.agenda import current_item
from cautionary_plugin.actions.panel.joining import join_case, who_is_alike
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import PanelCase
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState

from .finding import address, case_named, trail
from .forms import JoinForm


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: GatedRequest, reference: str) -> HttpResponse:
    """The entries that look like the same person; one of them is chosen, and read back."""
    case = case_named(request, reference, Power.RUN_MEETINGS)
    alike = who_is_alike(case=case, by=request.user, at=request.now)
    live = {each.entry.reference: each for each in alike if each.entry.state == EntryState.LIVE}
    shell: dict[str, Any] = {
        "title": _("Is the customer of %(reference)s on the schedule already?")
        % {"reference": reference},
        "trail": trail((reference, ""), (_("On the schedule already?"), "")),
        "back": _back(case),
        "alike": alike,
    }
    if not live:
        return render(request, "cautionary_plugin/admin/panel/nobody_alike.html", **shell)
    form = JoinForm(posted(request), alike=list(live.values()))
    return ask(
        request,
        form,
        lambda: join_case(
            case=case,
            entry=live[form.cleaned_data["entry"]].entry,
            checked=form.cleaned_data["checked"],
            by=request.user,
            at=request.now,
        ),
        done=_back,
        template="cautionary_plugin/admin/panel/join.html",
        button=_("It is the same person"),
        warning=_(
            "The report joins the file of the entry, and the case becomes its renewal: the panel "
            "decides whether the entry is renewed. It is not undone."
        ),
        **shell,
    )


def _back(case: PanelCase) -> str:
    """The meeting on whose agenda the case is; else the panel's first page."""
    item = current_item(case)
    return address(item.meeting) if item else reverse("cautionary_panel")
