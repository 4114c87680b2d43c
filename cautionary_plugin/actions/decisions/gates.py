"""Who may decide, and what must come first."""

from datetime import date, datetime
from typing import Any

from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.concerned import concerned
from cautionary_plugin.actions.countersign import check_directors
from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.accounts import missing_accounts
from cautionary_plugin.rules.errors import NotAllowed, NotReady
from cautionary_plugin.rules.not_concerned import check_not_concerned
from cautionary_plugin.rules.police import PoliceFacts, missing_of_police
from cautionary_plugin.rules.posts import Power


def check_may_decide(report: IncidentReport, standing: Standing) -> None:
    """The holder of the register, or a deputy, who has had no part in the case (A5, A10).

    :raises NotYourPost: no post that decides on this register, or a panel does.
    :raises SamePerson: reported it, typed it, was there, or countersigned it.
    :raises BriefingLapsed: nobody decides on what they may not read.
    """
    check_directors(report)
    standing.check_may_handle(Power.DECIDE, report.register)
    check_not_concerned(standing.user.pk, concerned=concerned(report) | countersigners(report))


def countersigners(report: IncidentReport) -> set[Any]:
    """Keys of those who confirmed the report, or sent it back."""
    return set(report.countersignatures.values_list("by", flat=True)) - {None}


def hindrance_to(*, report: IncidentReport, by: Any, at: datetime) -> str:
    """Why this person may not decide on this report, in a sentence; empty where they may."""
    try:
        check_may_decide(report, standing_of(by, at=at))
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def missing_before_decision(report: IncidentReport, *, on: date) -> list[str]:
    """What the decision still waits for, as sentences: accounts (A11) and the Police (A12)."""
    waiting = [each.due_on for each in report.statements.all() if not each.is_settled_on(on)]
    police = PoliceFacts.from_json(report.police)
    return [*missing_accounts(waiting), *missing_of_police(police)]


def check_nothing_missing(report: IncidentReport, *, on: date) -> None:
    """Every account is settled, and so is what the Police know.

    :raises NotReady: with what is missing.
    """
    if missing := missing_before_decision(report, on=on):
        raise NotReady(" ".join(missing), missing=missing)
