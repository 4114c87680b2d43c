"""The trainer closes a session: who came is briefed, if all three subjects were covered (A49)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.models import Attendance, Briefing, BriefingSession
from cautionary_plugin.rules.briefings import NAMES, SUBJECTS
from cautionary_plugin.rules.errors import BadInput, SamePerson
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .sessions import lock_open


@action
def close_session(
    *,
    session: BriefingSession,
    came: Collection[int],
    covered: set[str],
    by: Any,
    at: datetime,
) -> BriefingSession:
    """Say who came; each of them is briefed from the day of the session.

    :param came: the keys of the attendances.
    :raises NotYourPost: ``by`` records no briefings.
    :raises AlreadyDone: it is closed or called off.
    :raises BadInput: a subject was left out, the day is to come, or nobody came.
    :raises SamePerson: ``by`` is one of those who came: nobody records their own.
    """
    session = lock_open(session)
    standing_of(by, at=at).check_power(Power.RECORD_BRIEFINGS)
    _check_whole(session, covered, at)
    expected = list(session.attendances.select_related("user").order_by("pk"))
    present = [each for each in expected if each.pk in came and each.user is not None]
    if not present:
        raise BadInput({"came": ["Nobody came. Call the session off instead."]})
    if any(each.user_id == by.pk for each in present):
        raise SamePerson("You came to this session yourself: another trainer must close it.")
    for each in expected:
        each.came = each in present
        each.briefing = _briefing(each, session, by=by, at=at) if each.came else None
        each.save(update_fields=["came", "briefing"])
    for subject in SUBJECTS:
        setattr(session, subject, True)
    session.closed_at, session.closed_by = at, by
    session.save(update_fields=[*SUBJECTS, "closed_at", "closed_by"])
    record(act=Act.TRAINING, by=by, at=at)
    return session


def _check_whole(session: BriefingSession, covered: set[str], at: datetime) -> None:
    """The session has taken place, and left no subject out."""
    if session.held_on > timezone.localdate(at):
        raise BadInput({"came": ["The session is still to come."]})
    left_out = [NAMES[subject] for subject in SUBJECTS if subject not in covered]
    if left_out:
        told = f"Not covered: {', '.join(left_out)}. A briefing counts with all three only."
        raise BadInput({"covered": [told]})


def _briefing(attendance: Attendance, session: BriefingSession, *, by: Any, at: datetime) -> Any:
    """What the session gives them; a briefing of that day that is on file already counts once."""
    known = Briefing.objects.filter(user=attendance.user, briefed_on=session.held_on).first()
    return known or record_briefing(
        user=attendance.user, briefed_on=session.held_on, covered=set(SUBJECTS), by=by, at=at
    )
