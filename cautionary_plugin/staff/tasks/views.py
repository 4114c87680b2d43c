"""My tasks: a list, and a page for each, with a second look before it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.following import actions_of, advice_asked_of, supports_of
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.following import (
    answer_specialist,
    finish_follow_up,
    open_follow_up,
    record_offer,
)
from cautionary_plugin.actions.following.court import check_supports
from cautionary_plugin.actions.following.follow_ups import check_may_finish
from cautionary_plugin.actions.following.specialists import check_asked, reference_of
from cautionary_plugin.forms.readback import carried, read_back
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.rules.vocabulary import Act

from .forms import AdviceForm, OfferForm, ResultForm
from .lines import action_line, advice_line, support_line

FOLDER = "cautionary_plugin/staff/tasks"
MOST = 100


@require_http_methods(["GET"])
def tasks(request: GatedRequest) -> HttpResponse:
    """What waits for me, the earliest day first."""
    today, me = timezone.localdate(request.now), request.user
    lines = [
        *(advice_line(each) for each in _open_first(advice_asked_of(me), "answered_at")),
        *(action_line(each) for each in _open_first(actions_of(me), "done_at")),
        *(support_line(each, reader=me) for each in _open_first(supports_of(me), "offered_on")),
    ]
    lines.sort(key=lambda line: (line.due_on, line.reference))
    context = {
        "waiting": [line for line in lines if not line.done],
        "done": [line for line in lines if line.done],
        "today": today,
    }
    return render(request, f"{FOLDER}/list.html", context)


def _open_first(rows: QuerySet[Any], done: str) -> QuerySet[Any]:
    """So many rows as one page takes: what is still to be done, then what was done last."""
    return rows.order_by(F(done).desc(nulls_first=True), "pk")[:MOST]


@require_http_methods(["GET", "POST"])
def advice(request: GatedRequest, key: UUID) -> HttpResponse:
    """What a specialist is asked, and their answer."""
    referral = get_object_or_404(advice_asked_of(request.user), pk=key)
    check_asked(referral, by=request.user, at=request.now)
    reference = reference_of(referral)
    if request.method == "GET":
        record(
            act=Act.QUESTIONNAIRE,
            by=request.user,
            at=request.now,
            register=referral.register,
            reference=reference,
        )
    return _task(
        request,
        AdviceForm(request.POST or None),
        lambda words: answer_specialist(
            referral=referral, by=request.user, at=request.now, **words
        ),
        title=_("Your advice as a specialist"),
        facts=_facts(reference, referral.due_on),
        asked=referral.asked,
        warning=_("The panel reads it, and looks at the case again. It cannot be changed."),
    )


@require_http_methods(["GET", "POST"])
def follow_up(request: GatedRequest, key: UUID) -> HttpResponse:
    """What is to be done, and what came of it."""
    found = get_object_or_404(actions_of(request.user), pk=key)
    if request.method == "GET":
        open_follow_up(follow_up=found, by=request.user, at=request.now)
    check_may_finish(found, by=request.user, at=request.now)
    return _task(
        request,
        ResultForm(request.POST or None),
        lambda words: finish_follow_up(follow_up=found, by=request.user, at=request.now, **words),
        title=_("A follow-up action"),
        facts=_facts(found.case.reference, found.due_on),
        asked=found.what,
        warning=_("The action is closed with that."),
    )


@require_http_methods(["GET", "POST"])
def support(request: GatedRequest, key: UUID) -> HttpResponse:
    """Which support a witness was offered by their line manager."""
    mine = supports_of(request.user).filter(line_manager=request.user)
    found = get_object_or_404(mine, pk=key)
    check_supports(found, by=request.user)
    facts = [
        (_("Employee"), name_of(found.employee)),
        (_("Reference"), found.case.reference),
        (_("Hearing"), date_format(found.hearing_on, "j F Y")),
    ]
    return _task(
        request,
        OfferForm(request.POST or None),
        lambda words: record_offer(support=found, by=request.user, at=request.now, **words),
        title=_("Support an employee at court"),
        facts=facts,
        asked=_(
            "This employee was summoned to give evidence. Please talk to them now: about time to "
            "prepare, somebody to go with them, and how they are. Ask Legal Services what they may "
            "expect at court."
        ),
        warning=_("It is recorded that you offered your support."),
    )


def _task(
    request: GatedRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    **context: Any,
) -> HttpResponse:
    """The form; then once more, to be read over before it counts."""
    asked = request.method == "POST" and form.is_valid() and "edit" not in request.POST
    if asked and "send" in request.POST:
        if submit(form, lambda: act(form.cleaned_data)) is not None:
            return redirect("cautionary:my_tasks")
        asked = False
    context |= {"form": form}
    if asked:
        context |= {"told": read_back(form), "carried": carried(form)}
    return render(request, f"{FOLDER}/task.html", context, status=400 if form.errors else 200)


def _facts(reference: str, due_on: Any) -> list[tuple[Any, str]]:
    return [(_("Reference"), reference), (_("Last day"), date_format(due_on, "j F Y"))]
