"""A report about somebody who is on the register joins the file of that entry."""

from datetime import datetime

from cautionary_plugin.actions.base import lock
from cautionary_plugin.models import Entry, IncidentReport
from cautionary_plugin.rules.additions import Finding
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.grants import check_reason


def check_join(
    report: IncidentReport, finding: Finding, join_to: Entry | None, *, at: datetime
) -> None:
    """The entry is live, on the same register and of the same kind, and it is the same subject.

    :raises BadInput: under ``join_to`` or ``second_identifier``.
    """
    if join_to is None or not _fits(report, lock(join_to), at):
        sentence = "No live entry of this register and kind has this reference."
        raise BadInput({"join_to": [sentence]})
    try:
        check_reason(finding.second_identifier, field="second_identifier")
    except BadInput:
        sentence = "Say how it was checked that this is the same person or place."
        raise BadInput({"second_identifier": [sentence]}) from None


def _fits(report: IncidentReport, entry: Entry, at: datetime) -> bool:
    live = Entry.objects.live_at(at).filter(pk=entry.pk, register=report.register)
    return live.filter(case_file__kind=report.case_file.kind).exists()
