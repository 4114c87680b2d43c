"""The calendar entry that goes with an invitation (RFC 5545, RFC 5546): when, where, and no more.

Neither a case nor a name is in it: calendars are shared, printed and shown on other people's
screens. The agenda is on the intranet.
"""

from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from cautionary_plugin.models import MailKind, Meeting, OutboxMessage
from cautionary_plugin.rules.states import MeetingState

PRODUCT = "-//cautionary-plugin//Meetings of the panel//EN"
SUMMARY = "Unreasonable Behaviours Panel"
CALLS = (MailKind.MEETING, MailKind.MEETING_CHANGED)
CALLS_OFF = (MailKind.MEETING_CANCELLED, MailKind.NOT_NEEDED)


@dataclass(frozen=True)
class CalendarEntry:
    """A calendar entry as text, and what it asks of the calendar: ``REQUEST`` or ``CANCEL``."""

    text: str
    method: str


def calendar_entry(
    meeting: Meeting, message: OutboxMessage, addresses: list[str], *, sender: str, off: bool
) -> CalendarEntry:
    """The meeting as it stands at delivery, for one invitee.

    The identifier stays the same for the life of the meeting, so that a change replaces the entry
    in a calendar, and a cancellation takes it out.

    :param sender: the address that the site sends from; it organises, nobody in person does.
    """
    off = off or meeting.state == MeetingState.CANCELLED
    method = "CANCEL" if off else "REQUEST"
    event = Event()
    event.add("uid", f"{meeting.reference}@{sender.rpartition('@')[2] or 'localhost'}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", message.queued_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", SUMMARY)
    event.add("location", _where(meeting))
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    for address in addresses:
        event.add("attendee", _invitee(address))
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", method)):
        calendar.add(name, value)
    calendar.add_component(event)
    return CalendarEntry(calendar.to_ical().decode(), method)


def _where(meeting: Meeting) -> str:
    return "; ".join(filter(None, [meeting.place, meeting.link]))


def _invitee(address: str) -> Any:
    invitee = vCalAddress(f"mailto:{address}")
    invitee.params["ROLE"] = vText("REQ-PARTICIPANT")
    invitee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    invitee.params["RSVP"] = vText("FALSE")
    return invitee
