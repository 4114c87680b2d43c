"""A report with its file, and a storage of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from cautionary_plugin.models import CaseFile, IncidentReport
from tests.council import Council, found_council
from tests.factors import NOON, make_person
from tests.storages import FOLDER, keep_evidence_in


@pytest.fixture
def storage(settings: Any, tmp_path: Path) -> Path:
    """The folder that evidence is kept in."""
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return tmp_path / "evidence"


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.fixture
def report(council: Council, storage: Path) -> IncidentReport:
    """A draft of somebody who works in the field."""
    return draft(council, make_person("fieldworker"))


def draft(council: Council, reporter: Any, **facts: Any) -> IncidentReport:
    number = IncidentReport.objects.count() + 1
    file = CaseFile.objects.create(
        reference=f"FILE-2025-{number:04}", kind="person", opened_at=NOON
    )
    return IncidentReport.objects.create(
        reference=f"INC-2026-{number:04}",
        case_file=file,
        register=council.register,
        reporter=reporter,
        started_at=NOON,
        changed_at=NOON,
        **facts,
    )
