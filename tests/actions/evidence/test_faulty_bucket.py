"""Evidence in a bucket that fails at the worst moment: nothing is orphaned on either side (A9)."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from botocore.config import Config
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.evidence import add_evidence, reconcile_evidence, remove_evidence
from cautionary_plugin.actions.reports import submit_report
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.rules.errors import NotStored
from tests.council import Council, found_council, let_into_wagtail, through_the_door
from tests.files import PHOTO
from tests.life import drafted
from tests.servers.faulty import Fault, Proxy, faulty
from tests.servers.moto import bucket, everything_in
from tests.storages import BUCKET, keep_evidence_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("A9")]

IMPATIENT = Config(connect_timeout=1, read_timeout=0.3, retries={"total_max_attempts": 1})
LATER = timedelta(days=2)


@pytest.fixture(scope="module")
def options() -> Iterator[dict[str, Any]]:
    with bucket() as found:
        yield found


@pytest.fixture
def proxy(settings: Any, options: dict[str, Any]) -> Iterator[Proxy]:
    mine = {**options, "location": uuid4().hex, "client_config": IMPATIENT}
    with faulty(mine) as found:
        keep_evidence_in(settings, BUCKET, found.options)
        yield found


@pytest.fixture
def council(proxy: Proxy) -> Council:
    return found_council()


def added(report: IncidentReport) -> Evidence:
    return add_evidence(
        case_file=report.case_file,
        content=BytesIO(PHOTO),
        name="door.jpg",
        by=report.reporter,
        at=timezone.now(),
    )


def decided_on(council: Council) -> tuple[Evidence, Client]:
    """A file of a report that was sent, and the browser of whoever decides on it."""
    report = drafted(council)
    evidence = added(report)
    submit_report(report=report, by=report.reporter, at=timezone.now())
    let_into_wagtail(council.owner)
    return evidence, through_the_door(council.owner)


def there(proxy: Proxy, options: dict[str, Any]) -> int:
    """How many versions of objects the bucket holds, past the proxy."""
    location = proxy.options["location"]
    return sum(key.startswith(location) for key, _version in everything_in(options))


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.FORBIDDEN, Fault.STALLED, Fault.ANSWER_LOST])
def test_upload_that_fails_leaves_neither_row_nor_object(
    proxy: Proxy, options: dict[str, Any], council: Council, fault: Fault
) -> None:
    report = drafted(council)
    proxy.faults = [fault]

    with pytest.raises(NotStored):
        added(report)

    assert not Evidence.objects.exists()
    assert there(proxy, options) == 0


@pytest.mark.parametrize("then", [Fault.NONE, Fault.DOWN])
def test_row_that_fails_after_the_object_leaves_it_to_be_taken_away(
    proxy: Proxy,
    options: dict[str, Any],
    council: Council,
    monkeypatch: pytest.MonkeyPatch,
    then: Fault,
) -> None:
    report = drafted(council)

    def fail(*_: Any, **__: Any) -> None:
        proxy.fault = then
        raise DatabaseError("disk full")

    monkeypatch.setattr(Evidence, "save", fail)
    with pytest.raises(DatabaseError):
        added(report)
    proxy.fault = Fault.NONE
    reconcile_evidence(at=timezone.now() + LATER)

    assert there(proxy, options) == 0


def test_object_that_stays_when_its_row_is_gone_is_taken_away_later(
    proxy: Proxy, options: dict[str, Any], council: Council
) -> None:
    evidence = added(drafted(council))
    proxy.fault = Fault.DOWN

    remove_evidence(evidence=evidence, by=evidence.case_file.report.reporter, at=timezone.now())

    assert not Evidence.objects.exists()
    assert there(proxy, options) == 1
    proxy.fault = Fault.NONE
    assert reconcile_evidence(at=timezone.now() + LATER).removed == 1
    assert there(proxy, options) == 0


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.FORBIDDEN, Fault.STALLED, Fault.TRUNCATED])
def test_screen_says_plainly_that_the_file_cannot_be_had_now(
    proxy: Proxy, council: Council, fault: Fault
) -> None:
    evidence, owner = decided_on(council)
    proxy.fault = fault

    answer = owner.get(reverse("cautionary_evidence", args=[evidence.pk]))

    assert answer.status_code == 409
    assert "Try again in a few minutes" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_part_of_a_file_in_a_slow_bucket_comes_through_the_gate(
    proxy: Proxy, council: Council
) -> None:
    evidence, owner = decided_on(council)
    proxy.fault = Fault.SLOW

    address = reverse("cautionary_evidence", args=[evidence.pk])
    answer = owner.get(address, headers={"Range": "bytes=2-5"})

    assert answer.status_code == 206
    assert b"".join(answer) == PHOTO[2:6]
