"""The chair decides on a conflict, or the Monitoring Officer; nobody on their own (B10)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.conflicts.declarations import WHY, declared
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.hostile import LONG, NUL, ODD
from tests.panel import Panel, conflicted, met, planned, waiting_case
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


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

    give_apologies(meeting=meeting, by=panel.chair, at=timezone.now())

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
