"""Add evidence to a report, and take it away again while the report is its writer's (A9).

The object is written before the row, outside the transaction: a row never points at nothing. An
object whose row did not come about is removed at once, or by the daily run.
"""

import os
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock, write_alias
from cautionary_plugin.conf import conf
from cautionary_plugin.models import CaseFile, Evidence, IncidentReport
from cautionary_plugin.rules.errors import NotNow, NotYours
from cautionary_plugin.rules.evidence import check_room, harmless_name
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing import objects

from .content import kind_of
from .scanning import scan

WITH_ITS_WRITER = (ReportState.DRAFT, ReportState.RETURNED)


def add_evidence(
    *, case_file: CaseFile, content: BinaryIO, name: str, by: Any, at: datetime
) -> Evidence:
    """Keep a file as evidence, sealed under the case file's key.

    :param content: can seek.
    :param name: the file's own name; made harmless, and kept sealed.
    :raises NotYours: ``by`` neither reports nor types the report.
    :raises NotNow: the report is no longer with its writer.
    :raises BadInput: under ``file``: empty, too large, one too many, of a kind that is not taken,
        harmful, or it could not be checked.
    :raises NotStored: the storage does not answer.
    """
    _check_may_change(case_file.report, by)
    size = content.seek(0, os.SEEK_END)
    _check_room(case_file, size)
    evidence = Evidence(
        case_file=case_file,
        object_name=objects.random_name(),
        kind=kind_of(content),
        size=size,
        title=harmless_name(name),
        added_by=by,
        added_at=at,
        scanned_at=at if scan(content) else None,
    )
    objects.put(case_file.file_key, content, name=evidence.object_name, owner=evidence.pk)
    try:
        _add_row(evidence, by, at)
    except BaseException:
        objects.take_away(evidence.object_name)
        raise
    return evidence


@action
def _add_row(evidence: Evidence, by: Any, at: datetime) -> None:
    report = lock(evidence.case_file.report)
    _check_may_change(report, by)
    _check_room(evidence.case_file, evidence.size)
    evidence.save(force_insert=True)
    _record(report, by, at)


@action
def remove_evidence(*, evidence: Evidence, by: Any, at: datetime) -> None:
    """Take a file away again; its object goes once the row is gone.

    :raises NotYours, NotNow: as :func:`add_evidence`.
    :raises AlreadyDone: it was removed before.
    """
    report = lock(evidence.case_file.report)
    _check_may_change(report, by)
    evidence = lock(evidence)
    name = evidence.object_name
    evidence.delete()
    _record(report, by, at)
    _remove_when_committed(name)


def drop_objects(case_file: CaseFile) -> None:
    """The objects of a file's evidence go once the caller's transaction, which deletes the file,
    is through.
    """
    for name in case_file.evidence.values_list("object_name", flat=True):
        _remove_when_committed(name)


def _remove_when_committed(name: str) -> None:
    """The object goes once its row is gone; if the storage does not answer then, a day later."""
    transaction.on_commit(lambda: objects.take_away(name), using=write_alias(), robust=True)


def _check_may_change(report: IncidentReport, by: Any) -> None:
    if by.pk not in (report.reporter_id, report.typed_by_id):
        raise NotYours("This report is a colleague's.")
    if report.state not in WITH_ITS_WRITER:
        raise NotNow("The report has been sent in; its evidence stays as it is.")


def _check_room(case_file: CaseFile, size: int) -> None:
    check_room(
        size=size,
        largest=conf.EVIDENCE_MAX_SIZE,
        there=case_file.evidence.count(),
        most=conf.EVIDENCE_MAX_FILES,
    )


def _record(report: IncidentReport, by: Any, at: datetime) -> None:
    record(act=Act.EVIDENCE, by=by, at=at, register=report.register, reference=report.reference)
