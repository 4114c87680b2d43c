"""Who keeps what follows: whoever keeps the schedule, and is not shut out of the case (B11)."""

from datetime import date, datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out, shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import PanelCase, Register
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.posts import Power


def check_keeps(register: Register, case: PanelCase | None, *, by: Any, at: datetime) -> None:
    """The person keeps the schedule, and nothing shuts them out of the case.

    :raises NotYourPost: no post that keeps it.
    :raises BriefingLapsed: whose post also reads is briefed.
    :raises Excluded: shut out of the case.
    :raises NoSuchEntry: its entry has expired, and the file is not read any more.
    """
    standing_of(by, at=at).check_may_handle(Power.KEEP_SCHEDULE, register)
    if case is not None:
        check_not_shut_out(case, by)
        check_in_use(case.case_file, at=at)


def check_colleague(person: Any, case: PanelCase | None, *, field: str) -> None:
    """Somebody who may be asked about this case.

    :raises BadInput: under ``field``: no active account, or shut out of the case.
    """
    if person is None or not person.is_active:
        raise BadInput({field: ["Name a colleague who has an active account."]})
    if case is not None and person.pk in shut_out(case):
        raise BadInput({field: ["This colleague has no part in the case. Name another."]})


def check_not_past(day: date, *, today: date, field: str) -> None:
    """A day that is today or to come.

    :raises BadInput: under ``field``.
    """
    if day < today:
        raise BadInput({field: ["This day has passed."]})


def check_between(day: date, *, first: date, last: date, field: str) -> None:
    """A day that is neither too early nor still to come.

    :raises BadInput: under ``field``.
    """
    if day < first:
        raise BadInput({field: [f"This is before {first.day} {first:%B %Y}."]})
    if day > last:
        raise BadInput({field: ["This day is still to come."]})


def check_length(text: str, longest: int, *, field: str) -> None:
    """Words that fit.

    :raises BadInput: under ``field``.
    """
    if len(text) > longest:
        raise BadInput({field: [f"This is longer than {longest} signs."]})
