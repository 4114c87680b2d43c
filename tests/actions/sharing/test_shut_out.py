"""Whoever is shut out of a case decides nothing about whom its entry is for (B11, A44)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.partners import name_site
from cautionary_plugin.actions.sharing.audience import change_audience
from cautionary_plugin.actions.sharing.disclosing import disclose, send_again
from cautionary_plugin.actions.sharing.offering import tag_sites
from cautionary_plugin.actions.sharing.withdrawing import withdraw_from
from cautionary_plugin.models import ConflictDeclaration, Entry, PanelCase, Partner
from cautionary_plugin.rules.errors import Excluded
from tests.council import Council
from tests.panel import Panel, found_panel
from tests.panel_items import panel_entry
from tests.partners import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("B11"), pytest.mark.clause("A44")]

WHY = "Their officers visit this address every week."


@pytest.fixture
def panel(council: Council) -> Panel:
    return found_panel(council=council)


def test_owner_of_the_schedule_who_is_shut_out_changes_nothing(
    panel: Panel, team: Desk, partner: Partner
) -> None:
    entry = panel_entry(panel)
    now = timezone.now()
    site = name_site(name="Charrington House", by=team.keeper, at=now)
    told: dict[str, Any] = {"by": panel.owner, "at": now}
    acts: dict[str, Callable[[], Any]] = {
        "audience": lambda: change_audience(entry=entry, reasons={panel.housing: WHY}, **told),
        "sites": lambda: tag_sites(entry=entry, sites=[site], **told),
        "share": lambda: disclose(entries=[entry], partners=[partner], reason=WHY, **told),
        "again": lambda: send_again(partner=partner, entry=entry, **told),
        "take back": lambda: withdraw_from(entry=entry, partner=partner, **told),
    }
    for act in acts.values():
        act()
    ConflictDeclaration.objects.create(
        case_file=entry.case_file,
        case=PanelCase.objects.get(),
        user=panel.owner,
        declared_at=now,
    )
    before = _as_it_is(entry)

    for act in acts.values():
        with pytest.raises(Excluded):
            act()

    assert _as_it_is(entry) == before


def _as_it_is(entry: Entry) -> Any:
    entry = Entry.objects.get(pk=entry.pk)
    shared = entry.disclosures.values_list("partner", "withdrawn_at")
    return entry.changed, list(shared), entry.entry_sites.count()
