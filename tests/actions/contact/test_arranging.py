"""A single point of contact is arranged, replaced, delegated, ended."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import (
    arrange,
    delegate,
    end_arrangement,
    replace_arrangement,
)
from cautionary_plugin.actions.contact.suggesting import suggested_for
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.following import record_return
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import (
    AccessRecord,
    ConflictDeclaration,
    Entry,
    Letter,
    LookupState,
    MailKind,
    OutboxMessage,
    Service,
    SinglePointOfContact,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, Excluded, NotYourPost, NotYours
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Allocation, Health, LetterKind, WhyEnded
from tests.factors import make_person
from tests.panel import Panel, waiting_case
from tests.panel_items import findings_recorded, opened_item
from tests.panel_letters import questionnaire_out
from tests.schedule import (
    CONTACT,
    EMAIL,
    arranged,
    referred_case,
    schedule_report,
    scheduled,
    spoc_terms,
)

pytestmark = pytest.mark.django_db

NEW = "Peregrine Dunnock, Locality Lead: 01632 960 902"
NEW_EMAIL = "peregrine.dunnock@example.gov.uk"


def _fresh(arrangement: SinglePointOfContact) -> SinglePointOfContact:
    found: SinglePointOfContact = SinglePointOfContact.objects.get(pk=arrangement.pk)
    return found


@pytest.mark.clause("B2")
@pytest.mark.clause("B26")
def test_entry_tells_the_single_point_of_contact_as_it_is_now(panel: Panel) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    before = LookupState.objects.get().number
    arrangement = arranged(panel, case=case, entry=entry)
    entry.refresh_from_db()
    assert entry.spoc == f"{CONTACT}\n{EMAIL}"
    assert entry.changed > before
    delegate(
        arrangement=arrangement,
        to=make_person("dunnock"),
        contact=NEW,
        email=NEW_EMAIL,
        by=arrangement.officer,
        at=timezone.now(),
    )
    entry.refresh_from_db()
    assert entry.spoc == f"{NEW}\n{NEW_EMAIL}"
    told = _fresh(arrangement)
    end_arrangement(
        arrangement=told, reasons="It is quiet again.", by=panel.clerk, at=timezone.now()
    )
    entry.refresh_from_db()
    assert entry.spoc == ""


@pytest.mark.clause("B27")
def test_arrangement_stands_without_an_entry_and_without_a_level_of_risk(panel: Panel) -> None:
    arrangement = _fresh(arranged(panel))
    assert arrangement.entry is None
    assert not Entry.objects.exists()
    assert not any("risk" in field.name for field in SinglePointOfContact._meta.get_fields())


@pytest.mark.clause("B25")
def test_allocation_is_suggested_by_what_is_on_file(panel: Panel) -> None:
    case = referred_case(panel)
    joined = schedule_report(panel, make_person("second-reporter"))
    joined.case_file.joined_to = case.case_file
    joined.case_file.save()
    for report, slug in ((case.report, "repairs"), (joined, "libraries")):
        report.service = Service.objects.create(slug=slug, name=slug)
        report.save()
    with pytest.raises(BadInput) as refusal:
        arranged(panel, case=case)
    assert list(refusal.value.problems) == ["override"]
    told = "The repairs team knows him, and the library does not mind."
    arrangement = arranged(panel, case=case, officer=panel.operations, override=told)
    assert (arrangement.suggested, arrangement.allocation) == ("assurance", "service")
    assert _fresh(arrangement).override == told


@pytest.mark.clause("B25")
def test_health_that_the_panel_knows_of_suggests_the_locality(panel: Panel) -> None:
    case = waiting_case(panel)
    assert suggested_for(case) == Allocation.SERVICE

    told = "A nurse whom he knows comes along."
    findings_recorded(panel, opened_item(panel, case), health=Health.KNOWN, adjustments=told)

    assert suggested_for(case) == Allocation.LOCALITY


@pytest.mark.clause("B25", "B39")
def test_health_that_a_questionnaire_tells_of_suggests_the_locality(panel: Panel) -> None:
    questionnaire = questionnaire_out(panel)
    case = questionnaire.letter.case
    assert suggested_for(case) == Allocation.SERVICE

    record_return(
        questionnaire=questionnaire,
        returned_on=timezone.localdate(),
        new_issues=True,
        words="He does not hear well, and shouts because of that.",
        by=panel.clerk,
        at=timezone.now(),
    )

    assert suggested_for(case) == Allocation.LOCALITY


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"contact": "W."}, "contact"),
        ({"email": "two@example.org, three@example.org"}, "email"),
        ({"email": "one@example.org\nBcc: two@example.org"}, "email"),
        ({"reasons": ""}, "reasons"),
        ({"allocation": "elsewhere"}, "allocation"),
    ],
)
def test_terms_that_cannot_be_are_refused(panel: Panel, told: Any, field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        arranged(panel, **told)
    assert list(refusal.value.problems) == [field]
    assert not SinglePointOfContact.objects.exists()


def test_officer_whose_key_is_none_is_refused(panel: Panel) -> None:
    terms = replace(spoc_terms(panel.operations), officer="no key at all")
    with pytest.raises(BadInput) as refusal:
        arrange(case=referred_case(panel), terms=terms, by=panel.clerk, at=timezone.now())
    assert list(refusal.value.problems) == ["officer"]


def test_officer_who_has_left_is_refused(panel: Panel) -> None:
    officer = make_person("leaver")
    officer.is_active = False
    officer.save()
    with pytest.raises(BadInput) as refusal:
        arranged(panel, officer=officer)
    assert list(refusal.value.problems) == ["officer"]


@pytest.mark.clause("B23")
def test_second_arrangement_takes_the_place_of_the_first(panel: Panel) -> None:
    first = arranged(panel)
    second = replace_arrangement(
        arrangement=first,
        terms=spoc_terms(make_person("dunnock"), contact=NEW, email=NEW_EMAIL),
        by=panel.clerk,
        at=timezone.now(),
    )
    assert _fresh(first).ended_at is not None
    assert list(SinglePointOfContact.objects.filter(ended_at=None)) == [second]
    with pytest.raises(AlreadyDone):
        replace_arrangement(
            arrangement=first,
            terms=spoc_terms(panel.operations),
            by=panel.clerk,
            at=timezone.now(),
        )


@pytest.mark.clause("B26")
def test_individual_is_written_to_when_the_contact_changes(panel: Panel) -> None:
    arrangement = arranged(panel)
    assert not Letter.objects.exists()  # the panel's own decision owes its letter itself
    delegate(
        arrangement=arrangement,
        to=make_person("dunnock"),
        contact=NEW,
        email=NEW_EMAIL,
        by=arrangement.officer,
        at=timezone.now(),
    )
    [letter] = Letter.objects.all()
    assert (letter.kind, letter.arrangement_id) == (LetterKind.SPOC, arrangement.pk)
    assert letter.writer == panel.operations


@pytest.mark.clause("B24")
def test_only_the_named_officer_delegates(panel: Panel) -> None:
    arrangement = arranged(panel)
    told = {"to": make_person("dunnock"), "contact": NEW, "email": NEW_EMAIL}
    for other in (panel.chair, panel.owner, told["to"]):
        with pytest.raises(NotYours):
            delegate(arrangement=arrangement, by=other, at=timezone.now(), **told)
    at = timezone.now()
    delegate(arrangement=arrangement, by=arrangement.officer, at=at, **told)
    now = _fresh(arrangement)
    assert (now.delegate, now.delegated_by, now.delegated_at) == (
        told["to"],
        arrangement.officer,
        at,
    )
    assert (now.contact, now.email) == (NEW, NEW_EMAIL)
    mails = OutboxMessage.objects.filter(kind=MailKind.SPOC).values_list("to", flat=True)
    assert set(mails) == {arrangement.officer_id, told["to"].pk}


@pytest.mark.parametrize("who", ["operations", "safety", "legal", "mail", "monitoring"])
def test_schedule_is_kept_by_clerk_chair_and_owner_alone(panel: Panel, who: str) -> None:
    arrangement = arranged(panel)
    with pytest.raises(NotYourPost):
        end_arrangement(
            arrangement=arrangement,
            reasons="It is quiet again.",
            by=getattr(panel, who),
            at=timezone.now(),
        )
    assert _fresh(arrangement).ended_at is None


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_of_the_case_changes_nothing(panel: Panel) -> None:
    arrangement = arranged(panel)
    ConflictDeclaration.objects.create(
        case_file=arrangement.case_file,
        case=arrangement.case,
        user=panel.chair,
        declared_at=timezone.now(),
    )
    with pytest.raises(Excluded):
        end_arrangement(
            arrangement=arrangement,
            reasons="It is quiet again.",
            by=panel.chair,
            at=timezone.now(),
        )


def test_arrangement_ends_with_its_entry(panel: Panel) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    arrangement = arranged(panel, case=case, entry=entry)
    end_entry(entry=entry, why=WhyEnded.APPEAL, by=Power.HEAR_SCHEDULE_APPEALS, at=timezone.now())
    assert _fresh(arrangement).ended_at is not None


def test_arrangement_ends_when_the_term_of_its_entry_is_over(panel: Panel) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    with_entry = arranged(panel, case=case, entry=entry)
    alone = arranged(
        panel,
        case=referred_case(panel),
        officer=panel.operations,
    )
    assert lapse_entries(at=timezone.now() + timedelta(days=400)) == 1
    assert _fresh(with_entry).ended_at is not None
    assert _fresh(alone).ended_at is None


def test_each_act_is_in_the_access_record(panel: Panel) -> None:
    arrangement = arranged(panel)
    end_arrangement(
        arrangement=arrangement, reasons="It is quiet again.", by=panel.clerk, at=timezone.now()
    )
    lines = AccessRecord.objects.filter(act=Act.SPOC)
    assert [line.reference for line in lines] == [arrangement.case.reference] * 2


def test_terms_say_nothing_of_names_in_their_repr(panel: Panel) -> None:
    assert "Oatcake" not in repr(replace(spoc_terms(panel.operations), override="Oatcake"))
