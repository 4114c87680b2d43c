"""Uploads of evidence stay in memory: Django would write the larger ones to a disk in the open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cautionary_plugin.conf import conf

View = Callable[..., HttpResponseBase]
MOST_SIZES_READ = 8  # of the largest file, in one request


class InMemoryOnly(MemoryFileUploadHandler):
    """Keeps files in memory, whatever their size; a request that is far too large is refused.

    Of each file one byte more than the largest is kept, so that the form finds it too large.
    """

    read = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = conf.EVIDENCE_MAX_SIZE + 1 - start
        self.read += len(raw_data)
        if self.read > MOST_SIZES_READ * conf.EVIDENCE_MAX_SIZE:
            raise RequestDataTooBig("The upload is larger than anything that is taken.")
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        kept = min(file_size, conf.EVIDENCE_MAX_SIZE + 1)
        return super().file_complete(kept)


def takes_evidence(view: View) -> View:
    """A view whose uploads are never written to a disk in the open.

    Wrap the view itself, inside ``gated``, which calls ``before_reading`` first of all: a form that
    comes after the second factor has lapsed is read by the gate. The check against forged requests
    reads the form, so it moves inside: the handler must be set before anything is read.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        keep_in_memory(request)
        return protected(request, *args, **kwargs)

    # The gate reads the mark from the view; a function has no such attribute for the type checker.
    careful.before_reading = keep_in_memory  # type: ignore[attr-defined]
    return careful


def keep_in_memory(request: HttpRequest) -> None:
    """Let whoever reads the form next keep its files in memory."""
    if not hasattr(request, "_files"):  # else a middleware of the host was faster
        request.upload_handlers = [InMemoryOnly(request)]
