"""The tasks of whoever runs mail: what is to be switched on or off, and nothing about anybody."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.contact.mail_rules import (
    ON_OR_TO_SWITCH,
    open_mail_rule,
    switch_off,
    switch_on,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import PER_PAGE, crumbs, registers_under
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import EmailDivert
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act

from .forms import SwitchedForm

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def mail_rules(request: GatedRequest) -> HttpResponse:
    """What is to be switched first, then what is on; by reference only."""
    record(act=Act.LISTED, by=request.user, at=request.now, screen="cautionary/mail-rules")
    page = Paginator(_mine(request), PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=_("E-mail diverts"),
        trail=crumbs(_("E-mail diverts"), ""),
        form=FilterForm(),
        page=page,
        headings=[_("Divert"), _("State"), _("Since")],
        lines=[_line(each) for each in page],
        links=[],
        empty=_("Nothing is to be switched. You get an e-mail when something is."),
        query="",
    )


@require_http_methods(METHODS)
def mail_rule(request: GatedRequest, reference: str) -> HttpResponse:
    """One rule: what it says, and one button to say that it is on, or off."""
    found = get_object_or_404(_mine(request, DivertState.ENDED), reference=reference)
    rule = open_mail_rule(divert=found, by=request.user, at=request.now)
    facts = [
        (_("Name of the rule"), rule.reference),
        (_("State"), DivertState(found.state).label),
        (_("Mail from"), "\n".join(rule.senders)),
        (_("To anybody at the council goes to"), rule.target),
        (_("To councillors too"), "\n".join(rule.councillors) or _("To none")),
        *_switched(found),
    ]
    shell: dict[str, Any] = {
        "title": _("E-mail divert %(reference)s") % {"reference": reference},
        "trail": crumbs(_("E-mail diverts"), reverse("cautionary_mail_rules"), (reference, "")),
        "back": reverse("cautionary_mail_rules"),
        "done": lambda _done: reverse("cautionary_mail_rules"),
        "facts": facts,
        "template": "cautionary_plugin/admin/contact/mail_rule.html",
        "again": reverse("cautionary_mail_rule", args=[reference]),
        "switches": found.state != DivertState.ACTIVE,
        "lead": LEADS[DivertState(found.state)],
    }
    if _is_about_on(request, found):
        seen = {"seen": SwitchedForm.seen_at(found.requested_at)}
        form = SwitchedForm(posted(request), initial=seen)
        return ask(
            request,
            form,
            lambda: switch_on(
                divert=found, seen=form.cleaned_data["seen"], by=request.user, at=request.now
            ),
            button=_("It is on"),
            said=_("%(reference)s: it is recorded that the divert is on.")
            % {"reference": reference},
            **shell,
        )
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: switch_off(divert=found, by=request.user, at=request.now),
        button=_("It is off"),
        said=_("%(reference)s: it is recorded that the divert is off. It is over.")
        % {"reference": reference},
        **shell,
    )


def _is_about_on(request: GatedRequest, found: EmailDivert) -> bool:
    """Whether it is said to be on; what was posted counts, and not what came about meanwhile."""
    return "seen" in request.POST if request.method == "POST" else _is_to_be_on(found)


def _is_to_be_on(found: EmailDivert) -> bool:
    return found.state == DivertState.REQUESTED


LEADS = {
    DivertState.REQUESTED: gettext_lazy(
        "Set this rule on the mail server, under the reference as its name. Where a rule of this "
        "name is there already, replace it. Then say so here."
    ),
    DivertState.ACTIVE: gettext_lazy("The rule is on. Nothing is to be done."),
    DivertState.ENDING: gettext_lazy(
        "Take the rule of this name off the mail server, and then say so here. What it says is "
        "erased with the customer's file, within a fortnight at most."
    ),
}


def _mine(request: GatedRequest, *besides: DivertState) -> QuerySet[EmailDivert]:
    order = [DivertState.REQUESTED, DivertState.ENDING, DivertState.ACTIVE]
    rank = Case(*(When(state=state, then=Value(number)) for number, state in enumerate(order)))
    found: QuerySet[EmailDivert] = EmailDivert.objects.filter(
        not_shut_out(request.user, case="arrangement__case"),
        arrangement__register__in=registers_under(request, Power.RUN_DIVERTS),
        state__in=(*ON_OR_TO_SWITCH, *besides),
    )
    related = "arrangement__register", "case_file", "switched_on_by"
    return found.select_related(*related).order_by(rank, "requested_at")


def _switched(found: EmailDivert) -> list[tuple[Any, str]]:
    """When and by whom it was last said to be on, for as long as it is."""
    if found.switched_on_at is None:
        return []
    told = {"when": instant(found.switched_on_at), "who": name_of(found.switched_on_by)}
    return [(_("Switched on"), _("%(when)s by %(who)s") % told)]


def _line(found: EmailDivert) -> Line:
    since = {
        DivertState.ACTIVE: found.switched_on_at,
        DivertState.ENDING: found.ended_at,
    }.get(DivertState(found.state), found.requested_at)
    url = reverse("cautionary_mail_rule", args=[found.reference])
    cells = [DivertState(found.state).label, instant(since) if since else ""]
    return Line(url, found.reference, cells)
