"""Run an item step by step; each POST has a URL of its own and goes back to the next step."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.panel_facts import motion_facts
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.findings import (
    consult_system,
    record_findings,
    record_health,
)
from cautionary_plugin.actions.panel.items import adjourn_item, open_item
from cautionary_plugin.actions.panel.motions import put_motion, take_back_motion
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import AgendaItem, Motion
from cautionary_plugin.rules.errors import AlreadyDone, Excluded
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome
from cautionary_plugin.signals import refused

from .forms import (
    AdjournForm,
    ConsultForm,
    CorrectionForm,
    FindingsForm,
    HealthForm,
    SeenForm,
    VoteForm,
)
from .motions import motion_form_of
from .page import ADJOURN, DECIDED, item_url, meeting_url, show, trail_of
from .room import RELATED, Room
from .steps import CLOSE, DECISION, FINDINGS, FOLDER, HEALTH, MOTION, PAPERS, VOTES, CameBack

METHODS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def but_not_the_excluded(view: View) -> View:
    """Whoever is shut out of the case learns that, its reference, and nothing else (B11)."""

    @wraps(view)
    def told(request: GatedRequest, pk: UUID, **named: Any) -> HttpResponse:
        try:
            return view(request, pk, **named)
        except Excluded as refusal:
            refused.send(
                sender=type(refusal),
                user=request.user,
                screen=request.resolver_match.view_name if request.resolver_match else "",
                at=request.now,
            )
            item = _item(pk)
            return render(
                request,
                f"{FOLDER}/excluded.html",
                status=403,
                title=item.case.reference,
                trail=trail_of(item),
                meeting_url=meeting_url(item),
            )

    return told


@require_safe
@but_not_the_excluded
def item(request: GatedRequest, pk: UUID) -> HttpResponse:
    """The one page that runs an item, and on which members vote."""
    return show(Room.entered(request, pk))


@require_safe
def look(_request: GatedRequest, pk: UUID) -> HttpResponse:
    """The page anew, at the votes: a link to a place on the same page would not load it."""
    return HttpResponseRedirect(item_url(_item(pk), VOTES))


@require_http_methods(METHODS)
@but_not_the_excluded
def begin(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Open the item."""
    return _step(
        request,
        pk,
        PAPERS,
        SeenForm,
        lambda about, _told: open_item(item=about, by=request.user, at=request.now),
        onward=HEALTH,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def health(request: GatedRequest, pk: UUID) -> HttpResponse:
    """The panel's first question (B20, B21)."""
    return _step(
        request,
        pk,
        HEALTH,
        HealthForm,
        lambda about, told: record_health(item=about, by=request.user, at=request.now, **told),
        onward=FINDINGS,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def consult(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Mosaic or another system, by the representative of Adult Social Care (B22)."""
    return _step(
        request,
        pk,
        HEALTH,
        ConsultForm,
        lambda about, told: consult_system(item=about, by=request.user, at=request.now, **told),
        onward=HEALTH,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def findings(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Criteria, letter first, point of contact, legal advice (B15–B17, B23)."""
    return _step(
        request,
        pk,
        FINDINGS,
        FindingsForm,
        lambda about, told: record_findings(item=about, by=request.user, at=request.now, **told),
        onward=MOTION,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def motion(request: GatedRequest, pk: UUID, outcome: str) -> HttpResponse:
    """The form of one outcome, in its place on the page; put to the vote when it is sent."""
    wanted = _outcome(outcome)
    room = Room.entered(request, pk)
    form = motion_form_of(room, wanted, posted(request))

    def put() -> Motion:
        return put_motion(
            item=room.item,
            outcome=wanted,
            risk=form.level(),
            reasons=form.cleaned_data["reasons"],
            terms=form.terms(),
            by=request.user,
            at=request.now,
        )

    if request.method == "POST" and submit(form, put) is not None:
        return HttpResponseRedirect(item_url(room.item, VOTES))
    status = 400 if form.errors else 200
    return show(Room.entered(request, pk), CameBack(MOTION, form, wanted), status=status)


@require_http_methods(METHODS)
@but_not_the_excluded
def vote(request: GatedRequest, pk: UUID) -> HttpResponse:
    """A member votes for themselves, and is asked once more before it counts (B19)."""
    room = Room.entered(request, pk)
    about = room.item
    if request.method != "POST" or room.motion is None:
        return HttpResponseRedirect(item_url(about, VOTES))
    put = room.motion
    form = VoteForm(request.POST)

    def act() -> Any:
        _check_seen(put, form.cleaned_data["motion"])
        choice = Choice(form.cleaned_data["choice"])
        return cast_vote(motion=put, choice=choice, by=request.user, at=request.now)

    return ask(
        request,
        form,
        act,
        done=lambda _vote: item_url(about, VOTES),
        title=_("Your vote on %(reference)s") % {"reference": about.case.reference},
        trail=trail_of(about, _("Your vote")),
        back=item_url(about, VOTES),
        button=_("Cast this vote"),
        warning=_("You vote for yourself. A vote that is cast is not changed."),
        told=lambda: [
            (_("Your vote"), Choice(form.cleaned_data["choice"]).label),
            *motion_facts(put),
        ],
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def take_back(request: GatedRequest, pk: UUID) -> HttpResponse:
    """A motion that was put by mistake is taken back while nobody has voted."""
    return _step(
        request,
        pk,
        VOTES,
        SeenForm,
        lambda about, told: take_back_motion(
            motion=_seen(about, told["seen"]), by=request.user, at=request.now
        ),
        onward=MOTION,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def close(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Close the vote and count it (B7, B19)."""
    return _step(
        request,
        pk,
        CLOSE,
        SeenForm,
        lambda about, told: close_vote(
            motion=_seen(about, told["seen"]), by=request.user, at=request.now
        ),
        onward=DECISION,
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def record(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Record what was read back; it never changes after that."""
    answer = _step(
        request,
        pk,
        DECISION,
        SeenForm,
        lambda about, told: record_decision(
            motion=_seen(about, told["seen"]), by=request.user, at=request.now
        ),
        onward=DECIDED,
    )
    if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("The decision is recorded."))
    return answer


@require_http_methods(METHODS)
@but_not_the_excluded
def adjourn(request: GatedRequest, pk: UUID) -> HttpResponse:
    """The item goes to another meeting, with reasons."""
    return _step(
        request,
        pk,
        ADJOURN,
        AdjournForm,
        lambda about, told: adjourn_item(item=about, by=request.user, at=request.now, **told),
        onward="",
    )


@require_http_methods(METHODS)
@but_not_the_excluded
def correction(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Ask the panel to put a decision right; the decision itself stays (B3)."""
    room = Room.entered(request, pk)
    decision = room.decision
    if decision is None:
        return HttpResponseRedirect(item_url(room.item))
    form = CorrectionForm(posted(request))
    return ask(
        request,
        form,
        lambda: ask_for_correction(
            decision=decision, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _case: meeting_url(room.item),
        title=_("Ask for a correction"),
        trail=trail_of(room.item, _("Ask for a correction")),
        back=item_url(room.item),
        button=_("Ask for a correction"),
        lead=_("A new case waits for the panel. It decides anew, with a quorum and four votes."),
    )


def _step(
    request: GatedRequest,
    pk: UUID,
    anchor: str,
    kind: type[forms.Form],
    act: Callable[[AgendaItem, dict[str, Any]], Any],
    *,
    onward: str,
) -> HttpResponse:
    """Do what a step asks, and go on to the next; a fault stands in the step, with what was typed.

    The page is built anew after a fault: what is shown is as it is then, to whoever may see it
    then.
    """
    about = _item(pk)
    if request.method != "POST":
        return HttpResponseRedirect(item_url(about, anchor))
    form = kind(request.POST)
    if submit(form, lambda: act(about, form.cleaned_data)) is not None:
        return HttpResponseRedirect(item_url(about, onward))
    return show(Room.entered(request, pk), CameBack(anchor, form), status=400)


def _item(pk: UUID) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related(*RELATED), pk=pk)


def _outcome(code: str) -> PanelOutcome:
    try:
        return PanelOutcome(code)
    except ValueError:
        raise Http404 from None


def _seen(about: AgendaItem, number: int) -> Motion:
    """The motion that stood on the page when the button was pressed."""
    found = about.motions.filter(number=number).first()
    if found is None:
        raise AlreadyDone(MEANWHILE)
    return found


def _check_seen(put: Motion, number: int) -> None:
    if put.number != number:
        raise AlreadyDone(MEANWHILE)


MEANWHILE = "Another motion was put meanwhile. Read it before you go on."
