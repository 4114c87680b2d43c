"""A decision never changes: what is wrong with it is decided anew, by the panel (B3)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import PanelCase, PanelDecision
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState
from cautionary_plugin.rules.vocabulary import CaseKind

from .cases import open_case


@action
def ask_for_correction(
    *, decision: PanelDecision, reasons: str, by: Any, at: datetime
) -> PanelCase:
    """The case comes before the panel once more; the decision itself stays as it was recorded.

    :param reasons: what is wrong with it.
    :raises NotYourPost, BriefingLapsed: ``by`` does not keep this schedule.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: a correction waits for the panel, or another decision corrected it.
    :raises BadInput: no reasons.
    """
    decision = lock(decision)
    before = decision.case
    standing_of(by, at=at).check_may_handle(Power.KEEP_SCHEDULE, before.register)
    check_not_shut_out(before, by)
    if decision.corrections.filter(state=CaseState.WAITING).exists():
        raise AlreadyDone("A correction of this decision waits for the panel.")
    if decision.corrected_by.exists():
        raise AlreadyDone("This decision was corrected. Ask for a correction of the later one.")
    check_reason(reasons, field="reasons")
    return open_case(
        kind=CaseKind.CORRECTION,
        register=before.register,
        case_file=before.case_file,
        risk=decision.risk or before.risk,
        by=by,
        at=at,
        report=before.report,
        entry=decision.entry,
        corrects=decision,
        presenter=before.presenter,
        statement=reasons,
        letter_tried=before.letter_tried,
        proceedings=before.proceedings,
    )
