"""A pending request keeps its file, for a while; request and pack have their own term (L8, A34)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.access_requests import (
    erase_old_requests,
    release_pack,
    withdraw_request,
)
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.holds import lift_hold
from cautionary_plugin.models import AccessRequest, CaseFile, Entry, LegalHold, Letter, PackLine
from tests.access_requests import Desk, look_at_all, prepared, received
from tests.whole_files import removed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8")]


@pytest.fixture
def request_(desk: Desk, file: CaseFile, now: datetime) -> AccessRequest:
    return prepared(desk, file, at=now)


def _ended(file: CaseFile, at: datetime) -> Entry:
    """The entry ended so long before that its file is due."""
    return removed(file.entries.get(), at=at)


def _due_in(days: int, now: datetime) -> datetime:
    return now + timedelta(days=days)


@pytest.mark.clause("A34")
def test_pending_request_keeps_the_file_until_it_is_answered(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = received(desk, file, at=now)
    _ended(file, now)

    kept = erase_due(at=_due_in(60, now))
    withdraw_request(request=request, because="Not the person.", by=desk.officer, at=now)
    erased = erase_due(at=_due_in(60, now))

    assert (kept.files, kept.held) == (0, 1)
    assert erased.files == 1


@pytest.mark.clause("A34")
def test_nobody_keeps_a_file_by_not_answering(desk: Desk, file: CaseFile, now: datetime) -> None:
    received(desk, file, at=now)
    _ended(file, now)

    assert erase_due(at=_due_in(95, now)).files == 1
    assert not AccessRequest.objects.exists()
    assert not PackLine.objects.exists()


@pytest.mark.clause("A34")
def test_nobody_keeps_a_file_for_ever_by_asking_again(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    """The first request keeps it, and the second for what is left of three months."""
    Letter.objects.all().delete()  # none is owed, so the file is due at once
    _ended(file, now)
    first = received(desk, file, at=now)
    assert erase_due(at=_due_in(85, now)).held == 1
    withdraw_request(
        request=first, because="They withdrew it.", by=desk.officer, at=_due_in(85, now)
    )
    received(desk, file, at=_due_in(85, now))

    assert erase_due(at=_due_in(91, now)).held == 1
    assert erase_due(at=_due_in(93, now)).files == 1
    assert not AccessRequest.objects.exists()


@pytest.mark.clause("A34")
@pytest.mark.parametrize("lifted", [True, False])
def test_request_that_came_in_under_a_legal_hold_is_answered_after_it(
    desk: Desk, file: CaseFile, now: datetime, lifted: bool
) -> None:
    """The hold kept the file past its day, and not the request."""
    LegalHold.objects.all().delete()
    _ended(file, now)
    end = _due_in(400, now)
    hold = LegalHold.objects.create(
        case_file=file,
        placed_at=now,
        ends_on=timezone.localdate(_due_in(600, now) if lifted else end),
        reason="Claim 4 of 2026",
    )
    received(desk, file, at=_due_in(380, now))
    if lifted:
        lift_hold(hold=hold, by=desk.officer, at=end)

    assert erase_due(at=_due_in(460, now)).held == 1
    assert erase_due(at=_due_in(475, now)).files == 1


@pytest.mark.clause("A34")
def test_request_and_pack_have_a_term_of_their_own(
    desk: Desk, request_: AccessRequest, file: CaseFile, now: datetime, settings: Any
) -> None:
    settings.CAUTIONARY_KEEP_ACCESS_REQUESTS_DAYS = 10
    AccessRequest.objects.exclude(pk=request_.pk).delete()
    look_at_all(desk, request_, at=now)
    release_pack(request=request_, by=desk.officer, at=now)

    assert erase_old_requests(at=_due_in(9, now)) == 0
    assert erase_old_requests(at=_due_in(11, now)) == 1
    assert not PackLine.objects.exists()
    assert CaseFile.objects.filter(pk=file.pk).exists()


def test_pending_request_is_not_erased_by_its_own_term(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    AccessRequest.objects.all().delete()
    received(desk, file, at=now)

    assert erase_old_requests(at=_due_in(9000, now)) == 0
