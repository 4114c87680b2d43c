"""Two people with one code are one person and a refusal, on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.actions.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    verify_code,
    verify_recovery_code,
)
from cautionary_plugin.models import AccessRecord, Authenticator, RecoveryCode
from cautionary_plugin.rules.errors import BadInput, NotNow
from tests.factors import begin, enrol, make_person, shown_on_phone

pytestmark = pytest.mark.django_db(transaction=True)

RACERS = 4


def race(attempt: Callable[[], Any]) -> list[Any]:
    """What each of the racers got; None for a refusal."""
    start = Barrier(RACERS)

    def run(_racer: int) -> Any:
        try:
            start.wait()
            return attempt()
        except (BadInput, NotNow):
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(RACERS) as pool:
        return [answer for answer in pool.map(run, range(RACERS)) if answer is not None]


def test_one_code_of_the_phone_verifies_once() -> None:
    person = make_person()
    token = shown_on_phone(enrol(person).authenticator)

    passed = race(lambda: verify_code(user=person, token=token, at=timezone.now()))

    assert len(passed) == 1


def test_one_recovery_code_is_used_once() -> None:
    person = make_person()
    code = enrol(person).codes[0]

    passed = race(lambda: verify_recovery_code(user=person, code=code, at=timezone.now()))

    assert len(passed) == 1
    assert RecoveryCode.objects.exclude(used_at=None).count() == 1
    assert AccessRecord.objects.filter(screen__contains="recovery code").count() == 1


def test_one_enrolment_code_begins_once() -> None:
    person = make_person()
    code = issue_code_at_console(for_user=person, at=timezone.now())

    begun = race(lambda: begin_enrolment(user=person, code=code, at=timezone.now()))

    assert len(begun) == 1
    assert list(Authenticator.objects.all()) == begun


def test_one_enrolment_is_confirmed_once() -> None:
    pending = begin(make_person())
    token = shown_on_phone(pending)

    enrolled = race(
        lambda: confirm_enrolment(authenticator=pending, token=token, at=timezone.now())
    )

    assert len(enrolled) == 1
    assert RecoveryCode.objects.count() == len(enrolled[0].codes)
