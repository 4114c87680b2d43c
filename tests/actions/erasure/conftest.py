"""A council, and a storage of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.models import OutboxMessage
from tests.council import Council, found_council
from tests.storages import FOLDER, keep_evidence_in


@pytest.fixture
def storage(settings: Any, tmp_path: Path) -> Path:
    """The folder that evidence is kept in."""
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return tmp_path / "evidence"


@pytest.fixture
def council(db: None, storage: Path) -> Council:
    council = found_council()
    OutboxMessage.objects.all().delete()  # of the founding
    return council
