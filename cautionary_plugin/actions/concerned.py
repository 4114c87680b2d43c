"""Whom a report concerns: they take no step on it that is another's to take (A8)."""

from typing import Any

from cautionary_plugin.models import IncidentReport


def concerned(report: IncidentReport) -> set[Any]:
    """Keys of the reporter, the typist, and the employees whose account is asked for."""
    employees = report.statements.values_list("employee", flat=True)
    return {report.reporter_id, report.typed_by_id, *employees} - {None}
