"""What stands ready for every test here: a council, and a panel where one is asked for."""

import pytest

from tests.council import Council, found_council
from tests.panel import Panel, found_panel


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def panel() -> Panel:
    return found_panel()
