"""A process that queues a mail, commits, and is killed: run by the test of that."""

import json
import os
import signal
import sys
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings


def main(database: str, port: int, to: Any, dies: str, **_: Any) -> None:
    settings.DATABASES["default"]["NAME"] = database
    send_to(port)
    django.setup()

    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from cautionary_plugin.actions.mail import queue_mail
    from cautionary_plugin.models import MailKind
    from cautionary_plugin.outbox import deliver

    def die(*_given: Any, **_named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if dies == "before sending":
        deliver._sent = die  # type: ignore[assignment]
    else:
        sent = deliver._sent
        deliver._sent = lambda *given: (sent(*given), die())  # type: ignore[assignment, func-returns-value, return-value]

    person = get_user_model().objects.get(pk=to)
    queue_mail(kind=MailKind.BULLETIN, to=[person], at=timezone.now())


def send_to(port: int) -> None:
    from tests.mailers import send_through
    from tests.servers.smtp import BACKEND

    there = SimpleNamespace()
    send_through(there, BACKEND, host="127.0.0.1", port=port, timeout=5)
    for name, value in vars(there).items():
        setattr(settings, name, value)


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = order.pop("settings")
    main(**order)
