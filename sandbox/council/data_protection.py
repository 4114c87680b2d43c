"""What the Data Protection Officer finds: three years of figures, and a request half answered.

The entries of the years before were erased long ago; their tallies are all that is left of them.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.access_requests import (
    check_identity,
    look_at_line,
    prepare_pack,
    receive_request,
)
from cautionary_plugin.actions.foi import year_now
from cautionary_plugin.actions.tallies import count_up
from cautionary_plugin.models import Entry, Register
from cautionary_plugin.rules.access_requests import Choice, Ground
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.foi import Lasted, People, Subject
from cautionary_plugin.rules.vocabulary import Risk, WhyEnded

YEAR = timedelta(days=365)
LOOKED_AT = 6  # lines that somebody has gone through


def load_data_protection(*, at: datetime) -> None:
    """Figures of the register that a director decides on, and a request about an entry of it."""
    register = Register.objects.get(slug="cpr")
    middle = timezone.make_aware(
        datetime.combine(year_now(at=at).first, datetime.min.time())
    ) + timedelta(days=40)
    _count(register, middle - 2 * YEAR, added=_added(80), removed=_removed(12), access=188)
    _count(register, middle - YEAR, added=_added(66), removed=_removed(71), access=212)
    _count(register, min(middle, at), added=Counter(), removed=_removed(63), access=0)
    _ask(at)


def _count(
    register: Register,
    at: datetime,
    *,
    added: Counter[Any],
    removed: Counter[Any],
    access: int,
) -> None:
    people = {People.ACCESS: access, People.USED: access * 2 // 3} if access else {}
    staff = Counter({(Measure.PEOPLE, part.value): number for part, number in people.items()})
    count_up(register, added + removed + staff, at=at)


def _added(number: int) -> Counter[Any]:
    few, some = 3, number // 5
    subjects = {
        Subject.PREMISES: few,
        Subject.YOUNG: some,
        Subject.THIRTIES: some + 4,
        Subject.MIDDLE: some - 2,
        Subject.OLDER: 6,
    }
    risks = {Risk.HIGH: some, Risk.MEDIUM: 2 * some}
    rest_of = number - sum(subjects.values()), number - sum(risks.values())
    subjects[Subject.UNKNOWN], risks[Risk.LOW] = rest_of
    return Counter(
        {
            **{(Measure.ENTERED, part.value): count for part, count in subjects.items()},
            **{(Measure.GRADED, part.value): count for part, count in risks.items()},
        }
    )


def _removed(number: int) -> Counter[Any]:
    sooner = number // 4
    return Counter(
        {
            (Measure.LEFT, WhyEnded.EXPIRED.value): number - sooner,
            (Measure.LEFT, WhyEnded.REVIEW.value): sooner,
            (Measure.LASTED, Lasted.HALF.value): sooner,
            (Measure.LASTED, Lasted.YEAR.value): number - sooner,
        }
    )


def _ask(at: datetime) -> None:
    """Received twelve days ago, the identity checked, some lines gone through by the owner."""
    dpo, owner = (get_user_model().objects.get(username=name) for name in ("dpo", "director"))
    entry = Entry.objects.live_at(at).filter(register__slug="cpr").order_by("pk").first()
    if entry is None:
        return
    request = receive_request(
        case_file=entry.case_file,
        received_on=timezone.localdate(at) - timedelta(days=12),
        asked="Please send me everything that the council holds about me.",
        by=dpo,
        at=at,
    )
    how = "Passport and council tax bill, seen at the Civic Centre."
    check_identity(request=request, how=how, by=dpo, at=at)
    prepare_pack(request=request, by=dpo, at=at)
    for line in request.lines.order_by("position")[:LOOKED_AT]:
        choice = Choice.WITHHOLD if line.names_others else Choice.KEEP
        look_at_line(line=line, choice=choice, ground=Ground.OTHERS, by=owner, at=at)
