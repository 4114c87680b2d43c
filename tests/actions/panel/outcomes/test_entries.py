"""What follows when an entry is carried, of high risk too (B3, B4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.referrals import take_up, turn_down
from cautionary_plugin.models import (
    DirectorReferral,
    Entry,
    Letter,
    MailKind,
    OutboxMessage,
    PanelCase,
    PanelDecision,
    StaffBulletin,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import PanelOutcome, Risk
from tests.actions.panel.outcomes.following import REASONS, letters
from tests.life import submitted
from tests.panel import Panel, waiting_case
from tests.panel_items import (
    findings_recorded,
    opened_item,
    panel_decision,
    panel_entry,
    voted,
    voting,
)
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.django_db


def child(panel: Panel) -> PanelCase:
    """A case about somebody of fifteen."""
    born_on = (timezone.localdate() - timedelta(days=365 * 15)).isoformat()
    report = submitted(panel.council, identify={"born_on": born_on})
    return waiting_case(panel, report=report)


# --- Entries ---------------------------------------------------------------------------------


@pytest.mark.clause("B18")
@pytest.mark.parametrize("risk", list(Risk))
def test_entry_has_the_level_in_the_words_of_the_procedure(panel: Panel, risk: Risk) -> None:
    decision = panel_decision(panel, risk=risk)

    assert (decision.risk, decision.definition) == (risk, DEFINITIONS[risk])
    entry = decision.entry
    assert entry is not None
    assert (entry.risk, entry.state, entry.register) == (risk, "live", panel.register)
    assert entry.reference.startswith("UBS-")
    assert [each.slug for each in entry.audience.all()] == ["housing"]


@pytest.mark.clause("B18")
def test_words_of_the_level_are_those_that_the_panel_voted_on(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    motion = voted(panel, voting(panel))
    before = DEFINITIONS[Risk.MEDIUM]
    monkeypatch.setitem(DEFINITIONS, Risk.MEDIUM, "Something else, by a later version.")

    decision = record_decision(motion=motion, by=panel.clerk, at=timezone.now())

    assert (motion.definition, decision.definition) == (before, before)
    assert PanelDecision.objects.get().definition == before


@pytest.mark.clause("B36")
@pytest.mark.clause("B49")
def test_entry_lasts_twelve_months_by_the_calendar(panel: Panel) -> None:
    entry = panel_entry(panel)

    today = timezone.localdate(entry.starts_at)
    ends = timezone.localdate(entry.expires_at)
    assert (ends.year, ends.month) == (today.year + 1, today.month)
    assert ends.day == (28 if (today.month, today.day) == (2, 29) else today.day)


@pytest.mark.clause("B31")
@pytest.mark.clause("B43")
@pytest.mark.parametrize(
    ("risk", "kind"), [("low", "schedule"), ("medium", "schedule"), ("high", "schedule_hi")]
)
def test_colleagues_and_the_individual_are_told_of_an_entry(
    panel: Panel, risk: str, kind: str
) -> None:
    entry = panel_entry(panel, risk=risk)

    letter = Letter.objects.get()
    assert (letter.kind, letter.entry, letter.case) == (kind, entry, PanelCase.objects.get())
    assert letter.writer == (None if kind == "schedule_hi" else panel.operations)
    assert StaffBulletin.objects.get().entry == entry


def test_entry_of_a_child_is_held_and_told_of_when_it_is_signed_off(panel: Panel) -> None:
    entry = panel_entry(panel, item=findings_recorded(panel, opened_item(panel, child(panel))))
    assert (entry.state, letters(), StaffBulletin.objects.count()) == ("held", [], 0)

    sign_off_entry(entry=entry, by=panel.chair, at=timezone.now())

    assert letters() == ["schedule"]
    assert Letter.objects.get().case == PanelCase.objects.get()


def test_presenter_is_told_that_the_case_is_decided(panel: Panel) -> None:
    panel_decision(panel, PanelOutcome.NO_ACTION)

    mail = OutboxMessage.objects.get(kind=MailKind.PANEL_DECIDED)
    assert (mail.to, mail.reference) == (panel.operations, PanelCase.objects.get().reference)


# --- High risk goes to the director, as a question --------------------------------------------


@pytest.mark.clause("B18")
def test_high_risk_is_referred_to_the_director_and_marks_nobody_there(panel: Panel) -> None:
    decision = panel_decision(panel, risk=Risk.HIGH)

    referral = DirectorReferral.objects.get()
    assert (referral.decision, referral.register) == (decision, panel.council.register)
    assert [mail.to for mail in OutboxMessage.objects.filter(kind=MailKind.TO_DIRECTOR)] == [
        panel.council.owner
    ]
    assert not Entry.objects.filter(register=panel.council.register).exists()


@pytest.mark.parametrize("risk", [Risk.LOW, Risk.MEDIUM])
def test_lower_risk_is_not_referred_to_the_director(panel: Panel, risk: Risk) -> None:
    panel_decision(panel, risk=risk)

    assert not DirectorReferral.objects.exists()


def high_on_own_register(panel: Panel) -> DirectorReferral:
    case = refer(panel, panel_report(panel), risk="high")
    panel_entry(panel, risk=Risk.HIGH, item=findings_recorded(panel, opened_item(panel, case)))
    return DirectorReferral.objects.get()


@pytest.mark.clause("B18")
def test_taken_up_a_report_begins_with_a_countersignature(panel: Panel) -> None:
    referral = high_on_own_register(panel)
    report = referral.decision.case.report
    assert report is not None
    assert (report.register, report.state) == (panel.register, "decided")

    take_up(referral=referral, by=panel.council.owner, at=timezone.now())

    report.refresh_from_db()
    assert (report.register, report.state) == (panel.council.register, "submitted")
    assert report.countersign_by is not None
    assert not Entry.objects.filter(register=panel.council.register).exists()


def test_report_that_is_the_directors_already_is_only_taken(panel: Panel) -> None:
    panel_decision(panel, risk=Risk.HIGH)
    referral = DirectorReferral.objects.get()

    answered = take_up(referral=referral, by=panel.council.owner, at=timezone.now())

    assert (answered.taken, answered.answered_by) == (True, panel.council.owner)
    report = referral.decision.case.report
    assert report is not None
    assert (report.register, report.state) == (panel.council.register, "submitted")


def test_referral_is_turned_down_with_reasons(panel: Panel) -> None:
    referral = high_on_own_register(panel)
    owner, now = panel.council.owner, timezone.now()
    with pytest.raises(BadInput):
        turn_down(referral=referral, reasons="No.", by=owner, at=now)

    answered = turn_down(referral=referral, reasons=REASONS, by=owner, at=now)

    assert (answered.taken, answered.reasons) == (False, REASONS)
    with pytest.raises(AlreadyDone):
        take_up(referral=referral, by=owner, at=now)


def test_referral_is_answered_by_who_decides_on_the_directors_register(panel: Panel) -> None:
    referral = high_on_own_register(panel)

    for who in (panel.owner, panel.chair, panel.clerk):
        with pytest.raises(NotYourPost):
            take_up(referral=referral, by=who, at=timezone.now())
