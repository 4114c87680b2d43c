"""`make sandbox`, as a newcomer runs it, twice, and asked over HTTP."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.servers.postgres import free_port

pytestmark = pytest.mark.sandbox

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = {**os.environ, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "sandbox.settings"}

# What waits for each of the panel's people once the council is invented.
WAITS = {
    "clerk": {"meeting", "release", "divert"},
    "chair": {"conflict"},
    "care": {"papers"},
    "standin": {"papers"},
    "legal": {"legal_letter"},
    "operations": {"refer", "schedule_letter"},
    "mail": {"switch"},
    "dpo": {"certificate"},
    "registrar": {"renew_partner"},
}
ASK = """
import json
from django.contrib.auth import get_user_model
from django.utils import timezone
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import Entry, Questionnaire
now = timezone.now()
schedule = Entry.objects.live_at(now).filter(register__slug="ub")
print(json.dumps({
    "waits": {
        user.username: sorted({task.duty.value for task in what_waits(standing_of(user, at=now))})
        for user in get_user_model().objects.all()
    },
    "schedule": sorted(schedule.values_list("risk", "provisional")),
    "questionnaires": Questionnaire.objects.filter(returned_on=None).count(),
}))
"""


@contextmanager
def make_sandbox() -> Iterator[tuple[str, str]]:
    """The address of a running sandbox, and what it had printed when it began to serve."""
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        ["make", "sandbox", f"ADDRESS={address}"],
        cwd=ROOT,
        env=SANDBOX,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed = []
        for line in server.stdout:
            printed.append(line)
            if "development server at" in line:
                break
        yield f"http://{address}", "".join(printed)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate()


def read(url: str) -> str:
    with urlopen(url) as response:  # noqa: S310 - our own loopback
        return response.read().decode()


def known_of_the_council() -> dict:
    """What waits for whom, and what is on the schedule, as the sandbox's own database tells it."""
    told = subprocess.run(
        [".venv/bin/python", "sandbox/manage.py", "shell", "--verbosity", "0", "-c", ASK],
        cwd=ROOT,
        env=SANDBOX,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def test_sandbox_serves_a_council_and_keeps_it():
    with make_sandbox() as (url, printed):
        assert "Everybody's password: " in printed, printed
        assert "Everybody here is invented" in read(url)
        assert 'type="password"' in read(f"{url}/cautionary/check/")
        for name in WAITS:
            assert f"  {name} " in printed
    known = known_of_the_council()
    for name, waits in WAITS.items():
        assert waits <= set(known["waits"][name]), (name, known["waits"][name])
    assert known["schedule"] == [["high", False], ["high", True], ["medium", False]]
    assert known["questionnaires"] == 1

    with make_sandbox() as (url, printed):
        assert "Inventing" not in printed, printed
        assert 'type="password"' in read(f"{url}/cautionary/check/")
    assert known_of_the_council() == known
