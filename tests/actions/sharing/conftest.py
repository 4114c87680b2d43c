"""A council with a certificate, partners that are ready, and a mail server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.models import (
    Entry,
    Partner,
)
from tests.certificates import Issued, issue, sign_as_council
from tests.council import Council, found_council, list_entries
from tests.mailers import send_through
from tests.partners import Desk, desk, ready
from tests.servers.smtp import BACKEND, MailServer, mail_server


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    sign_as_council(settings, tmp_path)
    return found_council()


@pytest.fixture
def team(council: Council) -> Desk:
    return desk(council)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as (handler, port):
        send_through(settings, BACKEND, host="127.0.0.1", port=port, timeout=5)
        yield handler


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council)
    return entry


@pytest.fixture
def theirs() -> Issued:
    return issue()


@pytest.fixture
def partner(team: Desk, theirs: Issued) -> Partner:
    return ready(team, issued=theirs)
