"""Each month's use of a register is looked at, and signed (A40, L5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import AccessRecord, Register, UsageReview
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady, SamePerson
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .lines import month_of_use, next_month
from .unusual import unusual_use


@dataclass(frozen=True, repr=False)
class UsageStanding:
    """How a register stands with its reviews; computed, never stored.

    :ivar months: every month of which lines are kept, the current one too, oldest first.
    :ivar owed: those that are over and that nobody has signed.
    """

    months: list[date]
    signed: dict[date, UsageReview]
    owed: list[date]


def usage_standing(register: Register, *, at: datetime) -> UsageStanding:
    """Which months there are, and which of them somebody must look at."""
    first = AccessRecord.objects.filter(register=register).order_by("pk").first()
    current = timezone.localdate(at).replace(day=1)
    month = timezone.localdate(first.at).replace(day=1) if first else current
    months = []
    while month <= current:
        months.append(month)
        month = next_month(month)
    reviews = UsageReview.objects.filter(register=register).select_related("signed_by")
    signed = {review.month: review for review in reviews}
    owed = [each for each in months if each < current and each not in signed]
    return UsageStanding(months, signed, owed)


@action
def sign_usage(
    *, register: Register, month: date, notes: str, by: Any, at: datetime
) -> UsageReview:
    """Sign that the use of a month was looked at, and asked about where it was unusual.

    :param month: its first day.
    :raises NotYourPost: ``by`` does not see the access record of this register.
    :raises NotReady: the month is not over.
    :raises AlreadyDone: it is signed.
    :raises SamePerson: some of the unusual use is their own.
    :raises BadInput: there was unusual use, and not a word on what was asked.
    """
    register = Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    standing_of(by, at=at).check_power(Power.SEE_ACCESS_RECORD, register)
    if next_month(month) > timezone.localdate(at):
        raise NotReady("This month is not over yet.", missing=["The month must be over."])
    if UsageReview.objects.filter(register=register, month=month).exists():
        raise AlreadyDone("This month is signed already.")
    period = month_of_use(register, month)
    uses = unusual_use(period)
    if any(use.who == str(by.pk) for use in uses):
        raise SamePerson("Some of the unusual use is your own: somebody else must sign.")
    if uses and not notes.strip():
        raise BadInput({"notes": ["Say whom you asked about the unusual use, and what you found."]})
    signed = UsageReview.objects.create(
        register=register,
        month=month,
        signed_by=by,
        signed_at=at,
        lines=period.lines.count(),
        unusual=len(uses),
        notes=notes.strip(),
    )
    record(act=Act.WHO_LOOKED, by=by, at=at, register=register)
    return signed
