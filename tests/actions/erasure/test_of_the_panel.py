"""Files with a case before the panel, an arrangement, or a divert that is still on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import end_arrangement
from cautionary_plugin.actions.contact.mail_rules import switch_off
from cautionary_plugin.actions.erasure import erase_due, when_due
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.panel.renewals import open_renewals
from cautionary_plugin.models import (
    CaseFile,
    EmailDivert,
    Entry,
    PanelCase,
    SinglePointOfContact,
)
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.states import CaseState
from tests.panel import Panel, found_panel
from tests.schedule import active_divert, arranged, referred_case, scheduled

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("L7"),
    pytest.mark.clause("A32"),
]

DAY = timedelta(days=1)


@pytest.fixture
def panel(storage: Path) -> Panel:
    return found_panel()


def _erased(at: datetime) -> int:
    return erase_due(at=at).files


def test_case_that_waits_keeps_its_file_like_an_undecided_report(panel: Panel) -> None:
    case = referred_case(panel)
    cause = when_due(case.case_file, at=timezone.now())
    assert cause == (case.referred_at + 365 * DAY, Cause.UNDECIDED)


def test_arrangement_that_stands_keeps_its_file(panel: Panel) -> None:
    arrangement = arranged(panel)
    later = timezone.now() + 360 * DAY
    PanelCase.objects.update(state=CaseState.DECIDED, settled_at=timezone.now())
    arrangement.case.report.state = "decided"
    arrangement.case.report.save()
    assert when_due(arrangement.case_file, at=later) is None
    assert _erased(later) == 0
    end_arrangement(arrangement=arrangement, reasons="It is quiet again.", by=panel.clerk, at=later)
    assert when_due(arrangement.case_file, at=later) == (later, Cause.ARRANGED)
    assert _erased(later) == 1
    assert not SinglePointOfContact.objects.exists()


def _expired_with_divert(panel: Panel) -> datetime:
    """An entry whose term is over, with a divert that is still on; the day after its end."""
    case = referred_case(panel)
    entry = scheduled(panel, case)
    active_divert(panel, arrangement=arranged(panel, case=case, entry=entry))
    PanelCase.objects.update(state=CaseState.DECIDED, settled_at=timezone.now())
    at = entry.expires_at + DAY
    lapse_entries(at=at)
    return at


@pytest.mark.clause("B28")
def test_file_does_not_vanish_while_a_divert_is_still_on(panel: Panel) -> None:
    at = _expired_with_divert(panel)
    assert _erased(at) == 0
    switch_off(divert=EmailDivert.objects.get(), by=panel.mail, at=at)
    assert _erased(at) == 1


@pytest.mark.clause("B52")
def test_divert_that_nobody_switches_off_keeps_the_file_a_fortnight_at_most(panel: Panel) -> None:
    at = _expired_with_divert(panel)
    assert _erased(at + 13 * DAY) == 0
    assert _erased(at + 14 * DAY) == 1
    assert not CaseFile.objects.exists()


@pytest.mark.clause("B52")
def test_entry_without_a_repeat_is_erased_after_twelve_months_though_its_renewal_waits(
    panel: Panel,
) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    PanelCase.objects.update(entry=entry, state=CaseState.DECIDED, settled_at=timezone.now())
    case.report.state = "decided"
    case.report.save()
    over = entry.expires_at
    assert open_renewals(at=over - 30 * DAY) == 1
    assert lapse_entries(at=over - DAY) == 0
    assert Entry.objects.live_at(over - DAY).exists()
    assert not Entry.objects.live_at(over).exists()

    lapse_entries(at=over)

    assert _erased(over + DAY) == 1
    assert not CaseFile.objects.exists()
    assert not PanelCase.objects.exists()
