"""A conflict is declared by the member, or noted by the clerk, and shuts out at once (B9, B11)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import ConflictDeclaration, OutboxMessage, Vote
from cautionary_plugin.rules.vocabulary import Choice
from tests.admin.conflicts.declarations import WHY, declared
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.hostile import LONG, NUL, ODD
from tests.panel import Panel, planned, waiting_case
from tests.panel_items import carried, voting

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B9")
@pytest.mark.clause("B11")
def test_member_declares_before_the_meeting_and_is_shut_out_at_once(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = planned(panel)
    member = browser_of(panel.equality)

    read_back = post(member, "conflict_declare", case.reference, reasons=WHY)
    assert WHY in text(read_back)
    assert "A declaration is not taken back." in text(read_back)
    assert not ConflictDeclaration.objects.exists()
    post(member, "conflict_declare", case.reference, reasons=WHY, step="record")

    assert declared().user == panel.equality
    assert declared().excluded is None
    shown = text(get(member, "meeting", meeting.reference))
    assert f"{case.reference}: your conflict of interest waits for a decision." in shown
    assert OutboxMessage.objects.filter(kind="conflict", to=panel.chair).exists()


@pytest.mark.clause("B9")
def test_declaring_at_the_meeting_strikes_the_vote_that_was_cast(panel: Panel) -> None:
    motion = voting(panel)
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.customer, at=timezone.now())
    reference = motion.item.case.reference

    post(browser_of(panel.customer), "conflict_declare", reference, reasons=WHY, step="record")

    assert Vote.objects.get().struck_at is not None
    assert not Vote.objects.counting().exists()


@pytest.mark.clause("B9")
def test_clerk_records_what_a_member_told_them(panel: Panel) -> None:
    case = waiting_case(panel)
    clerk = browser_of(panel.clerk)
    assert "Whose conflict of interest is it?" in text(
        get(clerk, "conflict_declare", case.reference)
    )

    post(
        clerk,
        "conflict_declare",
        case.reference,
        member=panel.safety.pk,
        reasons=WHY,
        step="record",
    )

    assert declared().user == panel.safety
    assert declared().declared_by == panel.clerk


@pytest.mark.parametrize("member", ["operations", "monitoring", "owner-cpr"])
def test_only_who_has_a_seat_can_have_one_declared(panel: Panel, member: str) -> None:
    case = waiting_case(panel)
    people = panel.people | {"owner-cpr": panel.council.owner}

    answer = post(
        browser_of(panel.clerk),
        "conflict_declare",
        case.reference,
        member=people[member].pk,
        reasons=WHY,
        step="record",
    )

    assert answer.status_code == 400
    assert "Select a valid choice" in text(answer)
    assert WHY in text(answer)
    assert not ConflictDeclaration.objects.exists()


def test_member_declares_for_nobody_else(panel: Panel) -> None:
    case = waiting_case(panel)

    post(
        browser_of(panel.safety),
        "conflict_declare",
        case.reference,
        member=panel.chair.pk,
        reasons=WHY,
        step="record",
    )

    assert declared().user == panel.safety


def test_declaration_without_reasons_comes_back(panel: Panel) -> None:
    case = waiting_case(panel)

    answer = post(browser_of(panel.safety), "conflict_declare", case.reference, reasons="  ")

    assert answer.status_code == 400
    assert "There is a problem" in text(answer)
    assert not ConflictDeclaration.objects.exists()


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_declaration_takes_whatever_is_typed(panel: Panel, typed: str) -> None:
    case = waiting_case(panel)
    member = browser_of(panel.safety)

    answers = [
        post(member, "conflict_declare", case.reference, reasons=typed),
        post(member, "conflict_declare", case.reference, reasons=typed, step="record"),
    ]

    for answer in answers:
        assert answer.status_code in (200, 302, 400)
        assert "<script>alert" not in answer.content.decode()
    if ConflictDeclaration.objects.exists():
        shown = get(browser_of(panel.chair), "conflict_decide", declared().pk)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.content.decode()


def test_second_declaration_is_told_plainly(panel: Panel) -> None:
    case = waiting_case(panel)
    member = browser_of(panel.safety)
    post(member, "conflict_declare", case.reference, reasons=WHY, step="record")

    again = post(member, "conflict_declare", case.reference, reasons=WHY, step="record")

    assert again.status_code == 400
    assert "It is declared already, and they are shut out of the case." in text(again)
    assert ConflictDeclaration.objects.count() == 1


def test_nothing_is_declared_in_a_decided_case(panel: Panel) -> None:
    motion = carried(panel)

    record_decision(motion=motion, by=panel.clerk, at=timezone.now())

    answer = post(
        browser_of(panel.safety),
        "conflict_declare",
        motion.item.case.reference,
        reasons=WHY,
        step="record",
    )

    assert answer.status_code == 400
    assert "The case is decided." in text(answer)


def test_strangers_declare_nothing(panel: Panel) -> None:
    case = waiting_case(panel)

    for name in ("operations", "legal", "monitoring", "mail"):
        answer = post(
            browser_of(panel.people[name]),
            "conflict_declare",
            case.reference,
            reasons=WHY,
            step="record",
        )
        assert answer.status_code == 403, name
    assert not ConflictDeclaration.objects.exists()
