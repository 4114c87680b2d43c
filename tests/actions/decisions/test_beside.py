"""What is computed beside the factors, and who looks like the same (A15, A16, L3, L5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.decisions import facts_beside, same_subject
from cautionary_plugin.models import AccessRecord, Entry, IncidentReport
from cautionary_plugin.rules.errors import NotReady, NotYourPost
from cautionary_plugin.rules.factors import Factor
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, Purpose
from tests.council import Council
from tests.factors import make_person
from tests.life import countersigned, decided, entered, head_of_service


@pytest.mark.clause("A15")
def test_days_since_the_incident_are_counted(council: Council, report: IncidentReport) -> None:
    beside = facts_beside(report, (), on=report.occurred_on + timedelta(days=43))

    (sentence,) = beside[Factor.TIME_SINCE]
    assert sentence.startswith("The incident was 43 days ago, on ")


def test_incident_of_today_is_told_as_of_today(report: IncidentReport) -> None:
    (sentence,) = facts_beside(report, (), on=report.occurred_on)[Factor.TIME_SINCE]

    assert sentence.startswith("The incident was today, on ")


@pytest.mark.clause("A16")
def test_earlier_entries_and_reports_of_the_same_are_named(council: Council) -> None:
    entry = entered(council)
    for name in ("second", "third"):
        report = countersigned(council, make_person(name))
        decided(council, DecisionOutcome.JOIN, report=report, join_to=entry)
    report = countersigned(council, make_person("fourth"))
    found = same_subject(report=report, by=council.owner, at=timezone.now())

    beside = facts_beside(report, found, on=timezone.localdate())

    (sentence,) = beside[Factor.PREVIOUS_CONDUCT]
    assert sentence.startswith(f"{entry.reference} looks like the same: incident on ")
    assert sentence.endswith("with 2 further reports.")


def test_animal_is_named_beside_its_factors(council: Council) -> None:
    report = countersigned(council, kind="premises")

    beside = facts_beside(report, (), on=timezone.localdate())

    assert "Two large dogs" in beside[Factor.ANIMAL_PRESENT][0]


@pytest.mark.clause("L5")
def test_looking_for_the_same_is_recorded_with_what_was_shown(council: Council) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    (found,) = same_subject(report=report, by=council.owner, at=timezone.now())

    assert (found.entry, found.strong) == (entry, True)
    shown = AccessRecord.objects.get(act=Act.SHOWN)
    assert (shown.reference, shown.purpose) == (entry.reference, Purpose.SUPERVISION)
    assert AccessRecord.objects.filter(act=Act.CHECKED).exists()


def test_person_of_another_name_is_not_shown(council: Council) -> None:
    entered(council)
    report = countersigned(
        council,
        make_person("another"),
        person={"name": "Rosamund Oakenfold", "aliases": ""},
        identify={"born_on": "1988-02-01", "address": "3 Mill Lane, Otterby", "postcode": ""},
    )

    assert same_subject(report=report, by=council.owner, at=timezone.now()) == ()


def test_only_whoever_decides_looks(council: Council, report: IncidentReport) -> None:
    with pytest.raises(NotYourPost):
        same_subject(report=report, by=head_of_service(council), at=timezone.now())


@pytest.mark.clause("L4")
def test_register_that_cannot_be_checked_blocks_the_decision(
    council: Council, report: IncidentReport
) -> None:
    entry = entered(council)
    Entry.objects.filter(pk=entry.pk).update(changed=0)  # written past the actions

    with pytest.raises(NotReady, match="cannot be checked"):
        decided(council, report=countersigned(council, make_person("another")))
