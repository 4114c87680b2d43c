"""What follows, as the lists show it: by reference, with days and colleagues; no customer."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.following import looked_for_by
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.letters import letter_reference
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import CourtSupport, FollowUpAction
from cautionary_plugin.rules.due import due_in_words, is_overdue
from cautionary_plugin.rules.working_days import WorkingCalendar


@dataclass(frozen=True, repr=False)
class Line:
    """One line of a list.

    :ivar acts: address and label of what can be done with it.
    """

    reference: str
    words: str
    late: bool = False
    acts: list[tuple[str, Any]] = field(default_factory=list)


def questionnaire_line(row: Any, calendar: WorkingCalendar, *, today: date) -> Line:
    """Out since, or back on; and whether a specialist is still to be asked (B38, B39)."""
    reference = letter_reference(row.letter)
    if row.returned_on is None:
        sent = day(row.letter.sent_on) if row.letter.sent_on else ""
        act = (
            reverse("cautionary_questionnaire_return", args=[row.pk]),
            _("Record that it is back"),
        )
        looked_for = looked_for_by(row, calendar)
        days = {"sent": sent, "by": day(looked_for)}
        out = _("Out since %(sent)s, looked for by %(by)s") % days
        return Line(reference, out, late=looked_for < today, acts=[act])
    look = (reverse("cautionary_questionnaire", args=[row.pk]), _("Open"))
    words = _("Back on %(day)s") % {"day": day(row.returned_on)}
    if not row.new_issues:
        return Line(reference, f"{words}, {_('nothing new')}", acts=[look])
    if row.asked:
        return Line(reference, f"{words}, {_('a specialist was asked')}", acts=[look])
    url = reverse("cautionary_questionnaire_specialist", args=[row.pk])
    told = f"{words}, {_('a specialist is to be asked')}"
    return Line(reference, told, late=True, acts=[(url, _("Ask a specialist")), look])


def action_line(row: FollowUpAction, *, today: date) -> Line:
    """Who does it, and by when (B40)."""
    who = name_of(row.colleague)
    if row.done_at is not None:
        done = _("done on %(day)s") % {"day": day(timezone.localdate(row.done_at))}
        return Line(row.case.reference, f"{who}: {done}")
    act = (reverse("cautionary_follow_up_done", args=[row.pk]), _("Close it"))
    return Line(
        row.case.reference,
        f"{who}: {due_in_words(row.due_on, today=today)}",
        late=is_overdue(row.due_on, today=today),
        acts=[act],
    )


def support_line(row: CourtSupport) -> Line:
    """Who was summoned, and whether their line manager has offered support (B51)."""
    facts = {
        "who": name_of(row.employee),
        "day": day(row.hearing_on),
        "manager": name_of(row.line_manager),
    }
    if row.offered_on is None:
        told = _("%(who)s, hearing on %(day)s: %(manager)s is asked to support them") % facts
        return Line(row.case.reference, told, late=True)
    facts |= {"offered": day(row.offered_on)}
    told = _("%(who)s, hearing on %(day)s: support offered on %(offered)s, %(manager)s") % facts
    return Line(row.case.reference, told)
