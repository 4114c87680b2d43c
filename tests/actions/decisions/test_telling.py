"""Whoever reported is told of a decision, whatever it is, and it is recorded (A10)."""

import pytest

from cautionary_plugin.models import AccessRecord, Entry, IncidentReport, MailKind, OutboxMessage
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome
from tests.actions.decisions.deciding import ANOTHER, DECLINE, JOIN
from tests.council import Council
from tests.factors import make_person
from tests.life import countersigned, decided, entered


@pytest.mark.parametrize("outcome", list(DecisionOutcome))
def test_reporter_is_told_and_the_decision_recorded(
    council: Council, report: IncidentReport, outcome: DecisionOutcome
) -> None:
    if outcome == JOIN:
        entered(council)
        report = countersigned(council, make_person("another"))
    join_to = Entry.objects.first() if outcome == JOIN else None
    OutboxMessage.objects.all().delete()

    decided(council, outcome, report=report, join_to=join_to, told=ANOTHER)

    message = OutboxMessage.objects.get(kind=MailKind.DECIDED)
    assert (message.to, message.reference) == (report.reporter, report.reference)
    line = AccessRecord.objects.get(act=Act.DECIDED, reference=report.reference)
    assert (line.user, line.register) == (council.owner, council.register)
    report.refresh_from_db()
    assert report.state == ReportState.DECIDED


def test_reporter_whose_account_is_gone_is_not_told_by_way_of_others(
    council: Council, report: IncidentReport
) -> None:
    IncidentReport.objects.update(reporter=None)

    decided(council, DECLINE, report=report)

    assert not OutboxMessage.objects.filter(kind=MailKind.DECIDED).exists()
