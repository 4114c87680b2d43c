"""Record that somebody was briefed (A49)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Briefing
from cautionary_plugin.rules.briefings import SUBJECTS, check_complete
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action


@action
def record_briefing(
    *, user: Any, briefed_on: date, covered: set[str], by: Any, at: datetime
) -> Briefing:
    """Record a briefing on the policy, the review procedures and data security.

    :param by: the trainer; None at the console, which records the first owner's.
    :raises NotYourPost: ``by`` may not record briefings.
    :raises SamePerson: nobody records their own.
    :raises BadInput: a subject was left out, or the day is in the future.
    :raises AlreadyDone: a briefing on that day is recorded.
    """
    if by is not None:
        standing_of(by, at=at).check_power(Power.RECORD_BRIEFINGS)
        check_second_person(first=user.pk, second=by.pk)
    check_complete(covered, briefed_on=briefed_on, on=timezone.localdate(at))
    if Briefing.objects.filter(user=user, briefed_on=briefed_on).exists():
        raise AlreadyDone("A briefing of this colleague on that day is recorded already.")
    briefing = Briefing.objects.create(
        user=user,
        briefed_on=briefed_on,
        recorded_by=by,
        recorded_at=at,
        **dict.fromkeys(SUBJECTS, True),
    )
    record(act=Act.BRIEFED, by=by, at=at)
    return briefing
