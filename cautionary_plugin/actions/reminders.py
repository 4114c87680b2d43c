"""What cron reminds people of: checks, reviews, appeals and complaints that wait (A30, A31, L10).

Once a week at most for each thing: a message of the last seven days is remembered by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.models import Appeal, Complaint, Hearer, MailKind, OutboxMessage, Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Route

from .base import action, lock
from .following.reminding import remind_of_following
from .mail import holders_of, queue_mail
from .quarterly import quarterly_standing
from .reviews.lapsing import lapsing_entries, without_review

PAUSE = timedelta(days=7)


@action
def remind(*, at: datetime) -> int:
    """Remind whoever must act on what is owed or overdue.

    :returns: how many messages were queued.
    """
    queued = 0
    for register in Register.objects.order_by("pk"):
        register = lock(register)  # two runs at once remind once
        if register.route == Route.DIRECTOR:  # a schedule's entries come before its panel (B4)
            queued += _of_quarter(register, at)
            queued += _of_reviews(register, at)
        queued += _of_appeals(register, at)
        queued += _of_complaints(register, at)
        queued += remind_of_following(register, at=at)
    return queued


def _of_quarter(register: Register, at: datetime) -> int:
    if not quarterly_standing(register, at=at).owed:
        return 0
    owners = holders_of(Power.SIGN_REVIEWS, at=at, register=register)
    return _weekly(MailKind.QUARTER_DUE, owners, register.prefix, at)


def _of_reviews(register: Register, at: datetime) -> int:
    if not without_review(lapsing_entries(register, at=at)).exists():
        return 0
    owners = holders_of(Power.SIGN_REVIEWS, at=at, register=register)
    safety = holders_of(Power.SIGN_REVIEWS_FOR_SAFETY, at=at, register=register)
    return _weekly(MailKind.REVIEW_DUE, [*owners, *safety], register.prefix, at)


def _of_appeals(register: Register, at: datetime) -> int:
    overdue = Appeal.objects.open().filter(
        entry__register=register,
        entry__in=register.entries.live_at(at),
        decide_by__lt=timezone.localdate(at),
    )
    owners = holders_of(Power.DECIDE, at=at, register=register)
    queued = 0
    for appeal in overdue:
        hearers = Hearer.objects.filter(appeal=appeal, signed_at=None).exclude(user=None)
        people = [*owners, *(hearer.user for hearer in hearers.select_related("user"))]
        queued += _weekly(MailKind.APPEAL_DUE, people, appeal.reference, at)
    return queued


def _of_complaints(register: Register, at: datetime) -> int:
    overdue = Complaint.objects.filter(
        register=register, acknowledged_on=None, acknowledge_by__lt=timezone.localdate(at)
    )
    clerks = holders_of(Power.RECORD_APPEALS, at=at, register=register)
    return sum(_weekly(MailKind.APPEAL_DUE, clerks, each.reference, at) for each in overdue)


def _weekly(kind: MailKind, people: Iterable[Any], reference: str, at: datetime) -> int:
    lately = OutboxMessage.objects.filter(kind=kind, reference=reference, queued_at__gt=at - PAUSE)
    if lately.exists():
        return 0
    return len(queue_mail(kind=kind, to=people, at=at, reference=reference))
