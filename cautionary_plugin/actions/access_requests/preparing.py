"""The pack is made, and made anew where the file has changed since (L8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import AccessRequest, PackLine
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import RequestState, check_move

from .assembling import Found, assemble
from .receiving import check_may_prepare, check_pending, note


@dataclass(frozen=True)
class Changes:
    """What has changed on the file since the pack was prepared: headings, and no content."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


@action
def prepare_pack(*, request: AccessRequest, by: Any, at: datetime) -> AccessRequest:
    """Write down all that is held; what somebody has looked at and is as it was stays looked at.

    :raises NotReady: nobody has checked who asks.
    :raises AlreadyDone: the request is settled.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at)
    check_pending(request)
    if not request.identity_checked_at:
        raise NotReady(
            "The pack cannot be prepared yet.", missing=["Check first who asks, and record how."]
        )
    if request.state == RequestState.OPEN:
        check_move(RequestState, request.state, RequestState.REVIEWING, by=Power.PREPARE_PACKS)
        request.state = RequestState.REVIEWING
    _write(request, assemble(request.case_file))
    request.prepared_at = at
    request.save(update_fields=["state", "prepared_at"])
    note(request, by, at)
    return request


def changes_of(request: AccessRequest) -> Changes:
    """What a pack that is made now would have otherwise.

    Who looked is left out: each look at the pack itself would be a change.
    """
    now = {each.place: each for each in assemble(request.case_file) if not _is_look(each.source)}
    then = {
        (line.source, line.row): line
        for line in request.lines.select_related("request__case_file")
        if not _is_look(line.source)
    }
    return Changes(
        added=tuple(_heading(now[place]) for place in now if place not in then),
        changed=tuple(
            _heading(now[place])
            for place in now
            if place in then and then[place].text != now[place].text
        ),
        gone=tuple(_heading(then[place]) for place in then if place not in now),
    )


def _write(request: AccessRequest, found: list[Found]) -> None:
    before = {
        (line.source, line.row): line for line in request.lines.select_related("request__case_file")
    }
    kept = {place: line for place, line in before.items() if _stands(line, found)}
    request.lines.exclude(pk__in=[line.pk for line in kept.values()]).delete()
    for position, each in enumerate(found, start=1):
        if line := kept.get(each.place):
            line.position = position
            line.save(update_fields=["position"])
        else:
            PackLine.objects.create(
                request=request,
                position=position,
                source=each.source,
                row=each.row,
                section=each.section[:120],
                label=each.label[:120],
                names_others=each.names_others,
                text=each.text,
            )


def _stands(line: PackLine, found: list[Found]) -> bool:
    return any(each.place == (line.source, line.row) and each.text == line.text for each in found)


def _is_look(source: str) -> bool:
    return source.startswith("AccessRecord.")


def _heading(line: Found | PackLine) -> str:
    return f"{line.section}: {line.label}"
