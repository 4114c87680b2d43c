"""Who reads a register, and how each stands with their briefing (A49)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from cautionary_plugin.conf import conf
from cautionary_plugin.models import Appointment, Briefing, ReadingGrant
from cautionary_plugin.rules.briefings import Briefed, briefed_until, standing_on
from cautionary_plugin.rules.posts import POWERS, Power

READING_POSTS = [kind for kind, powers in POWERS.items() if Power.READ in powers]


@dataclass(frozen=True, repr=False)
class Reader:
    """Somebody with access, and how they stand.

    :ivar until: the first day on which their briefing no longer counts; None without any.
    """

    user: Any
    standing: Briefed
    until: date | None


def readers_at(at: datetime) -> list[Reader]:
    """Everybody whose post or grant reads a register, those who are shut out longest first.

    In one query, however many there are.
    """
    today, model = timezone.localdate(at), get_user_model()
    grants = ReadingGrant.objects.in_force_on(today).order_by()
    posts = Appointment.objects.in_force_on(today).filter(post__kind__in=READING_POSTS).order_by()
    last = Briefing.objects.filter(user=OuterRef("pk"), briefed_on__lte=today)
    people = model._default_manager.filter(
        Q(pk__in=grants.values("user")) | Q(pk__in=posts.values("user")), is_active=True
    ).annotate(briefed_on=Subquery(last.order_by("-briefed_on").values("briefed_on")[:1]))
    found = [_reader(person, today) for person in people]
    return sorted(found, key=lambda each: (each.until or date.min, each.user.get_username()))


def _reader(person: Any, today: date) -> Reader:
    last, months = person.briefed_on, conf.BRIEFING_MONTHS
    until = briefed_until(last, months=months) if last else None
    return Reader(person, standing_on(last, on=today, months=months), until)
