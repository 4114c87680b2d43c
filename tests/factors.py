"""Second factors for tests: enrolled through the actions, and the codes that a phone would show."""

import time
from base64 import b32decode
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone
from django_otp.oath import TOTP

from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.actions.second_factor import Enrolled, begin_enrolment, confirm_enrolment
from cautionary_plugin.models import Appointment, Authenticator, Post
from cautionary_plugin.rules.posts import PostKind

NOON = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)


def make_person(name: str = "officer") -> Any:
    """An account of the intranet with a password."""
    return get_user_model().objects.create_user(
        name, email=f"{name}@example.gov.uk", password="a password"
    )


def appoint(person: Any, kind: PostKind) -> Any:
    """Give somebody a post for every register, since long ago."""
    post, _made = Post.objects.get_or_create(kind=kind, title=kind.label)
    since = timezone.now() - timedelta(days=400)
    Appointment.objects.create(
        post=post, user=person, starts_on=since.date(), proposed_at=since, accepted_at=since
    )
    return person


def shown_on_phone(authenticator: Authenticator, *, steps: int = 0) -> str:
    """The six digits that the phone shows now, or so many steps from now."""
    totp = TOTP(b32decode(authenticator.secret), step=30, drift=steps)
    return f"{totp.token():06}"


def begin(person: Any) -> Authenticator:
    """An authenticator whose secret is shown and which no code has confirmed yet."""
    code = issue_code_at_console(for_user=person, at=timezone.now())
    return begin_enrolment(user=person, code=code, at=timezone.now())


def enrol(person: Any) -> Enrolled:
    """Go through the whole enrolment; the code of the step before is used up by it.

    The clock stands still meanwhile: at the turn of the half minute that code would be too old.
    """
    pending = begin(person)
    with time_machine.travel(time.time(), tick=False):
        return confirm_enrolment(
            authenticator=pending, token=shown_on_phone(pending, steps=-1), at=timezone.now()
        )
