"""What follows from each outcome of the panel (B17–B19, B27, B41, B52)."""

import pytest

from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import Risk
from tests.panel import Panel, found_panel
from tests.panel_items import panel_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return found_panel()


@pytest.mark.clause("B18")
@pytest.mark.parametrize("risk", list(Risk))
def test_entry_has_the_level_in_the_words_of_the_procedure(panel: Panel, risk: Risk) -> None:
    decision = panel_decision(panel, risk=risk)

    assert (decision.risk, decision.definition) == (risk, DEFINITIONS[risk])
    entry = decision.entry
    assert (entry.risk, entry.state, entry.register) == (risk, "live", panel.register)
    assert entry.reference.startswith("UBS-")
