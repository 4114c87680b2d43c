"""A meeting in words: its row in the list, and gaps between meetings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.due import day_in_words, plain_day
from cautionary_plugin.rules.meetings import Gap
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import MeetingMode

Facts = list[tuple[Any, Any]]


@dataclass(frozen=True, repr=False)
class MeetingRow:
    """One meeting in the list of meetings."""

    reference: str
    url: str
    when: str
    mode: str
    state: str
    register: str
    minutes: str

    @property
    def facts(self) -> Facts:
        """The same, as label and text."""
        return [
            (_("Meeting"), self.reference),
            (_("When"), self.when),
            (_("How"), self.mode),
            (_("State"), self.state),
        ]


def row_of(meeting: Meeting) -> MeetingRow:
    """The row of one meeting."""
    minutes = reverse("cautionary_minutes", args=[meeting.reference]) if meeting.opened_at else ""
    return MeetingRow(
        reference=meeting.reference,
        url=reverse("cautionary_meeting", args=[meeting.reference]),
        when=when(meeting),
        mode=MeetingMode(meeting.mode).label,
        state=MeetingState(meeting.state).label,
        register=meeting.register.name,
        minutes=minutes,
    )


def when(meeting: Meeting) -> str:
    """Tuesday 2 December 2026, 14:00 to 16:00."""
    begin, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{day_in_words(begin.date())}, {begin:%H:%M} to {end:%H:%M}"


def clock(at: datetime | None) -> str:
    """14:05, in local time; empty for no instant."""
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def gap_in_words(gap: Gap) -> str:
    """What is wrong with the rhythm of the meetings (B6)."""
    if gap.since is None:
        return _("The panel has never met, and no meeting is planned.")
    if gap.until is None:
        told = _("The panel has not met since %(since)s, and no meeting is planned.")
        return told % {"since": plain_day(gap.since)}
    told = (
        _("Between %(since)s and %(until)s the panel did not meet for %(days)s days.")
        if gap.is_over
        else _("From %(since)s to the next meeting on %(until)s it is %(days)s days.")
    )
    return told % {
        "since": plain_day(gap.since),
        "until": plain_day(gap.until),
        "days": (gap.until - gap.since).days,
    }
