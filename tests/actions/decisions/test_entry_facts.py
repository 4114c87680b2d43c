"""What an entry must have: a credible risk, a ground, measures, readers, an end (A13, A28, A29)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cautionary_plugin.models import Entry, IncidentReport
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import Outcome
from tests.actions.decisions.deciding import ANOTHER, ask, fault
from tests.council import Council, make_reader
from tests.life import decided, entered


@pytest.mark.clause("A13")
def test_without_a_credible_risk_nobody_is_added(council: Council, report: IncidentReport) -> None:
    assert "credible" in fault(council, report, credible=False)
    assert "credible_risk" in fault(council, report, credible_risk="")


@pytest.mark.clause("L9")
def test_entry_rests_on_a_legal_condition(council: Council, report: IncidentReport) -> None:
    assert "legal_condition" in fault(council, report, legal_condition="")


@pytest.mark.clause("L12")
def test_entry_has_a_control_measure(council: Council, report: IncidentReport) -> None:
    assert "control_measures" in fault(council, report, control_measures=[])


@pytest.mark.clause("L1")
def test_entry_is_for_a_service_and_says_why(council: Council, report: IncidentReport) -> None:
    assert "audience" in fault(council, report, audience=[])
    assert "audience_reasons" in fault(council, report, audience_reasons="")


def test_basis_names_no_colleague_concerned(council: Council, report: IncidentReport) -> None:
    reporter = report.reporter
    reporter.first_name, reporter.last_name = "Odette", "Marlborough"
    reporter.save()

    assert "basis" in fault(council, report, basis="He hit Odette Marlborough with a spade.")


def test_all_that_is_wrong_is_said_at_once(council: Council, report: IncidentReport) -> None:
    found = fault(council, report, credible=False, audience=[], told={"reasons": ""})

    assert {"credible", "audience", "reasons"} <= set(found)


@pytest.mark.clause("A28")
def test_entry_without_an_end_or_ending_at_once_is_refused(
    council: Council, report: IncidentReport
) -> None:
    assert "expires_on" in fault(council, report, expires_on=timezone.localdate())
    entry = entered(council, told=ANOTHER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(expires_at=None)


@pytest.mark.clause("A28")
@pytest.mark.clause("A29")
def test_entry_ends_as_its_last_evening_is_over(council: Council, report: IncidentReport) -> None:
    today = timezone.localdate()
    end = months_after(today, 12)
    officer = make_reader(council)

    entry = decided(council, report=report).entry

    assert timezone.localtime(entry.expires_at).replace(tzinfo=None) == datetime(
        end.year, end.month, end.day
    )
    assert not Entry.objects.live_at(entry.expires_at).exists()
    assert Entry.objects.live_at(entry.expires_at - timedelta(seconds=1)).exists()
    assert ask(council, officer) == Outcome.FOUND


@pytest.mark.clause("A29")
def test_longer_than_the_standard_takes_high_risk_and_reasons_and_has_a_cap(
    council: Council, report: IncidentReport
) -> None:
    today = timezone.localdate()
    longer, too_long = months_after(today, 24), months_after(today, 37)
    why = "He fractured a colleague's arm and was convicted."

    assert "expires_on" in fault(
        council, report, expires_on=longer, term_reasons=why, risk="medium"
    )
    assert "term_reasons" in fault(council, report, expires_on=longer)
    assert "expires_on" in fault(council, report, expires_on=too_long, term_reasons=why)

    decision = decided(council, report=report, expires_on=longer, term_reasons=why)
    assert decision.term_reasons == why
