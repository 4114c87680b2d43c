"""The second look: the data protection officer releases what another went through (L8)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import AccessRequest
from cautionary_plugin.rules.errors import AlreadyDone, NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import RequestState, check_move

from .pack import pack_of
from .preparing import changes_of
from .receiving import check_may_prepare, note


@action
def release_pack(
    *, request: AccessRequest, by: Any, at: datetime, seen: str | None = None
) -> AccessRequest:
    """Release the pack as it was gone through; from now on it never changes.

    :param seen: the digest of the pack that the person has looked at; another one is not released.
    :raises NotYourPost: ``by`` is no data protection officer of every register of the file.
    :raises IllegalMove: it is not being gone through.
    :raises NotReady: what :func:`waits_for` says.
    :raises AlreadyDone: somebody has changed what the person is told meanwhile.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at, power=Power.RELEASE_PACKS)
    check_move(RequestState, request.state, RequestState.RELEASED, by=Power.RELEASE_PACKS)
    if missing := waits_for(request, by=by):
        raise NotReady("The pack cannot be released yet.", missing=missing)
    if seen is not None and seen != pack_of(request).digest:
        raise AlreadyDone(
            "A line was changed since you looked. Look again: this page shows what the person "
            "gets now."
        )
    request.state, request.settled_by, request.settled_at = RequestState.RELEASED, by, at
    request.save(update_fields=["state", "settled_by", "settled_at"])
    note(request, by, at)
    return request


def waits_for(request: AccessRequest, *, by: Any) -> list[str]:
    """What stands in the way of the release by somebody, in sentences."""
    missing = []
    lines = request.lines
    if unseen := lines.filter(looked_at=None).count():
        missing.append(f"Nobody has looked at {unseen} lines.")
    if lines.filter(looked_by=by).exists():
        missing.append("You went through lines of it yourself: somebody else releases it.")
    if changes := changes_of(request):
        told = (*changes.added, *changes.changed, *changes.gone)
        missing.append("The file has changed since the pack was prepared: " + "; ".join(told) + ".")
    return missing
