"""A council with a report that waits for its decision."""

import pytest

from cautionary_plugin.models import IncidentReport
from tests.council import Council, found_council
from tests.life import countersigned


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.fixture
def report(council: Council) -> IncidentReport:
    return countersigned(council)
