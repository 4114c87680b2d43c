"""Files of evidence: looked at line by line, and enclosed with the pack (L8, UK GDPR article 15).

Each file is a line of the pack: withheld unless somebody has looked at it and says that it is told
as it stands. Nothing is copied: it is opened under the case file's key, on its way out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import AccessRequest, Evidence, PackLine
from cautionary_plugin.rules.access_requests import Choice
from cautionary_plugin.rules.errors import NotReady, NotStored
from cautionary_plugin.rules.evidence import handed_out_as
from cautionary_plugin.rules.states import RequestState
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing import objects

from .assembling import EVIDENCE_FILE
from .receiving import check_may_prepare, check_pending


@dataclass(frozen=True, repr=False)
class PackFile:
    """One file as it is handed out.

    :ivar name: neutral: the reference of the request, and the place of the line.
    """

    name: str
    kind: str
    content: Iterator[bytes]


@action
def open_line_file(*, line: PackLine, by: Any, at: datetime) -> PackFile:
    """The file of a line, for whoever goes through the pack or takes the second look; recorded.

    :raises NotYourPost, BriefingLapsed, Excluded: as :func:`~.receiving.check_may_prepare`.
    :raises AlreadyDone: the request is settled.
    :raises NotStored: it is not in the storage, or the storage does not answer.
    """
    request = lock(AccessRequest(pk=line.request_id))
    check_may_prepare(request.case_file, by, at)
    check_pending(request)
    (opened,) = _opened(request, [line], by, at)
    return opened


@action
def open_enclosed(*, request: AccessRequest, by: Any, at: datetime) -> list[PackFile]:
    """The files that the person is given; each opening is recorded.

    :raises NotReady: the pack was not released.
    :raises NotYourPost, BriefingLapsed, Excluded, NotStored: as :func:`open_line_file`.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at)
    if request.state != RequestState.RELEASED:
        raise NotReady("The pack was not released.", missing=["Nobody gets it before that."])
    return list(_opened(request, enclosed_lines(request), by, at))


def is_file(line: PackLine) -> bool:
    """Whether a line stands for a file itself."""
    return line.source == EVIDENCE_FILE


def enclosed_lines(request: AccessRequest) -> list[PackLine]:
    """The lines whose files the person is given."""
    return list(request.lines.filter(source=EVIDENCE_FILE, choice=Choice.KEEP))


def names_of_enclosed(request: AccessRequest) -> dict[Any, str]:
    """Key of the line → the name under which its file is enclosed."""
    lines = enclosed_lines(request)
    rows = Evidence.objects.filter(pk__in=[line.row for line in lines])
    kinds = {str(key): kind for key, kind in rows.values_list("pk", "kind")}
    return {line.pk: _name(request, line, kinds.get(line.row, "")) for line in lines}


def _opened(
    request: AccessRequest, lines: list[PackLine], by: Any, at: datetime
) -> Iterator[PackFile]:
    rows = Evidence.objects.filter(pk__in=[line.row for line in lines])
    found = {str(row.pk): row for row in rows.select_related("case_file__report__register")}
    for line in lines:
        if (evidence := found.get(line.row)) is None:
            raise NotStored("A file of this pack is not in the storage any more.")
        report = evidence.case_file.report
        content = objects.get(
            evidence.case_file.file_key, name=evidence.object_name, owner=evidence.pk
        )
        record(
            act=Act.READ_EVIDENCE,
            by=by,
            at=at,
            register=report.register,
            reference=report.reference,
        )
        yield PackFile(_name(request, line, evidence.kind), evidence.kind, content)


def _name(request: AccessRequest, line: PackLine, kind: str) -> str:
    return handed_out_as(request.reference, line.position, kind)
