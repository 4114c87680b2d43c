"""Conflicts of interest on the screens: declared, decided, and what they shut (B9–B11)."""

from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import AccessRecord, ConflictDeclaration, OutboxMessage, Vote
from cautionary_plugin.rules.vocabulary import Act, Choice
from tests.council import let_into_wagtail, through_the_door
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import (
    Panel,
    carried,
    conflicted,
    findings_recorded,
    found_panel,
    met,
    opened_item,
    planned,
    voting,
    waiting_case,
)
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

WHY = "My sister-in-law rents the flat below his marmalade workshop."
STATEMENT = "She keeps a marmalade guillotine behind the counter."


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


def now() -> Any:
    return timezone.now()


def get(browser: Client, name: str, *named: Any) -> Any:
    return browser.get(reverse(f"cautionary_{name}", args=named))


def post(browser: Client, name: str, *named: Any, **typed: Any) -> Any:
    return browser.post(reverse(f"cautionary_{name}", args=named), typed)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def declared() -> ConflictDeclaration:
    return ConflictDeclaration.objects.get()


# Declaring


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
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.customer, at=now())
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

    record_decision(motion=motion, by=panel.clerk, at=now())

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


# Deciding


@pytest.mark.clause("B10")
def test_chair_decides_and_the_member_may_take_part(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality)
    meeting = met(panel)
    chair, member = browser_of(panel.chair), browser_of(panel.equality)
    assert "1 conflict of interest waits for your decision." in text(get(chair, "panel"))
    assert f"{case.reference}: equality" in text(get(chair, "conflicts"))

    typed = {"excluded": "no", "reasons": "They have never met."}
    read_back = text(post(chair, "conflict_decide", declared().pk, **typed))
    assert "They have never met." in read_back
    assert declared().excluded is None
    post(chair, "conflict_decide", declared().pk, **typed, step="record")

    assert declared().excluded is False
    assert declared().decided_by == panel.chair
    assert "No conflict of interest waits" in text(get(chair, "conflicts"))
    assert "you are excluded" not in text(get(member, "meeting", meeting.reference))
    assert get(member, "panel_papers", case.reference).status_code == 200


@pytest.mark.clause("B10")
@pytest.mark.clause("B11")
def test_excluded_stays_excluded_on_every_screen(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality)
    chair = browser_of(panel.chair)

    post(chair, "conflict_decide", declared().pk, excluded="yes", reasons=WHY, step="record")

    meeting = planned(panel)
    member = browser_of(panel.equality)
    assert f"{case.reference}: you are excluded." in text(get(member, "meeting", meeting.reference))
    assert get(member, "panel_papers", case.reference).status_code == 403


@pytest.mark.clause("B10")
def test_deciding_twice_is_told_plainly(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    chair = browser_of(panel.chair)
    typed = {"excluded": "yes", "reasons": WHY, "step": "record"}
    post(chair, "conflict_decide", declared().pk, **typed)

    again = post(chair, "conflict_decide", declared().pk, **(typed | {"excluded": "no"}))

    assert again.status_code == 409
    assert "What comes up later is a new declaration." in text(again)
    assert declared().excluded is True


@pytest.mark.clause("B10")
def test_chair_never_decides_on_their_own(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.chair)
    chair, monitoring = browser_of(panel.chair), browser_of(panel.monitoring)
    typed = {"excluded": "no", "reasons": "Of course I may.", "step": "record"}

    assert "No conflict of interest waits" in text(get(chair, "conflicts"))
    for answer in (
        get(chair, "conflict_decide", declared().pk),
        post(chair, "conflict_decide", declared().pk, **typed),
    ):
        assert answer.status_code == 403
        assert WHY not in text(answer)
    assert declared().excluded is None

    assert get(monitoring, "conflict_decide", declared().pk).status_code == 200
    post(monitoring, "conflict_decide", declared().pk, **typed | {"excluded": "yes"})
    assert declared().decided_by == panel.monitoring


@pytest.mark.clause("B10")
def test_monitoring_officer_decides_when_the_chair_is_absent(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    meeting = planned(panel)
    monitoring = browser_of(panel.monitoring)
    assert get(monitoring, "conflict_decide", declared().pk).status_code == 403
    assert "No conflict of interest waits" in text(get(monitoring, "conflicts"))

    give_apologies(meeting=meeting, by=panel.chair, at=now())

    assert "equality" in text(get(monitoring, "conflicts"))
    assert get(monitoring, "conflict_decide", declared().pk).status_code == 200


@pytest.mark.clause("B10")
def test_chair_leaves_it_to_the_monitoring_officer_once(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    chair, monitoring = browser_of(panel.chair), browser_of(panel.monitoring)
    assert "Leave it to the Monitoring Officer" in text(
        get(chair, "conflict_decide", declared().pk)
    )

    assert post(chair, "conflict_pass_on", declared().pk).status_code == 302
    again = post(chair, "conflict_pass_on", declared().pk)

    assert again.status_code == 409
    assert "Monitoring Officer's to decide already" in text(again)
    assert get(monitoring, "conflict_decide", declared().pk).status_code == 200


@pytest.mark.clause("B10")
@pytest.mark.parametrize("who", ["equality", "customer", "clerk", "operations", "legal"])
def test_nobody_else_decides(panel: Panel, who: str) -> None:
    conflicted(waiting_case(panel), panel.equality)
    browser = browser_of(panel.people[who])

    answer = post(
        browser, "conflict_decide", declared().pk, excluded="no", reasons=WHY, step="record"
    )

    assert answer.status_code == 403
    assert declared().excluded is None


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
@pytest.mark.parametrize("field", ["reasons", "excluded"])
def test_decision_takes_whatever_is_typed(panel: Panel, field: str, typed: str) -> None:
    conflicted(waiting_case(panel), panel.equality)
    chair = browser_of(panel.chair)
    told = {"excluded": "yes", "reasons": WHY} | {field: typed}

    answers = [
        post(chair, "conflict_decide", declared().pk, **told),
        post(chair, "conflict_decide", declared().pk, **told, step="record"),
    ]

    for answer in answers:
        assert answer.status_code in (200, 302, 400)
        assert "<script>alert" not in answer.content.decode()
    if field == "excluded":
        assert declared().excluded is None


def test_decision_without_reasons_keeps_the_answer(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)

    answer = post(browser_of(panel.chair), "conflict_decide", declared().pk, excluded="no")

    assert answer.status_code == 400
    assert 'value="no" ' in text(answer)
    assert "checked" in text(answer)
    assert declared().excluded is None


def test_reading_a_declaration_is_recorded(panel: Panel) -> None:
    conflict = conflicted(waiting_case(panel), panel.equality)

    get(browser_of(panel.chair), "conflict_decide", conflict.pk)

    lines = AccessRecord.objects.filter(act=Act.READ_CASE, user=panel.chair)
    assert lines.get().reference == conflict.case.reference


def test_list_of_conflicts_costs_the_same_however_many_wait(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    chair = browser_of(panel.chair)
    before = fewest_queries(lambda: get(chair, "conflicts"))
    for name in ("customer", "care", "safety"):
        conflicted(waiting_case(panel), panel.people[name])

    assert fewest_queries(lambda: get(chair, "conflicts")) == before


# What the excluded member is shown, screen by screen


@pytest.mark.clause("B11")
def test_planted_name_reaches_eligible_members_and_nobody_excluded(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    item = findings_recorded(panel, opened_item(panel, case))
    excluded, eligible = browser_of(panel.equality), browser_of(panel.customer)
    secrets = (STATEMENT, *REPORTED.split(), "Gantry", "spade")
    urls = [
        reverse("cautionary_panel"),
        reverse("cautionary_conflicts"),
        reverse("cautionary_meeting", args=[item.meeting.reference]),
        reverse("cautionary_panel_papers", args=[case.reference]),
        reverse("cautionary_conflict_declare", args=[case.reference]),
        reverse("cautionary_item", args=[item.pk]),
        reverse("cautionary_minutes", args=[item.meeting.reference]),
        reverse("cautionary_minutes_pdf", args=[item.meeting.reference]),
    ]
    papers = reverse("cautionary_panel_papers", args=[case.reference])
    assert REPORTED in text(excluded.post(papers))
    conflicted(case, panel.equality)

    shown = [text_of(eligible.get(url)) for url in urls] + [text_of(eligible.post(papers))]
    hidden = [text_of(excluded.get(url)) for url in urls] + [text_of(excluded.post(papers))]

    for secret in secrets:
        assert any(secret in page for page in shown), secret
        assert not any(secret in page for page in hidden), secret
    assert any(case.reference in page for page in hidden)


def text_of(response: Any) -> str:
    """The page as text; of a document what its pages say."""
    if response.headers["Content-Type"] != "application/pdf":
        return unescape(response.content.decode())
    return " ".join(each.extract_text() for each in PdfReader(BytesIO(response.content)).pages)
