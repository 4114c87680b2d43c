"""Who keeps partners at a council, and a storage of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from tests.council import Council
from tests.partners import Desk, desk
from tests.storages import FOLDER, keep_evidence_in


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})


@pytest.fixture
def team(council: Council) -> Desk:
    return desk(council)
