"""Somebody goes through the pack, line by line (L8)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import AccessRequest, PackLine
from cautionary_plugin.rules.access_requests import Choice, check_look
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.states import RequestState

from .receiving import check_may_prepare, note


@action
def look_at_line(
    *,
    line: PackLine,
    choice: str,
    replacement: str = "",
    ground: str = "",
    reason: str = "",
    by: Any,
    at: datetime,
) -> PackLine:
    """Say what the person is told of one line; it may be said again until the release.

    :raises BadInput: as :func:`~.rules.access_requests.check_look`.
    :raises AlreadyDone: the pack is not being gone through any more.
    """
    request = lock(AccessRequest(pk=line.request_id))
    check_may_prepare(request.case_file, by, at)
    if request.state != RequestState.REVIEWING:
        raise AlreadyDone("This pack is not being gone through any more.")
    line = lock(line)
    check_look(choice, replacement=replacement, ground=ground, reason=reason)
    withheld = choice == Choice.WITHHOLD
    line.choice, line.looked_by, line.looked_at = choice, by, at
    line.replacement = replacement if choice == Choice.REDACT else ""
    line.ground, line.reason = (ground, reason) if withheld else ("", "")
    line.save(update_fields=["choice", "looked_by", "looked_at", "replacement", "ground", "reason"])
    note(request, by, at)
    return line
