"""A divert on one page: the councillors' answers, the letter, and what is still missing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.letter_desk import waits_for_councillors
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.contact.diverts import (
    ask_councillor,
    ask_no_councillor,
    end_divert,
    missing_of,
    record_answer,
    request_divert,
)
from cautionary_plugin.actions.contact.reading import open_arrangement
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import CouncillorAnswer, EmailDivert
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import DivertState

from .forms import AnswerForm, CouncillorForm, ReasonsForm
from .views import trail

METHODS = ["GET", "HEAD", "POST"]
OVER = (DivertState.ENDING, DivertState.ENDED)


@dataclass(frozen=True, repr=False)
class Councillor:
    """One councillor on the page; no ``repr``: templates log what they are given."""

    name: str
    email: str
    asked: str
    answer: str
    url: str
    answered: bool


@require_safe
def divert(request: GatedRequest, reference: str) -> HttpResponse:
    """One divert, and what it waits for."""
    found = _kept(request, reference)
    open_arrangement(arrangement=found.arrangement, by=request.user, at=request.now)
    waits = found.state == DivertState.PREPARED
    return render(
        request,
        "cautionary_plugin/admin/contact/divert.html",
        title=_("E-mail divert %(reference)s") % {"reference": reference},
        trail=trail(found.arrangement, reference),
        facts=_facts(found),
        missing=missing_of(found) if waits else [],
        waits=waits,
        councillors=[_councillor(found, each) for each in found.councillors.all()],
        no_councillors=found.no_councillors,
        buttons=_buttons(found),
    )


@require_http_methods(METHODS)
def ask_one(request: GatedRequest, reference: str) -> HttpResponse:
    """Record that a ward councillor was asked."""
    found = _kept(request, reference)
    form = CouncillorForm(posted(request))
    return ask(
        request,
        form,
        lambda: ask_councillor(divert=found, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda _made: _page_of(found),
        title=_("A councillor was asked"),
        trail=_trail(found, _("A councillor was asked")),
        back=_page_of(found),
        button=_("Record it"),
        said=_("%(reference)s: it is recorded that a councillor was asked.")
        % {"reference": found.reference},
        lead=_("Ask each councillor of the ward, by e-mail or telephone, and record it here."),
    )


@require_http_methods(METHODS)
def answer(request: GatedRequest, reference: str, pk: UUID) -> HttpResponse:
    """Record what a councillor answered."""
    found = _kept(request, reference)
    asked = get_object_or_404(CouncillorAnswer, divert=found, pk=pk)
    form = AnswerForm(posted(request))
    return ask(
        request,
        form,
        lambda: record_answer(answer=asked, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda _made: _page_of(found),
        title=_("A councillor’s answer"),
        trail=_trail(found, _("A councillor’s answer")),
        back=_page_of(found),
        button=_("Record the answer"),
        said=_("%(reference)s: the councillor’s answer is recorded.")
        % {"reference": found.reference},
        facts=[(_("Councillor"), asked.councillor), (_("Asked"), day(asked.asked_on))],
    )


@require_http_methods(METHODS)
def nobody(request: GatedRequest, reference: str) -> HttpResponse:
    """Record why no councillor is asked."""
    found = _kept(request, reference)
    form = ReasonsForm(posted(request))
    return ask(
        request,
        form,
        lambda: ask_no_councillor(
            divert=found, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _made: _page_of(found),
        title=_("No councillor is concerned"),
        trail=_trail(found, _("No councillor is concerned")),
        back=_page_of(found),
        button=_("Record it"),
        lead=_("For example where the customer lives outside the borough."),
    )


@require_http_methods(METHODS)
def ask_for(request: GatedRequest, reference: str) -> HttpResponse:
    """Ask whoever runs mail to switch it on."""
    found = _kept(request, reference)
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: request_divert(divert=found, by=request.user, at=request.now),
        done=lambda _made: _page_of(found),
        title=_("Ask for the divert"),
        trail=_trail(found, _("Ask for the divert")),
        back=_page_of(found),
        button=_("Ask for it"),
        said=_("%(reference)s: whoever runs mail is asked to switch it on.")
        % {"reference": found.reference},
        lead=_("Whoever runs mail is told, and says here when it is on."),
    )


@require_http_methods(METHODS)
def end(request: GatedRequest, reference: str) -> HttpResponse:
    """End a divert; what is on is to be switched off."""
    found = _kept(request, reference)
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: end_divert(divert=found, by=request.user, at=request.now),
        done=lambda _made: _page_of(found),
        title=_("End the divert"),
        trail=_trail(found, _("End the divert")),
        back=_page_of(found),
        button=_("End it"),
        said=_("%(reference)s: its end is recorded.") % {"reference": found.reference},
        warning=_("The customer's e-mail is to reach everybody again."),
        told=lambda: [(_("Divert"), found.reference)],
    )


def _kept(request: GatedRequest, reference: str) -> EmailDivert:
    registers = request.standing.over(Power.KEEP_SCHEDULE) - {None}
    found = EmailDivert.objects.filter(
        not_shut_out(request.user, case="arrangement__case"), arrangement__register__in=registers
    )
    related = "arrangement__register", "arrangement__case", "arrangement__entry", "case_file"
    return get_object_or_404(found.select_related(*related), reference=reference)


def _facts(found: EmailDivert) -> list[tuple[Any, str]]:
    letter = found.letters.order_by("-queued_at").first()
    told = [
        (_("State"), DivertState(found.state).label),
        (_("From"), found.addresses),
        (_("To"), found.arrangement.email),
        (_("Why"), found.reasons),
        (_("Letter to the customer"), _letter(letter)),
        (_("Asked for"), instant(found.requested_at) if found.requested_at else ""),
        (_("Switched on"), instant(found.switched_on_at) if found.switched_on_at else ""),
        (_("Switched on by"), name_of(found.switched_on_by)),
        (_("End decided"), instant(found.ended_at) if found.ended_at else ""),
    ]
    return [(label, text) for label, text in told if text]


def _letter(letter: Any) -> str:
    if letter is None:
        return ""
    if letter.sent_on:
        return _("Sent %(day)s") % {"day": day(letter.sent_on)}
    told = {"day": day(letter.due_on), "who": name_of(letter.writer) or _("any Operations Manager")}
    if waits_for_councillors(letter):
        return _("Written by %(who)s, once the councillors have answered") % told
    return _("Not sent yet; due %(day)s, written by %(who)s") % told


def _councillor(found: EmailDivert, each: CouncillorAnswer) -> Councillor:
    said = {True: _("Yes"), False: _("No"), None: _("No answer yet")}[each.wants]
    when = f", {day(each.answered_on)}" if each.answered_on else ""
    over = found.state in OVER
    url = "" if over else reverse("cautionary_divert_answer", args=[found.reference, each.pk])
    return Councillor(
        each.councillor,
        each.email,
        day(each.asked_on),
        f"{said}{when}",
        url,
        each.wants is not None,
    )


def _buttons(found: EmailDivert) -> list[dict[str, Any]]:
    if found.state in OVER:
        return []
    ways = [("divert_ask", _("Record that a councillor was asked"))]
    if found.state == DivertState.PREPARED:
        if not found.councillors.exists() and not found.no_councillors:
            ways.append(("divert_nobody", _("Record that none is concerned")))
        if not missing_of(found):
            ways.insert(0, ("divert_request", _("Ask for the divert")))
    ways.append(("divert_end", _("End the divert")))
    return [
        {"url": reverse(f"cautionary_{name}", args=[found.reference]), "label": label}
        for name, label in ways
    ]


def _page_of(found: EmailDivert) -> str:
    return reverse("cautionary_divert", args=[found.reference])


def _trail(found: EmailDivert, last: Any) -> list[dict[str, Any]]:
    steps = trail(found.arrangement)
    page = {"label": found.reference, "url": _page_of(found)}
    return [*steps, page, {"label": last, "url": ""}]
