"""A panel that can keep evidence and write letters."""

from pathlib import Path
from typing import Any

import pytest

from tests.panel import Panel, found_panel
from tests.panel_letters import ready_to_write
from tests.storages import FOLDER, keep_evidence_in


@pytest.fixture
def panel(settings: Any, tmp_path: Path) -> Panel:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    panel = found_panel()
    ready_to_write(panel)
    return panel
