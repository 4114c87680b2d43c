"""Record a complaint, its acknowledgement, its answer (L10)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.exclusion import schedule_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.complaints import (
    acknowledge_complaint,
    answer_complaint,
    record_complaint,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.models import Complaint
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.posts import Power

from .forms import AcknowledgeForm, AnswerForm, ComplaintForm

SCREEN = "cautionary_complaints_modeladmin"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def lodge(request: GatedRequest) -> HttpResponse:
    """Record a complaint that came in."""
    form = ComplaintForm(posted(request))
    return ask(
        request,
        form,
        lambda: record_complaint(by=request.user, at=request.now, **form.cleaned_data),
        done=_page_of,
        title=_("Record a complaint"),
        trail=_trail((_("Record a complaint"), "")),
        back=reverse(f"{SCREEN}_index"),
        button=_("Record the complaint"),
        lead=_("It must be acknowledged within 30 days of the day on which it came in."),
    )


@require_http_methods(METHODS)
def acknowledge(request: GatedRequest, reference: str) -> HttpResponse:
    """Record the acknowledgement."""
    complaint = _kept(request, reference)
    form = AcknowledgeForm(posted(request))
    today = timezone.localdate(request.now)
    return ask(
        request,
        form,
        lambda: acknowledge_complaint(
            complaint=complaint, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=_page_of,
        title=_("Record the acknowledgement"),
        trail=_trail((reference, _page_of(complaint)), (_("Acknowledgement"), "")),
        back=_page_of(complaint),
        button=_("Record it"),
        lead=capfirst(due_in_words(complaint.acknowledge_by, today=today)) + ".",
    )


@require_http_methods(METHODS)
def answer(request: GatedRequest, reference: str) -> HttpResponse:
    """Record the answer."""
    complaint = _kept(request, reference)
    form = AnswerForm(posted(request))
    return ask(
        request,
        form,
        lambda: answer_complaint(
            complaint=complaint, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=_page_of,
        title=_("Record the answer"),
        trail=_trail((reference, _page_of(complaint)), (_("Answer"), "")),
        back=_page_of(complaint),
        button=_("Record the answer"),
        warning=_("The answer stays as it is recorded."),
    )


def _kept(request: GatedRequest, reference: str) -> Complaint:
    """A complaint of a register whose complaints the person keeps."""
    kept = request.standing.over(Power.RECORD_APPEALS) - {None}
    complaints = Complaint.objects.filter(schedule_not_shut_out(request.user))
    complaints = complaints.select_related("register", "case_file")
    return get_object_or_404(complaints, reference=reference, register__in=kept)


def _page_of(complaint: Complaint) -> str:
    return reverse(f"{SCREEN}_inspect", args=[complaint.reference])


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = ((_("Complaints"), reverse(f"{SCREEN}_index")), *further)
    return [{"label": each, "url": url} for each, url in steps]
