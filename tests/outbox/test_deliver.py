"""Mail is not lost: at least once, ever later, and no lock while the server thinks (A21)."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from cautionary_plugin.models import MailKind, OutboxMessage
from cautionary_plugin.outbox.deliver import deliver_waiting, due_at
from tests.factors import NOON, make_person
from tests.mailers import send_through
from tests.races import race
from tests.servers.postgres import free_port
from tests.servers.smtp import BACKEND, LATER, MailServer, mail_server

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as (handler, port):
        send_through(settings, BACKEND, host="127.0.0.1", port=port, timeout=5)
        yield handler


@pytest.fixture
def message() -> OutboxMessage:
    return OutboxMessage.objects.create(
        kind=MailKind.EMERGENCY, to=make_person("owner"), reference="CPR", queued_at=NOON
    )


@pytest.mark.clause("A21")
def test_message_goes_over_the_wire_with_neutral_headers(
    server: MailServer, message: OutboxMessage
) -> None:
    assert deliver_waiting(at=NOON) == 1

    (raw,) = server.taken
    headers = raw.decode().partition("\r\n\r\n")[0]
    assert "Subject: Cautionary register: emergency access was taken" in headers
    assert f"Message-ID: <{message.pk}@example.gov.uk>" in headers
    assert "To: owner@example.gov.uk" in headers
    message.refresh_from_db()
    assert message.sent_at == NOON


def test_refused_message_stays_and_goes_later_under_the_same_id(
    server: MailServer, message: OutboxMessage
) -> None:
    server.answers = [LATER]
    assert deliver_waiting(at=NOON) == 0

    too_early = deliver_waiting(at=NOON + MINUTE / 2)
    later = deliver_waiting(at=NOON + MINUTE)

    assert (too_early, later) == (0, 1)
    assert f"<{message.pk}@example.gov.uk>".encode() in server.taken[0]


def test_delivered_message_is_not_sent_again(server: MailServer, message: OutboxMessage) -> None:
    deliver_waiting(at=NOON)

    assert deliver_waiting(at=NOON + timedelta(days=1)) == 0
    assert len(server.taken) == 1


def test_server_that_is_not_there_keeps_the_message(message: OutboxMessage, settings: Any) -> None:
    send_through(settings, BACKEND, host="127.0.0.1", port=free_port())

    assert deliver_waiting(at=NOON) == 0

    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (1, None)


def test_pauses_double_up_to_an_hour(message: OutboxMessage) -> None:
    due = []
    for attempts in range(9):
        message.attempts = attempts
        due.append((due_at(message) - NOON) / MINUTE)

    pauses = [later - earlier for earlier, later in pairwise(due)]
    assert (due[0], pauses) == (0, [1, 2, 4, 8, 16, 32, 60, 60])


@pytest.mark.parametrize("failure", ["tests.outbox.backends.Broken"])
def test_one_message_that_fails_does_not_hold_up_the_next(
    message: OutboxMessage, settings: Any, caplog: pytest.LogCaptureFixture, failure: str
) -> None:
    second = make_person("second")
    OutboxMessage.objects.create(kind=MailKind.EMERGENCY, to=second, queued_at=NOON)
    send_through(settings, failure)

    with caplog.at_level(logging.DEBUG):
        delivered = deliver_waiting(at=NOON)

    assert delivered == 0
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}
    assert "LookupError" in caplog.text
    assert "marguerite" not in caplog.text


@pytest.mark.parametrize("account", ["gone", "without an address"])
def test_message_to_nobody_stays_and_says_so(
    message: OutboxMessage, account: str, caplog: pytest.LogCaptureFixture
) -> None:
    if account == "gone":
        message.to.delete()
    else:
        type(message.to).objects.filter(pk=message.to.pk).update(email="")

    assert deliver_waiting(at=NOON) == 0

    assert "has no address" in caplog.text
    assert OutboxMessage.objects.get().sent_at is None


def test_message_that_somebody_else_has_just_tried_is_left_to_them(
    message: OutboxMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = OutboxMessage.objects.get(pk=message.pk)
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=1)  # they were faster
    monkeypatch.setattr(
        OutboxMessage.objects, "filter", _only_first(OutboxMessage.objects.filter, [read])
    )

    assert deliver_waiting(at=NOON) == 0
    assert mail.outbox == []


def _only_first(real: Any, read: list[OutboxMessage]) -> Any:
    """The first question gets what was read before; the others go to the database."""
    asked: list[bool] = []

    class Before:
        def select_related(self, *_names: str) -> list[OutboxMessage]:
            return read

    def filter_(**terms: Any) -> Any:
        asked.append(True)
        return Before() if len(asked) == 1 else real(**terms)

    return filter_


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_thinks(
    message: OutboxMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(
        "cautionary_plugin.outbox.deliver._sent",
        lambda *_given: seen.append(connection.in_atomic_block) or True,
    )

    assert deliver_waiting(at=NOON) == 1
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_once_send_once(server: MailServer, message: OutboxMessage) -> None:
    delivered = race(*[lambda: deliver_waiting(at=NOON)] * 4)

    assert sum(delivered) == 1
    assert len(server.taken) == 1
