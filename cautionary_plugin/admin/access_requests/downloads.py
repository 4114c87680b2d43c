"""What leaves: the released pack with its files, and one file that is looked at before (L8)."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.access_requests import (
    is_file,
    open_enclosed,
    open_line_file,
    open_pack,
)
from cautionary_plugin.models import PackLine
from cautionary_plugin.outbox.pdf import access_pack_pdf

from .archive import archive, as_json
from .page import named

KINDS = {"pdf": "application/pdf", "json": "application/json", "zip": "application/zip"}
NOTHING_RUNS = "default-src 'none'; sandbox"


@require_safe
def document(request: GatedRequest, reference: str, kind: str) -> HttpResponseBase:
    """The released pack, made for this answer and kept nowhere."""
    found = named(reference, request)
    if kind not in KINDS:
        raise Http404
    pack = open_pack(request=found, by=request.user, at=request.now)
    told = {
        "content_type": KINDS[kind],
        "headers": {"Content-Disposition": f'attachment; filename="{reference}.{kind}"'},
    }
    if kind == "zip":
        files = open_enclosed(request=found, by=request.user, at=request.now)
        return StreamingHttpResponse(archive(pack, files, at=request.now), **told)
    return HttpResponse(as_json(pack) if kind == "json" else access_pack_pdf(pack), **told)


@require_safe
def file(request: GatedRequest, reference: str, pk: Any) -> StreamingHttpResponse:
    """The file of a line, so that somebody looks at it before the person is given it."""
    line = get_object_or_404(PackLine, pk=pk, request=named(reference, request))
    if not is_file(line):
        raise Http404
    opened = open_line_file(line=line, by=request.user, at=request.now)
    return StreamingHttpResponse(
        opened.content,
        content_type=opened.kind,
        headers={
            "Content-Disposition": f'attachment; filename="{opened.name}"',
            "Content-Security-Policy": NOTHING_RUNS,
        },
    )
