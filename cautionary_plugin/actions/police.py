"""What is known of a crime, and of what the Police were told, before a decision (A12)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.not_concerned import check_not_concerned
from cautionary_plugin.rules.police import PoliceFacts, check_police_facts
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, Route

from .access import record
from .base import action, lock
from .concerned import concerned
from .referrers import check_may_refer


@action
def record_police(
    *,
    report: IncidentReport,
    crime: str,
    informed_on: date | None = None,
    informed_by: str = "",
    reference: str = "",
    by: Any,
    at: datetime,
) -> IncidentReport:
    """Record whether a crime was committed, and when, by whom and how the Police were informed.

    What is not known yet may stay empty; the decision waits for it.

    :raises NotYourPost: ``by`` neither countersigns it now, nor puts it before the panel, nor
        decides on it.
    :raises SamePerson: ``by`` reported it or was there.
    :raises IllegalMove: the report waits neither for a countersignature nor for a decision.
    :raises BadInput: a fact that cannot be.
    """
    report = lock(report)
    _check_may_record(report, standing_of(by, at=at))
    facts = check_police_facts(
        PoliceFacts(crime, informed_on, informed_by.strip(), reference.strip()),
        on=timezone.localdate(at),
        occurred_on=report.occurred_on,
    )
    report.police, report.changed_at = facts.to_json(), at
    report.save(update_fields=["police", "changed_at"])
    record(act=Act.POLICE, by=by, at=at, register=report.register, reference=report.reference)
    return report


def _check_may_record(report: IncidentReport, standing: Standing) -> None:
    waiting = {
        ReportState.SUBMITTED: Power.COUNTERSIGN,
        ReportState.COUNTERSIGNED: Power.DECIDE,
    }
    power = waiting.get(ReportState(report.state))
    if power is None:
        standing.check_may_handle(Power.DECIDE, report.register)
        raise IllegalMove("The report waits neither for a countersignature nor for a decision.")
    if power is Power.COUNTERSIGN and report.register.route == Route.PANEL:
        check_may_refer(report, standing)
        return
    standing.check_may_handle(power, report.register)
    check_not_concerned(standing.user.pk, concerned=concerned(report))
