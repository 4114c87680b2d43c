"""Bring in a list: upload it, look at each row's fate, enter it (A39)."""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.legacy import (
    Fate,
    Plan,
    content_of,
    declare_destroyed,
    discard_upload,
    dry_run,
    import_list,
    keep_upload,
    plan_list,
    read_list,
)
from cautionary_plugin.admin.progress import Progress, streamed
from cautionary_plugin.admin.rendering import page, render
from cautionary_plugin.models import LegacyImport, LegacyUpload
from cautionary_plugin.rules.errors import BadInput, CautionaryError
from cautionary_plugin.rules.legacy import COLUMNS, REQUIRED_COLUMNS

from .forms import UploadForm

FOLDER = "cautionary_plugin/admin/legacy"
MOST_SHOWN = 200


def _trail() -> list[dict[str, Any]]:
    return [
        {"url": reverse("cautionary_legacy_modeladmin_index"), "label": _("Legacy lists")},
        {"url": "", "label": _("Bring in a list")},
    ]


@require_http_methods(["GET", "POST"])
def upload(request: GatedRequest) -> HttpResponse:
    """Take the file; nothing of it is entered yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = keep_upload(
            content=form.cleaned_data["file"].read(),
            register=form.cleaned_data["register"],
            by=request.user,
            at=request.now,
        )
        return HttpResponseRedirect(reverse("cautionary_legacy_plan", args=[kept.pk]))
    return render(
        request,
        f"{FOLDER}/upload.html",
        title=_("Bring in a list"),
        trail=_trail(),
        form=form,
        columns=[(column, column in REQUIRED_COLUMNS) for column in COLUMNS],
        status=400 if form.errors else 200,
    )


@require_GET
def plan(request: GatedRequest, pk: Any) -> StreamingHttpResponse:
    """The dry run: what would become of each row."""
    upload = _mine(request, pk)

    def work(progress: Progress) -> str:
        try:
            found = dry_run(
                read_list(content_of(upload)),
                register=upload.register,
                by=request.user,
                at=request.now,
                progress=progress,
            )
            return _show_plan(request, upload, found)
        except CautionaryError as problem:
            return _show_problem(request, problem)

    return streamed(_working_page(request), work)


@require_POST
def enter(request: GatedRequest, pk: Any) -> StreamingHttpResponse:
    """Enter the list: all of its fit rows, or nothing."""
    upload = _mine(request, pk)

    def work(progress: Progress) -> str:
        try:
            done = import_list(
                plan=plan_list(
                    read_list(content_of(upload)), register=upload.register, at=request.now
                ),
                digest=sha256(content_of(upload)).hexdigest(),
                by=request.user,
                at=request.now,
                progress=progress,
            )
        except CautionaryError as problem:
            return _show_problem(request, problem)
        discard_upload(upload=upload)
        return render_to_string(f"{FOLDER}/entered.html", {"done": done}, request=request)

    return streamed(_working_page(request), work)


@require_POST
def declare(request: GatedRequest, pk: int) -> HttpResponse:
    """Declare that the old list is destroyed."""
    declare_destroyed(
        legacy_import=get_object_or_404(LegacyImport, pk=pk), by=request.user, at=request.now
    )
    return HttpResponseRedirect(reverse("cautionary_legacy_modeladmin_inspect", args=[pk]))


def _mine(request: GatedRequest, pk: Any) -> LegacyUpload:
    """The person's own upload; nobody else sees it, whatever their post."""
    uploads = LegacyUpload.objects.select_related("register")
    return get_object_or_404(uploads, pk=pk, uploaded_by=request.user)


def _working_page(request: GatedRequest) -> str:
    return page(request, f"{FOLDER}/work.html", title=_("Bring in a list"), trail=_trail())


def _show_plan(request: GatedRequest, upload: LegacyUpload, plan: Plan) -> str:
    notable = [row for row in plan.fates if row.fate is not Fate.ENTERED]
    context = {
        "upload": upload,
        "counts": [(fate.label, plan.counts[fate]) for fate in Fate],
        "notable": notable[:MOST_SHOWN],
        "left_out": max(0, len(notable) - MOST_SHOWN),
        "fit": len(plan.fates) - plan.counts[Fate.REFUSED],
    }
    return render_to_string(f"{FOLDER}/plan.html", context, request=request)


def _show_problem(request: GatedRequest, problem: CautionaryError) -> str:
    sentences = [str(problem)]
    if isinstance(problem, BadInput):
        sentences = [each for found in problem.problems.values() for each in found]
    context = {"sentences": sentences}
    return render_to_string(f"{FOLDER}/problem.html", context, request=request)
