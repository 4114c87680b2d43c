"""Killed between any two steps, the next daily run finishes, and the register stays open."""

import json
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cautionary_plugin.access.erasures import check_erasures_now
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import CaseFile, DeletionCertificate, Evidence
from cautionary_plugin.sealing.journal import get_journal
from cautionary_plugin.sealing.keyrings import get_keyring
from tests.council import Council
from tests.storages import files_in
from tests.whole_files import whole_file

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()
DAY = timedelta(days=1)
POINTS = {  # certificates and lines of the journal that are there afterwards
    "in the first transaction": (0, 0),
    "before the journal": (2, 0),
    "after the journal": (2, 2),
    "after one of the objects": (2, 2),
    "after the objects": (2, 2),
    "in the last transaction": (2, 2),
    "after the last transaction": (2, 2),
}


def killed(point: str, storage: Path) -> None:
    arguments = {
        "database": str(connection.settings_dict["NAME"]),
        "keyring": str(get_keyring().file.path),
        "storage": str(storage),
        "at": NOW.isoformat(),
        "point": point,
    }
    command = [sys.executable, "-m", "tests.actions.erasure.killed_erasing", json.dumps(arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.clause("L7")
@pytest.mark.parametrize("point", POINTS)
def test_killed_erasing_is_finished_by_the_next_run(
    point: str, council: Council, storage: Path
) -> None:
    entries = [whole_file(council, at=NOW - 365 * DAY, expires_at=NOW - DAY) for _two in "ab"]
    lapse_entries(at=NOW)
    assert len(files_in(storage)) == Evidence.objects.count() == 2

    killed(point, storage)

    certificates, lines = POINTS[point]
    assert DeletionCertificate.objects.count() == certificates
    assert len(list(get_journal().lines())) == lines
    check_erasures_now()
    for file in CaseFile.objects.all():
        assert file.key_is_forgotten == bool(certificates)

    call_command("cautionary_daily", stdout=StringIO())

    assert not CaseFile.objects.exists()
    assert files_in(storage) == []
    done = list(DeletionCertificate.objects.order_by("number"))
    assert [each.number for each in done] == [1, 2]
    assert {each.file_id for each in done} == {each.case_file_id for each in entries}
    assert all(each.erased_at and each.erased_at >= each.started_at for each in done)
    assert all(each.removed["rows"]["Entry"] == 1 for each in done)
    assert [(line.number, line.file) for line in get_journal().lines()] == [
        (each.number, each.file_id) for each in done
    ]
