"""A file with one row of everything, a desk, and a storage of the test's own."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.models import CaseFile
from tests.access_requests import Desk, man_desk
from tests.council import found_council
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import whole_file


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Path) -> Desk:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return man_desk(found_council())


@pytest.fixture
def file(desk: Desk, now: datetime) -> CaseFile:
    """Nothing of it is over before a year."""
    entry = whole_file(desk.council, at=now, expires_at=now + timedelta(days=365))
    return entry.case_file
