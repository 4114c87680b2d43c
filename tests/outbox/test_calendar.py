"""The calendar entry of an invitation, as it leaves the house: valid, neutral, and no more (B6)."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar, Component

from cautionary_plugin.actions.panel.agenda import take_off
from cautionary_plugin.actions.panel.meetings import cancel_meeting, change_meeting
from cautionary_plugin.models import MailKind, Meeting, OutboxMessage
from cautionary_plugin.outbox.compose import compose
from cautionary_plugin.outbox.deliver import deliver_waiting
from cautionary_plugin.rules.vocabulary import MeetingMode
from tests.life import REPORTED
from tests.panel import Panel, found_panel, planned, waiting_case

pytestmark = pytest.mark.django_db

STATEMENT = "She keeps a marmalade guillotine behind the counter."


@pytest.fixture
def panel(settings: Any) -> Panel:
    settings.DEFAULT_FROM_EMAIL = "The Register <register@weldham.example>"
    return found_panel()


@pytest.fixture
def meeting(panel: Panel) -> Meeting:
    waiting_case(panel, risk="high", statement=STATEMENT)
    return planned(panel)


def sent(kind: MailKind, person: Any) -> Message:
    """The real bytes of a message, parsed back."""
    message = OutboxMessage.objects.filter(kind=kind, to=person).latest("queued_at")
    composed = compose(message, addresses=[person.email])
    return message_from_bytes(composed.message().as_bytes())


def attached(message: Message) -> Message:
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    return part


def entry_of(message: Message) -> tuple[Calendar, Component]:
    calendar = Calendar.from_ical(attached(message).get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return calendar, event  # type: ignore[return-value]


@pytest.mark.clause("B6")
@pytest.mark.parametrize("who", ["chair", "clerk", "operations", "legal"])
def test_invitation_has_a_calendar_entry_that_calendars_take(
    panel: Panel, meeting: Meeting, who: str
):
    person = panel.people[who]

    message = sent(MailKind.MEETING, person)
    calendar, event = entry_of(message)

    assert calendar["METHOD"] == "REQUEST"
    assert attached(message).get_param("method") == "REQUEST"
    assert attached(message).get_filename() == "meeting.ics"
    assert event["UID"] == f"{meeting.reference}@weldham.example"
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == "Unreasonable Behaviours Panel"
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == meeting.starts_at.replace(microsecond=0)
    assert event.decoded("DTEND") == meeting.ends_at.replace(microsecond=0)
    assert event["ORGANIZER"] == "mailto:register@weldham.example"
    assert event["ATTENDEE"] == f"mailto:{person.email}"
    assert event["LOCATION"] == "Committee Room 4, Civic Centre; https://meet.weldham.example/panel"
    assert not calendar.errors + event.errors


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    ("mode", "where"),
    [
        (MeetingMode.IN_PERSON, "Committee Room 4, Civic Centre"),
        (MeetingMode.ONLINE, "https://meet.weldham.example/panel"),
    ],
)
def test_place_or_link_is_where_it_is(panel: Panel, mode: MeetingMode, where: str):
    planned(panel, mode=mode)

    _calendar, event = entry_of(sent(MailKind.MEETING, panel.chair))

    assert event["LOCATION"] == where


@pytest.mark.clause("B6")
def test_change_replaces_the_entry_and_cancellation_takes_it_out(panel: Panel, meeting: Meeting):
    later = meeting.starts_at + timedelta(days=1)
    changed = change_meeting(
        meeting=meeting,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        mode=meeting.mode,
        place=meeting.place,
        link=meeting.link,
        by=panel.clerk,
        at=timezone.now(),
    )
    calendar, event = entry_of(sent(MailKind.MEETING_CHANGED, panel.chair))
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("REQUEST", 1)
    assert event["UID"] == f"{meeting.reference}@weldham.example"
    assert event.decoded("DTSTART") == later.replace(microsecond=0)

    cancel_meeting(meeting=changed, by=panel.clerk, at=timezone.now())
    message = sent(MailKind.MEETING_CANCELLED, panel.chair)
    calendar, event = entry_of(message)
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert attached(message).get_param("method") == "CANCEL"
    assert event["UID"] == f"{meeting.reference}@weldham.example"


def test_who_is_not_needed_any_more_takes_it_out_of_their_calendar(panel: Panel, meeting: Meeting):
    take_off(item=meeting.items.get(), by=panel.clerk, at=timezone.now())

    calendar, event = entry_of(sent(MailKind.NOT_NEEDED, panel.legal))

    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_invitation_that_was_late_tells_of_the_cancelled_meeting_as_it_is(
    panel: Panel, meeting: Meeting
):
    cancel_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    calendar, _event = entry_of(sent(MailKind.MEETING, panel.chair))

    assert calendar["METHOD"] == "CANCEL"


@pytest.mark.clause("A21")
@pytest.mark.parametrize("who", ["chair", "operations", "legal"])
def test_nothing_of_any_case_and_no_name_is_in_the_whole_message(
    panel: Panel, meeting: Meeting, who: str
):
    case = meeting.items.get().case
    for person in (panel.chair, panel.operations, panel.legal, panel.clerk):
        type(person)._default_manager.filter(pk=person.pk).update(
            first_name="Peregrine", last_name=f"Featherstonehaugh-{person.username}"
        )
    assert case.statement == STATEMENT

    message = sent(MailKind.MEETING, panel.people[who])
    everything = "\n".join(
        [
            *(f"{name}: {value}" for name, value in message.items()),
            *(
                part.get_payload(decode=True).decode()
                for part in message.walk()
                if not part.is_multipart()
            ),
        ]
    )

    assert meeting.reference in everything
    for secret in (
        *REPORTED.split(),
        "marmalade",
        "Gantry",
        "Peregrine",
        "Featherstonehaugh",
        case.reference,
        case.report.reference,
        case.case_file.reference,
    ):
        assert secret not in everything


def test_place_with_signs_of_calendars_stays_one_text(panel: Panel):
    place = "Room 4; ground floor, left\\right: ATTENDEE;CN=x:mailto:y@z.example"
    planned(panel, place=place, mode=MeetingMode.IN_PERSON)

    calendar, event = entry_of(sent(MailKind.MEETING, panel.chair))

    assert event["LOCATION"] == place
    assert event["ATTENDEE"] == f"mailto:{panel.chair.email}"
    assert len(calendar.walk("VEVENT")) == 1


def test_delivery_sends_the_entry_and_the_same_one_each_time(panel: Panel, meeting: Meeting):
    message = OutboxMessage.objects.get(kind=MailKind.MEETING, to=panel.chair)
    first, second = (
        compose(message, addresses=[panel.chair.email]).attachments[0] for _twice in range(2)
    )
    assert first[1] == second[1]

    OutboxMessage.objects.update(sent_at=None, attempts=0)
    mail.outbox.clear()
    deliver_waiting(at=timezone.now() + timedelta(hours=2))
    to_chair = [each for each in mail.outbox if each.to == [panel.chair.email]]
    assert any(each.attachments for each in to_chair)


def test_other_mail_about_a_meeting_has_no_entry(panel: Panel, meeting: Meeting):
    message = OutboxMessage(
        kind=MailKind.PAPERS, to=panel.chair, meeting=meeting, queued_at=datetime.now().astimezone()
    )

    assert compose(message, addresses=[panel.chair.email]).attachments == []
