"""A mail server for tests, on a free port of the loopback that misbehaves as those of the field do.

Each message gets the next of the ``answers``; when they run out, it is taken. What was taken is
kept as the bytes that came over the wire.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.postgres import free_port

BACKEND = "django.core.mail.backends.smtp.EmailBackend"

TAKEN = "250 OK"
LATER = "451 Try again later"
NEVER = "554 No such mailbox here"
DROP = "drop"  # take the message, and hang up before saying so
STALL = "stall"  # take the message, and say nothing until told to


class MailServer:
    """What it was told to answer, and what it has taken."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[bytes] = []
        self.stalling, self.go_on = Event(), Event()

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, as a mail program reads it."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]  # type: ignore[misc]

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> Any:
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer in (TAKEN, DROP, STALL):
            self.taken.append(bytes(envelope.content or b""))
        if answer == STALL:
            self.stalling.set()
            await server.loop.run_in_executor(None, self.go_on.wait, 30)
        if answer in (DROP, STALL):
            server.transport.abort()
            return TAKEN
        return answer


@contextmanager
def mail_server() -> Iterator[tuple[MailServer, int]]:
    """Run a server for the length of the block; yields it and its port."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        handler.go_on.set()
        controller.stop()
