"""How much of an entry is shown to whom (L1)."""

import pytest

from cautionary_plugin.rules.audience import SHOWN_FROM, View, shown, view_for

SAFETY = {"provisional", "subject", "risk", "handling", "control_measures", "spoc", "expires_on"}
SERVICE = {"markers", "restrictions", "permitted_contact"}
BASIS = {"legal_condition", "fact_on", "basis", "audience"}


@pytest.mark.clause("L1")
@pytest.mark.parametrize(
    ("services", "audience", "reads_basis", "view"),
    [
        (set(), {"housing"}, False, View.SAFETY),
        ({"revenues"}, {"housing"}, False, View.SAFETY),
        ({"housing"}, set(), False, View.SAFETY),
        ({"housing", "revenues"}, {"housing"}, False, View.SERVICE),
        (set(), {"housing"}, True, View.BASIS),
        ({"housing"}, {"housing"}, True, View.BASIS),
    ],
)
def test_view_is_for_the_service_unless_the_post_reviews(
    services: set[str], audience: set[str], reads_basis: bool, view: View
) -> None:
    assert view_for(services=services, audience=audience, reads_basis=reads_basis) is view


@pytest.mark.clause("L1")
def test_each_level_shows_its_facts_and_those_before() -> None:
    assert shown(View.SAFETY) == SAFETY
    assert shown(View.SERVICE) == SAFETY | SERVICE
    assert shown(View.BASIS) == SAFETY | SERVICE | BASIS == set(SHOWN_FROM)
