"""A real mail server that refuses, drops, stalls; a process that dies: no duty is lost (A21)."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import django
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.outbox import AT_ONCE, deliver
from cautionary_plugin.models import MailKind, OutboxMessage
from cautionary_plugin.outbox.deliver import GIVE_UP_AFTER, due_at, undelivered
from tests.factors import NOON, make_person
from tests.mailers import send_through
from tests.servers.postgres import free_port
from tests.servers.smtp import BACKEND, DROP, LATER, NEVER, STALL, TAKEN, MailServer, mail_server

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
        kind=MailKind.BULLETIN, to=make_person("officer"), queued_at=NOON
    )


def message_id(message: OutboxMessage) -> str:
    return f"<{message.pk}@example.gov.uk>"


def test_refused_for_now_goes_at_the_next_attempt(
    server: MailServer, message: OutboxMessage
) -> None:
    server.answers = [LATER, LATER]

    delivered = [deliver(at=NOON + minutes * MINUTE) for minutes in (0, 1, 2, 3)]

    assert delivered == [0, 0, 0, 1]  # after one minute, then after two more
    assert server.ids == [message_id(message)]


@pytest.mark.clause("A21")
def test_refused_for_good_stays_is_tried_ever_more_seldom_and_shows_as_undelivered(
    server: MailServer, message: OutboxMessage
) -> None:
    server.answers = [NEVER] * 200

    tries = 0
    for minutes in range(0, 200):
        before = len(server.answers)
        deliver(at=NOON + minutes * MINUTE)
        tries += before - len(server.answers)

    message.refresh_from_db()
    assert (tries, message.attempts, message.sent_at) == (9, 9, None)
    assert list(undelivered()) == [message]
    server.answers = []
    assert deliver(at=due_at(message)) == 1
    assert not undelivered().exists()


def test_dropped_after_the_data_comes_twice_at_most_under_one_id(
    server: MailServer, message: OutboxMessage
) -> None:
    server.answers = [DROP]

    delivered = [deliver(at=NOON), deliver(at=NOON + MINUTE), deliver(at=NOON + 9 * MINUTE)]

    assert delivered == [0, 1, 0]
    assert server.ids == [message_id(message)] * 2


@pytest.mark.django_db(transaction=True)
def test_server_that_stalls_holds_no_lock_and_is_left_after_the_timeout(
    server: MailServer, settings: Any
) -> None:
    message = OutboxMessage.objects.create(
        kind=MailKind.BULLETIN, to=make_person("officer"), queued_at=NOON
    )
    server.answers = [STALL]
    told: list[int] = []

    def run() -> None:
        try:
            told.append(deliver(at=NOON))
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    assert server.stalling.wait(20)
    with transaction.atomic():  # while it stalls, everybody else works on
        held = OutboxMessage.objects.select_for_update().get(pk=message.pk)
        assert (held.attempts, held.sent_at) == (1, None)
        make_person("somebody")
    server.go_on.set()
    thread.join(20)

    assert told == [0]
    assert deliver(at=NOON + MINUTE) == 1
    assert server.ids == [message_id(message)] * 2


def test_server_that_is_silent_is_left_after_the_timeout(
    settings: Any, message: OutboxMessage
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        send_through(settings, BACKEND, host="127.0.0.1", port=port, timeout=1)

        assert deliver(at=NOON) == 0

    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (1, None)


def test_server_that_is_away_is_not_tried_for_everybody(settings: Any) -> None:
    send_through(settings, BACKEND, host="127.0.0.1", port=free_port())
    officer = make_person()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind=MailKind.BULLETIN, to=officer, queued_at=NOON)
        for _one in range(GIVE_UP_AFTER + 5)
    )

    deliver(at=NOON)

    assert undelivered().count() == GIVE_UP_AFTER


def test_fresh_message_goes_before_those_that_fail(server: MailServer) -> None:
    officer = make_person()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind=MailKind.BULLETIN, to=officer, queued_at=NOON, attempts=3)
        for _one in range(GIVE_UP_AFTER)
    )
    fresh = OutboxMessage.objects.create(
        kind=MailKind.BULLETIN, to=officer, queued_at=NOON + MINUTE
    )
    server.answers = [TAKEN, *[NEVER] * GIVE_UP_AFTER]

    assert deliver(at=NOON + timedelta(hours=1)) == 1
    assert server.ids == [message_id(fresh)]


@pytest.mark.django_db(transaction=True)
def test_request_delivers_the_first_few_and_cron_the_rest(server: MailServer) -> None:
    people = [make_person(f"officer{number}") for number in range(AT_ONCE + 5)]

    queue_mail(kind=MailKind.BULLETIN, to=people, at=timezone.now())
    at_once = len(server.taken)
    call_command("cautionary_daily", verbosity=0)

    assert (at_once, len(server.taken)) == (AT_ONCE, AT_ONCE + 5)
    assert len(set(server.ids)) == AT_ONCE + 5


@pytest.mark.django_db(transaction=True)
def test_request_waits_for_one_failure_at_most(settings: Any) -> None:
    send_through(settings, BACKEND, host="127.0.0.1", port=free_port())

    queue_mail(
        kind=MailKind.BULLETIN, to=[make_person("one"), make_person("two")], at=timezone.now()
    )

    assert undelivered().count() == 1


@pytest.mark.clause("A20")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("dies", "copies"), [("before sending", 1), ("before noting", 2)], ids=str)
def test_process_killed_after_the_commit_loses_nothing(
    server: MailServer, settings: Any, dies: str, copies: int
) -> None:
    officer = make_person()
    order = {
        "settings": os.environ["DJANGO_SETTINGS_MODULE"],
        "database": str(connection.settings_dict["NAME"]),
        "port": _port(settings),
        "to": officer.pk,
        "dies": dies,
    }

    killed = subprocess.run(
        [sys.executable, "-m", "tests.outbox.killed_sender", json.dumps(order)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    message = OutboxMessage.objects.get()
    assert message.sent_at is None

    for _twice in range(2):
        deliver(at=timezone.now() + 2 * MINUTE)

    assert server.ids == [message_id(message)] * copies


def _port(settings: Any) -> int:
    if django.VERSION >= (6, 1):
        return settings.MAILERS["default"]["OPTIONS"]["port"]
    return settings.EMAIL_PORT
