"""Hand evidence out: opened on the way, as a download that no browser runs (A9)."""

import re
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.evidence import name_of_download, open_evidence
from cautionary_plugin.models import Evidence

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
NOTHING_RUNS = "default-src 'none'; sandbox"


@require_GET
def download(request: GatedRequest, pk: Any) -> HttpResponseBase:
    """One file, or the part of it that the browser asks for."""
    files = Evidence.objects.select_related("case_file__report__register")
    evidence = get_object_or_404(files, pk=pk)
    asked = request.headers.get("Range", "")
    part = RANGE.fullmatch(asked) if asked else None
    start, stop = _limits(part, evidence.size) if part else (0, evidence.size)
    if start >= stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{evidence.size}"})
    pieces = open_evidence(
        evidence=evidence, by=request.user, at=request.now, start=start, stop=stop
    )
    return StreamingHttpResponse(
        pieces,
        status=206 if part else 200,
        content_type=evidence.kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name_of_download(evidence)}"',
            "Content-Length": str(stop - start),
            "Content-Security-Policy": NOTHING_RUNS,
            "Accept-Ranges": "bytes",
            **({"Content-Range": f"bytes {start}-{stop - 1}/{evidence.size}"} if part else {}),
        },
    )


def _limits(part: re.Match[str], size: int) -> tuple[int, int]:
    """The first byte and the one after the last that a single range means (RFC 9110, 14.1.2)."""
    first, last = part.groups()
    if not first:
        return (max(0, size - int(last)), size) if last else (size, size)
    return int(first), min(size, int(last) + 1) if last else size
