"""The minutes: by reference only, for members, clerk and Monitoring Officer (B11)."""

from dataclasses import asdict
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.panel.agenda import fill_agenda
from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.minutes import open_minutes
from cautionary_plugin.models import AccessRecord, Meeting
from cautionary_plugin.outbox.pdf import minutes_pdf
from cautionary_plugin.rules.errors import IllegalMove, NotYourPost, NotYours
from cautionary_plugin.rules.vocabulary import Act, PanelOutcome
from tests.life import REPORTED, submitted
from tests.panel import Panel, conflicted, deputised, met, planned, waiting_case
from tests.panel_items import panel_decision
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "She keeps a marmalade guillotine behind the counter."


def now() -> Any:
    return timezone.now()


def read(meeting: Meeting, by: Any) -> Any:
    return open_minutes(meeting=meeting, by=by, at=now())


@pytest.fixture
def held(panel: Panel) -> Meeting:
    """A meeting with one decision, one exclusion, one deputy, and apologies."""
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    decision = panel_decision(panel, PanelOutcome.NO_ACTION)
    meeting = decision.item.meeting
    deputised(panel, meeting, "safety", arrives=True)
    return close_meeting(meeting=meeting, by=panel.clerk, at=now())


def told(minutes: Any) -> str:
    return repr(asdict(minutes))


@pytest.mark.clause("B19")
def test_minutes_tell_who_was_there_and_how_each_voted(panel: Panel, held: Meeting):
    minutes = read(held, panel.clerk)

    assert any("Service Manager for Assurance: chair" in line for line in minutes.present)
    assert any("deputy, briefing confirmed by safety" in line for line in minutes.present)
    decided = next(item for item in minutes.items if item.motions)
    (motion,) = decided.motions
    assert motion.heading == "Motion 1: No action"
    assert motion.result.startswith("Carried: 4 for, 0 against, 0 abstained")
    assert len(motion.votes) == 4
    assert "Service Manager for Assurance, chair: For" in motion.votes
    assert decided.decision == "No action"
    assert "The quorum is 4 members" in decided.quorum
    assert any(
        "equality was excluded; decided by chair" in line
        for item in minutes.items
        for line in item.conflicts
    )
    lines = AccessRecord.objects.filter(act=Act.READ_MINUTES, user=panel.clerk)
    assert [line.reference for line in lines] == [held.reference]


@pytest.mark.clause("B11")
def test_excluded_member_reads_that_they_were_excluded_and_nothing_else(
    panel: Panel, held: Meeting
):
    conflict_case = held.items.get(case__conflicts__user=panel.equality).case

    minutes = read(held, panel.equality)

    (closed,) = [item for item in minutes.items if item.closed_to_reader]
    assert closed.heading == conflict_case.reference
    assert (closed.state, closed.motions, closed.conflicts, closed.attended, closed.decision) == (
        "",
        [],
        [],
        [],
        "",
    )
    others = [item for item in minutes.items if not item.closed_to_reader]
    assert [item.heading for item in others]
    assert not any("Operations" in line for line in minutes.present)


def test_nothing_of_what_was_said_of_the_customer_is_in_the_minutes(panel: Panel, held: Meeting):
    everything = told(read(held, panel.clerk)) + text(read(held, panel.clerk))

    for secret in (*REPORTED.split(), "marmalade", "Neighbours", "weighed what the reports"):
        assert secret not in everything


@pytest.mark.parametrize("who", ["chair", "safety", "care", "clerk", "monitoring"])
def test_members_clerk_and_monitoring_officer_read_them(panel: Panel, held: Meeting, who: str):
    assert read(held, panel.people[who]).reference == held.reference


@pytest.mark.parametrize("who", ["operations", "legal", "legaldirector", "mail"])
def test_nobody_else_reads_them(panel: Panel, held: Meeting, who: str):
    with pytest.raises(NotYourPost):
        read(held, panel.people[who])


def test_deputy_reads_the_minutes_of_the_meetings_that_they_came_to(panel: Panel, held: Meeting):
    came = held.attendees.get(capacity="deputy").user
    assert read(held, came).reference == held.reference
    other = met(panel)
    with pytest.raises(NotYours):
        read(other, came)


def test_there_are_none_before_the_meeting_is_opened(panel: Panel):
    with pytest.raises(IllegalMove):
        read(planned(panel), panel.clerk)


def test_apologies_and_absence_are_told_apart(panel: Panel):
    meeting = met(panel, present=("chair", "care"))
    give_apologies(meeting=meeting, by=panel.safety, at=now())

    minutes = read(meeting, panel.clerk)

    assert [line for line in minutes.apologies if "Health and Safety" in line]
    assert len(minutes.absent) == 3  # the clerk opened it, and is there


def test_queries_do_not_grow_with_the_agenda(panel: Panel, held: Meeting):
    before = fewest_queries(lambda: read(held, panel.safety))
    meeting = met(panel)
    for _each in range(4):
        case = waiting_case(panel, report=submitted(panel.council))
        conflicted(case, panel.care, decided=True, by=panel.chair)

    fill_agenda(meeting=meeting, by=panel.clerk, at=now())

    assert fewest_queries(lambda: read(meeting, panel.safety)) <= before


def text(minutes: Any) -> str:
    reader = PdfReader(BytesIO(minutes_pdf(minutes)))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_document_is_tagged_and_says_the_same(panel: Panel, held: Meeting):
    minutes = read(held, panel.clerk)
    reader = PdfReader(BytesIO(minutes_pdf(minutes)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == f"Minutes {held.reference}"  # type: ignore[union-attr]
    said = " ".join(text(minutes).split())
    assert held.reference in said
    assert "Service Manager for Assurance, chair: For" in said
    assert "equality was excluded" in said
    assert "You were excluded." in " ".join(text(read(held, panel.equality)).split())
