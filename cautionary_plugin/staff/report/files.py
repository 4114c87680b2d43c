"""The page for evidence: photos and files are added at once, and removed one by one (A9)."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.evidence import add_evidence, remove_evidence
from cautionary_plugin.actions.reports import OPEN_STATES, find_own_report, pages_now, save_page
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.rules.evidence import KINDS, TAKEN
from cautionary_plugin.rules.reporting import Page

from . import steps

ACCEPTED = ",".join(
    ["image/*", "video/*", "audio/*", *KINDS, *(f".{kind.ending}" for kind in KINDS.values())]
)


class FilesInput(forms.FileInput):
    """Several files at once; on a phone also from the camera."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to a list."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(each, initial) for each in data or []]


class FilesForm(forms.Form):
    """What is added now."""

    file = FilesField(
        label=_("Add photos or files"),
        required=False,
        allow_empty_file=True,  # the action says so in better words
    )


@dataclass(frozen=True, repr=False)
class Added:
    """A file that was added, as the page lists it."""

    key: UUID
    name: str
    words: str


def files_of(report: IncidentReport) -> list[Added]:
    """What was added to a report so far."""
    return [
        Added(each.pk, each.title, f"{KINDS[each.kind].words}, {filesizeformat(each.size)}")
        for each in report.case_file.evidence.all()
    ]


@require_http_methods(["GET", "POST"])
def evidence(request: GatedRequest, reference: str) -> HttpResponse:
    """Add files; "Next" takes those along that were chosen and not added yet."""
    report = find_own_report(reference, by=request.user)
    if report.state not in OPEN_STATES:
        return redirect("cautionary:report_sent", reference)
    if request.method == "GET":
        return _show(request, report, FilesForm())
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid():
        for upload in form.cleaned_data["file"]:
            submit(form, partial(_add, request, report, upload))
    if form.errors:
        return _show(request, report, form)
    if "add" in request.POST:
        return redirect(steps.url_of(report, Page.EVIDENCE))
    saved = save_page(
        report=report, page=Page.EVIDENCE, answers={}, by=request.user, at=request.now
    )
    on, changing = timezone.localdate(request.now), "change" in request.GET
    return redirect(steps.url_after(saved, Page.EVIDENCE, changing=changing, on=on))


@require_http_methods(["POST"])
def remove(request: GatedRequest, reference: str, key: UUID) -> HttpResponse:
    """Take a file away again."""
    report = find_own_report(reference, by=request.user)
    added = get_object_or_404(Evidence, pk=key, case_file=report.case_file)
    remove_evidence(evidence=added, by=request.user, at=request.now)
    return redirect(steps.url_of(report, Page.EVIDENCE))


def _add(request: GatedRequest, report: IncidentReport, upload: Any) -> Evidence:
    return add_evidence(
        case_file=report.case_file,
        content=upload.file,
        name=upload.name,
        by=request.user,
        at=request.now,
    )


def _show(request: GatedRequest, report: IncidentReport, form: FilesForm) -> HttpResponse:
    if Page.EVIDENCE not in pages_now(report):
        raise Http404
    context = {
        "step": steps.step_of(report, Page.EVIDENCE),
        "form": form,
        "added": files_of(report),
        "taken": TAKEN,
        "most": conf.EVIDENCE_MAX_FILES,
        "largest": filesizeformat(conf.EVIDENCE_MAX_SIZE),
    }
    status = 400 if form.errors else 200
    return render(request, "cautionary_plugin/staff/report/evidence.html", context, status=status)
