"""Reports: begun, kept page by page, sent, sent back and sent again, or thrown away."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cautionary_plugin.actions.reports import (
    discard_draft,
    find_own_report,
    save_page,
    start_report,
    submit_report,
)
from cautionary_plugin.models import (
    AccessRecord,
    CaseFile,
    Countersignature,
    Entry,
    IncidentReport,
    MailKind,
    OutboxMessage,
    Person,
    Premises,
    Statement,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotYours
from cautionary_plugin.rules.police import PoliceFacts
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, Route
from tests.council import Council, hold_post
from tests.factors import make_person
from tests.life import REPORTED, drafted, submitted
from tests.races import race, refusals

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 12, 18, 12, 0, tzinfo=UTC)


def send_back(report: IncidentReport, by: Any) -> IncidentReport:
    """As the countersigner does, whose action is tested elsewhere."""
    Countersignature.objects.create(
        report=report, outcome="returned", reasons="Which door was it?", by=by, at=timezone.now()
    )
    IncidentReport.objects.filter(pk=report.pk).update(state=ReportState.RETURNED)
    return IncidentReport.objects.get(pk=report.pk)


@pytest.mark.clause("A1")
@pytest.mark.clause("A3")
def test_report_that_is_sent_holds_the_facts_and_makes_no_entry(council: Council) -> None:
    report = submitted(council)

    report = IncidentReport.objects.get(pk=report.pk)
    person = Person.objects.get(case_file=report.case_file)
    assert report.reference.startswith("INC-")
    assert report.state == ReportState.SUBMITTED
    assert report.trigger == "threat"
    assert report.occurred_on == timezone.localdate() - timedelta(days=3)
    assert report.place == "At the door of 7 Gantry Mews, Weldham"
    assert report.seen == "He lifted a spade over his head and walked at me."
    assert (report.told, report.told_by) == ("", "")
    assert report.markers == ["threats"]
    assert report.police["crime"] == "no"
    assert person.identity.names == (REPORTED,)
    assert person.identity.addresses[0].in_one_line == "7 Gantry Mews, Weldham, WX1 9ZZ"
    assert person.born_on == date(1961, 11, 5)
    assert not Entry.objects.exists()
    assert AccessRecord.objects.filter(act=Act.REPORTED, reference=report.reference).count() == 1


@pytest.mark.clause("A2")
def test_report_on_an_animal_makes_premises_and_no_person(council: Council) -> None:
    report = submitted(council, kind="premises", at=FRIDAY)

    premises = Premises.objects.get(case_file=report.case_file)
    assert (report.trigger, report.markers) == ("animal", ["dangerous_animal"])
    assert report.occurred_on == date(2026, 12, 15)
    assert report.place == "212 Quarry Hill, Weldham, WX2 1AA"
    assert premises.identity.hazard == "Two large dogs; In the front yard; loose"
    assert premises.identity.address.postcode == "WX2 1AA"
    assert not Person.objects.exists()


@pytest.mark.clause("A8")
def test_countersignature_is_due_in_working_days(council: Council) -> None:
    council.register.closure_days.create(day=date(2026, 12, 21))

    report = submitted(council, at=FRIDAY)

    assert report.countersign_by == date(2026, 12, 23)


@pytest.mark.clause("A12")
def test_crime_keeps_what_is_known_of_the_police(council: Council) -> None:
    told = {
        "informed_on": "2026-12-17",
        "informed_by": "The caretaker",
        "reference": "WX/4471/26",
    }

    report = submitted(
        council, at=FRIDAY, crime={"crime": "yes"}, police={"informed": "yes"} | told
    )

    assert report.police == {"crime": "yes"} | told


@pytest.mark.clause("A12")
def test_what_was_typed_of_the_police_counts_only_with_a_crime(council: Council) -> None:
    report = drafted(council, crime={"crime": "yes"}, police={"informed": "yes"})
    by, now = report.typed_by, timezone.now()

    report = save_page(report=report, page="crime", answers={"crime": "no"}, by=by, at=now)
    report = submit_report(report=report, by=by, at=now)

    assert PoliceFacts.from_json(report.police) == PoliceFacts(crime="no")


@pytest.mark.clause("A6")
def test_nobody_else_touches_a_draft(council: Council) -> None:
    report, other, now = drafted(council), make_person("other"), timezone.now()

    for act in (
        lambda: save_page(report=report, page="seen", answers={"seen": "x"}, by=other, at=now),
        lambda: submit_report(report=report, by=other, at=now),
        lambda: discard_draft(report=report, by=other, at=now),
        lambda: submit_report(report=report, by=council.owner, at=now),
        lambda: find_own_report(report.reference, by=other),
    ):
        with pytest.raises(NotYours):
            act()
    assert IncidentReport.objects.get().state == ReportState.DRAFT


@pytest.mark.clause("A7")
def test_report_on_behalf_keeps_the_real_reporter_and_both_follow_it(council: Council) -> None:
    typist, real = make_person("typist"), make_person("real")
    whose = {"whose": "colleague", "colleague": str(real.pk)}
    draft = drafted(council, typist, whose=whose)
    with pytest.raises(NotYours):  # until it is sent, it is the typist's
        find_own_report(draft.reference, by=real)

    report = submit_report(report=draft, by=typist, at=timezone.now())

    assert (report.reporter, report.typed_by) == (real, typist)
    assert find_own_report(report.reference, by=real) == report
    assert find_own_report(report.reference, by=typist) == report


@pytest.mark.clause("A7")
def test_who_the_reporter_is_does_not_change_once_it_was_sent(council: Council) -> None:
    typist, real = make_person("typist"), make_person("real")
    whose = {"whose": "colleague", "colleague": str(real.pk)}
    report = send_back(submitted(council, typist, whose=whose), council.owner)
    now = timezone.now()

    with pytest.raises(IllegalMove):
        save_page(report=report, page="whose", answers={"whose": "mine"}, by=typist, at=now)
    report = submit_report(report=report, by=real, at=now)

    assert (report.reporter, report.typed_by) == (real, typist)


@pytest.mark.clause("A7")
def test_colleague_who_has_left_cannot_be_the_reporter(council: Council) -> None:
    real = make_person("real")
    report = drafted(council, whose={"whose": "colleague", "colleague": str(real.pk)})
    type(real)._default_manager.filter(pk=real.pk).update(is_active=False)

    with pytest.raises(BadInput) as refusal:
        submit_report(report=report, by=report.typed_by, at=timezone.now())

    assert list(refusal.value.problems) == ["whose"]


@pytest.mark.clause("A11")
def test_each_employee_concerned_is_invited_once_and_the_reporter_is_not(
    council: Council,
) -> None:
    reporter = make_person("reporter")
    first, second, gone = (make_person(name) for name in ("first", "second", "gone"))
    type(gone)._default_manager.filter(pk=gone.pk).update(is_active=False)
    named = [str(each.pk) for each in (first, second, gone, reporter)]

    report = submitted(council, reporter, at=FRIDAY, others={"colleagues": named})
    again = send_back(report, council.owner)
    submit_report(report=again, by=reporter, at=FRIDAY)

    invited = Statement.objects.filter(report=report).order_by("employee__pk")
    assert [each.employee for each in invited] == [first, second]
    # Friday + 5 working days, over Christmas Day and Boxing Day, kept on Monday
    assert {each.due_on for each in invited} == {date(2026, 12, 29)}
    mails = OutboxMessage.objects.filter(kind=MailKind.STATEMENT_INVITED)
    assert {each.to for each in mails} == {first, second}
    assert len(mails) == 2


def asked(report: IncidentReport) -> set[Any]:
    mails = OutboxMessage.objects.filter(kind=MailKind.COUNTERSIGN, reference=report.reference)
    return {each.to for each in mails}


@pytest.mark.clause("A8")
def test_heads_of_the_service_are_asked_to_countersign_or_else_all(council: Council) -> None:
    head, other = make_person("head"), make_person("other")
    of_housing = hold_post(council, head, PostKind.HEAD_OF_SERVICE).post
    of_housing.service = council.housing
    of_housing.save()
    hold_post(council, other, PostKind.DIRECTOR)

    assert asked(submitted(council, service={"service": "housing"})) == {head}
    assert asked(submitted(council, service={"service": "revenues"})) == {
        head,
        other,
        council.owner,
    }
    assert asked(submitted(council, service={"service": ""})) == {head, other, council.owner}
    assert asked(submitted(council, head, service={"service": "housing"})) == {
        other,
        council.owner,
    }


@pytest.mark.clause("A8")
def test_whoever_was_there_is_not_asked_to_countersign(council: Council) -> None:
    head = make_person("head")
    hold_post(council, head, PostKind.HEAD_OF_SERVICE)

    assert asked(submitted(council, others={"colleagues": [str(head.pk)]})) == {council.owner}


@pytest.mark.clause("A8")
def test_neither_reporter_nor_typist_is_asked_to_countersign(council: Council) -> None:
    head = make_person("head")
    hold_post(council, head, PostKind.HEAD_OF_SERVICE)

    whose = {"whose": "colleague", "colleague": str(council.owner.pk)}

    assert asked(submitted(council, head, whose=whose)) == set()


def test_report_is_not_sent_twice(council: Council) -> None:
    report = submitted(council)

    with pytest.raises(AlreadyDone):
        submit_report(report=report, by=report.typed_by, at=timezone.now())
    with pytest.raises(AlreadyDone):
        discard_draft(report=report, by=report.typed_by, at=timezone.now())
    with pytest.raises(AlreadyDone):
        save_page(report=report, page="seen", answers={"seen": "x"}, by=report.typed_by, at=FRIDAY)
    assert IncidentReport.objects.get().seen.startswith("He lifted a spade")


@pytest.mark.clause("A8")
def test_report_that_came_back_is_changed_and_sent_again(council: Council) -> None:
    report = send_back(submitted(council, at=FRIDAY), council.owner)
    by, later = report.typed_by, FRIDAY + timedelta(days=20)
    with pytest.raises(AlreadyDone):
        discard_draft(report=report, by=by, at=later)

    report = save_page(
        report=report, page="person", answers={"name": "Barney Thistlewick"}, by=by, at=later
    )
    report = submit_report(report=report, by=by, at=later)

    assert report.state == ReportState.SUBMITTED
    assert report.submitted_at == later
    assert report.countersign_by > timezone.localdate(later)
    assert Person.objects.get().identity.names == ("Barney Thistlewick",)


def test_report_with_a_gap_is_not_sent_and_nothing_is_written(council: Council) -> None:
    report = drafted(council)
    report.answers = {**report.answers, "seen": {"seen": ""}, "person": {}}
    report.save()

    with pytest.raises(BadInput) as refusal:
        submit_report(report=report, by=report.typed_by, at=timezone.now())

    assert set(refusal.value.problems) == {"told", "person"}
    assert IncidentReport.objects.get().state == ReportState.DRAFT
    assert not Person.objects.exists()
    assert not OutboxMessage.objects.filter(kind=MailKind.COUNTERSIGN).exists()


@pytest.mark.parametrize("about", ["colleague", "", "anything"])
def test_employee_or_councillor_is_not_reported_here(council: Council, about: str) -> None:
    with pytest.raises(BadInput):
        start_report(register=council.register, about=about, by=make_person(), at=timezone.now())

    assert not CaseFile.objects.exists()


def test_register_of_a_panel_takes_no_reports(council: Council) -> None:
    council.register.route, council.register.quorum = Route.PANEL, 4
    council.register.votes_needed = 4
    council.register.save()

    with pytest.raises(BadInput):
        start_report(register=council.register, about="public", by=make_person(), at=timezone.now())


def test_page_that_the_report_does_not_have_is_not_kept(council: Council) -> None:
    report, now = drafted(council), timezone.now()

    for page in ("animal", "police", "state", "expires_on"):
        with pytest.raises(IllegalMove):
            save_page(report=report, page=page, answers={"x": "y"}, by=report.typed_by, at=now)


@pytest.mark.clause("A34")
def test_draft_that_is_thrown_away_leaves_a_line_of_the_record(council: Council) -> None:
    report = drafted(council)

    discard_draft(report=report, by=report.typed_by, at=timezone.now())

    assert not IncidentReport.objects.exists()
    assert not CaseFile.objects.exists()
    assert AccessRecord.objects.filter(act=Act.ERASED, reference=report.reference).exists()
    with pytest.raises(AlreadyDone):
        discard_draft(report=report, by=report.typed_by, at=timezone.now())


def test_draft_lies_sealed_in_the_database(council: Council) -> None:
    drafted(council)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cautionary_plugin_incidentreport")
        raw = repr([bytes(c) if isinstance(c, memoryview) else c for c in cursor.fetchone()])

    assert "INC-" in raw
    assert "Thistlewick" not in raw
    assert "Gantry" not in raw


@pytest.mark.django_db(transaction=True)
def test_two_at_the_button_send_it_once(council: Council) -> None:
    colleague = make_person("colleague")
    report = drafted(council, others={"colleagues": [str(colleague.pk)]})
    now = timezone.now()

    outcomes = race(*[lambda: submit_report(report=report, by=report.typed_by, at=now)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert Statement.objects.count() == 1
    assert Person.objects.count() == 1
    assert asked(report) == {council.owner}
    assert OutboxMessage.objects.filter(kind=MailKind.COUNTERSIGN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_sending_against_throwing_away(council: Council) -> None:
    report, now = drafted(council), timezone.now()

    outcomes = race(
        lambda: submit_report(report=report, by=report.typed_by, at=now),
        lambda: discard_draft(report=report, by=report.typed_by, at=now),
    )

    assert refusals(outcomes) == ["AlreadyDone"]
    assert IncidentReport.objects.filter(state=ReportState.DRAFT).count() == 0
