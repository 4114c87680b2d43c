"""Countersign a report: who may, what blocks it, who is told, and the chase (A3, A8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.countersign import (
    chase_countersignatures,
    countersign_report,
    open_report,
)
from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Countersignature,
    Evidence,
    IncidentReport,
    MailKind,
    OutboxMessage,
    Statement,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, CountersignOutcome
from tests.council import Council, hold_post
from tests.factors import make_person
from tests.life import head_of_service, submitted

pytestmark = pytest.mark.django_db

REASONS = "Say on which day it happened."
DAY = timedelta(days=1)


@pytest.fixture
def head(council: Council) -> Any:
    return head_of_service(council)


@pytest.fixture
def report(council: Council) -> IncidentReport:
    return submitted(council)


def sign(report: IncidentReport, by: Any, outcome: str = "confirmed", reasons: str = "") -> Any:
    return countersign_report(
        report=report,
        outcome=CountersignOutcome(outcome),
        reasons=reasons,
        by=by,
        at=timezone.now(),
    )


def open_as(by: Any, report: IncidentReport) -> None:
    open_report(report=report, by=by, at=timezone.now())


def mailed(kind: MailKind) -> set[str]:
    messages = OutboxMessage.objects.filter(kind=kind).select_related("to")
    return {message.to.get_username() for message in messages}


def employee_of(report: IncidentReport, name: str = "employee") -> Any:
    person = make_person(name)
    now = timezone.now()
    invite(
        employees=[person],
        case_file=report.case_file,
        report=report,
        due_on=timezone.localdate(now) + 5 * DAY,
        at=now,
    )
    return person


# Reading


def test_opening_is_recorded(report: IncidentReport, head: Any) -> None:
    open_as(head, report)

    line = AccessRecord.objects.get(act=Act.READ_REPORT)
    assert (line.user, line.reference) == (head, report.reference)


def test_whoever_countersigns_opens_it_only_while_it_waits_for_that(
    council: Council, report: IncidentReport, head: Any
) -> None:
    sign(report, head)
    report.refresh_from_db()

    with pytest.raises(AlreadyDone):
        open_as(head, report)
    open_as(council.owner, report)

    assert AccessRecord.objects.get(act=Act.READ_REPORT).user == council.owner


def test_whoever_decides_opens_no_draft(council: Council, report: IncidentReport) -> None:
    report.state = ReportState.DRAFT

    with pytest.raises(AlreadyDone):
        open_as(council.owner, report)


@pytest.mark.clause("A49")
def test_whoever_decides_without_a_briefing_opens_nothing(
    council: Council, report: IncidentReport
) -> None:
    Briefing.objects.filter(user=council.owner).delete()

    with pytest.raises(BriefingLapsed):
        open_as(council.owner, report)


@pytest.mark.parametrize("kind", [None, PostKind.DATA_PROTECTION, PostKind.CMT_MEMBER])
def test_others_do_not_open_it(
    council: Council, report: IncidentReport, kind: PostKind | None
) -> None:
    colleague = make_person("colleague")
    if kind:
        hold_post(council, colleague, kind)

    with pytest.raises(NotYourPost):
        open_as(colleague, report)
    with pytest.raises(NotYourPost):
        sign(report, colleague)
    assert not AccessRecord.objects.filter(act=Act.READ_REPORT).exists()


# Signing


@pytest.mark.clause("A8")
@pytest.mark.parametrize("kind", [PostKind.HEAD_OF_SERVICE, PostKind.DIRECTOR])
def test_confirmed_report_waits_for_a_decision_and_the_owner_is_told(
    council: Council, report: IncidentReport, kind: PostKind
) -> None:
    signer = make_person("signer")
    hold_post(council, signer, kind)

    signature = sign(report, signer)

    report.refresh_from_db()
    assert report.state == ReportState.COUNTERSIGNED
    assert (signature.by, signature.outcome) == (signer, CountersignOutcome.CONFIRMED)
    assert mailed(MailKind.DECIDE) == {council.owner.get_username()}
    assert AccessRecord.objects.get(act=Act.COUNTERSIGNED).reference == report.reference


@pytest.mark.clause("A8")
def test_report_sent_back_goes_to_reporter_and_typist_with_reasons(
    council: Council, report: IncidentReport, head: Any
) -> None:
    report.typed_by = make_person("typist")
    report.save()

    sign(report, head, "returned", REASONS)

    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    assert report.countersignatures.get().reasons == REASONS
    assert mailed(MailKind.RETURNED) == {"reporter", "typist"}


@pytest.mark.clause("A8")
def test_sending_back_takes_reasons(report: IncidentReport, head: Any) -> None:
    with pytest.raises(BadInput) as refusal:
        sign(report, head, "returned", " . ")

    assert list(refusal.value.problems) == ["reasons"]
    assert not Countersignature.objects.exists()


@pytest.mark.clause("A8")
@pytest.mark.parametrize("part", ["reporter", "typist", "employee"])
def test_whoever_had_a_part_in_it_neither_reads_nor_signs(
    report: IncidentReport, head: Any, part: str
) -> None:
    if part == "employee":
        now = timezone.now()
        invite(
            employees=[head],
            case_file=report.case_file,
            report=report,
            due_on=timezone.localdate(now),
            at=now,
        )
    else:
        field = "reporter" if part == "reporter" else "typed_by"
        IncidentReport.objects.filter(pk=report.pk).update(**{field: head})
        report.refresh_from_db()

    for act in (lambda: sign(report, head), lambda: open_as(head, report)):
        with pytest.raises(SamePerson):
            act()

    assert not AccessRecord.objects.filter(act=Act.READ_REPORT).exists()


@pytest.mark.clause("A3")
def test_hearsay_alone_is_sent_back_and_never_confirmed(report: IncidentReport, head: Any) -> None:
    report.seen, report.told, report.told_by = "", "He is a violent man.", "A neighbour"
    report.save()

    with pytest.raises(NotReady, match="hearsay alone"):
        sign(report, head)
    sign(report, head, "returned", REASONS)

    assert Countersignature.objects.get().outcome == CountersignOutcome.RETURNED


@pytest.mark.clause("A3")
def test_invitation_is_no_account(report: IncidentReport, head: Any) -> None:
    report.seen = ""
    report.save()
    employee_of(report)

    with pytest.raises(NotReady):
        sign(report, head)

    Statement.objects.update(given_at=timezone.now())
    sign(report, head)


@pytest.mark.clause("A3")
def test_evidence_is_more_than_hearsay(report: IncidentReport, head: Any) -> None:
    report.seen = ""
    report.save()
    Evidence.objects.create(
        case_file=report.case_file,
        object_name="a-random-name",
        kind="image/jpeg",
        size=10,
        title="photo.jpg",
        added_at=timezone.now(),
    )

    sign(report, head)


@pytest.mark.clause("A8")
def test_signed_report_is_not_signed_again(report: IncidentReport, head: Any) -> None:
    sign(report, head)

    for outcome in ("confirmed", "returned"):
        with pytest.raises(AlreadyDone):
            sign(report, head, outcome, REASONS)

    assert Countersignature.objects.count() == 1


# The chase


@pytest.mark.clause("A8")
def test_late_report_is_chased_once_a_day_until_it_is_signed(
    council: Council, report: IncidentReport, head: Any
) -> None:
    due = report.countersign_by
    late = timezone.now() + (due - timezone.localdate()) + DAY

    assert chase_countersignatures(at=late - DAY) == 0
    assert [chase_countersignatures(at=late) for _twice in range(2)] == [1, 0]
    assert chase_countersignatures(at=late + DAY) == 1
    assert mailed(MailKind.COUNTERSIGN_LATE) == {"head", council.owner.get_username()}
    assert OutboxMessage.objects.filter(kind=MailKind.COUNTERSIGN_LATE).count() == 4

    sign(report, head)
    assert chase_countersignatures(at=late + 2 * DAY) == 0


@pytest.mark.clause("A8")
def test_nobody_is_chased_for_their_own_report(council: Council) -> None:
    reporter = make_person("chief")
    hold_post(council, reporter, PostKind.DIRECTOR)
    submitted(council, reporter)
    head_of_service(council)

    chase_countersignatures(at=timezone.now() + 10 * DAY)

    assert mailed(MailKind.COUNTERSIGN_LATE) == {"head", council.owner.get_username()}


def test_mail_about_reports_says_the_reference_and_no_name(
    report: IncidentReport, head: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks
) -> None:
    OutboxMessage.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        chase_countersignatures(at=timezone.now() + 10 * DAY)
        sign(report, head)

    assert len(mailoutbox) == 3
    for message in mailoutbox:
        raw = message.message().as_string()
        assert report.reference in raw
        assert "Thistlewick" not in raw
        assert "Gantry" not in raw
