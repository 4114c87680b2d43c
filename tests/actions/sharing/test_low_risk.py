"""What the panel calls vexatious is no warning of violence, and goes to no partner (A41, B18)."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.appeals import (
    lodge_appeal,
    name_hearers,
    propose_outcome,
    sign_outcome,
)
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.sharing.disclosing import disclose, send_again, send_on_changes
from cautionary_plugin.models import (
    Disclosure,
    Entry,
    PanelDecision,
    Partner,
    PartnerMail,
    WithdrawalNotice,
)
from cautionary_plugin.rules.errors import AlreadyDone, NotReady
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.sharing import NO_WARNING
from cautionary_plugin.rules.vocabulary import AppealOutcome, Risk
from tests.certificates import Issued
from tests.council import Council, list_entries, row
from tests.panel import Panel, found_panel
from tests.panel_items import (
    entry_terms,
    findings_recorded,
    opened_item,
    panel_entry,
    voted,
    voting,
)
from tests.servers.smtp import MailServer

from .reading import read, to_partner

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A41"), pytest.mark.clause("B18")]

REASON = "Their officers visit this address every week."


@pytest.fixture
def panel(council: Council) -> Panel:
    return found_panel(council=council)


def share(entry: Entry, partner: Partner, by: Any) -> PartnerMail:
    (mail,) = disclose(entries=[entry], partners=[partner], reason=REASON, by=by, at=timezone.now())
    return mail


def lowered_by_the_panel(panel: Panel, entry: Entry) -> None:
    """The panel corrects its decision: low, and not medium."""
    now = timezone.now()
    wrong = PanelDecision.objects.get(entry=entry)
    case = ask_for_correction(decision=wrong, reasons=REASON, by=panel.clerk, at=now)
    item = opened_item(panel, case, meeting=panel.register.meetings.get())
    terms = MotionTerms(entry=entry_terms(Risk.LOW))
    motion = voting(panel, item=findings_recorded(panel, item), risk=Risk.LOW, terms=terms)
    record_decision(motion=voted(panel, motion), by=panel.clerk, at=now)


def lowered_by_a_review(panel: Panel, entry: Entry) -> None:
    """Those who hear the individual's review lower the level."""
    now = timezone.now()
    appeal = lodge_appeal(
        entry=entry, lodged_on=timezone.localdate(), grounds=REASON, by=panel.clerk, at=now
    )
    appeal.comments.update(declined_at=now)
    name_hearers(appeal=appeal, users=[panel.care, panel.equality], by=panel.clerk, at=now)
    appeal.refresh_from_db()
    proposed = propose_outcome(
        appeal=appeal,
        outcome=AppealOutcome.VARIED,
        variation={"risk": "low"},
        reasons=REASON,
        by=panel.care,
        at=now,
    )
    sign_outcome(appeal=proposed, by=panel.equality, at=now)


def test_low_risk_of_the_schedule_is_shared_with_nobody(panel: Panel, partner: Partner) -> None:
    low = panel_entry(panel, risk=Risk.LOW)

    with pytest.raises(NotReady, match=f"{low.reference}: {NO_WARNING}"):
        share(low, partner, panel.owner)

    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("risk", [Risk.MEDIUM, Risk.HIGH])
def test_higher_risk_of_the_schedule_may_be_shared(
    panel: Panel, partner: Partner, risk: Risk
) -> None:
    share(panel_entry(panel, risk=risk), partner, panel.owner)

    assert Disclosure.objects.exists()


def test_low_risk_of_the_directors_register_is_a_credible_risk_still(
    council: Council, partner: Partner
) -> None:
    (entry,) = list_entries(council, row(risk="low"))

    share(entry, partner, council.owner)

    assert Disclosure.objects.get().entry == entry


@pytest.mark.parametrize("lower", [lowered_by_the_panel, lowered_by_a_review])
def test_partner_deletes_what_is_lowered_and_is_sent_it_no_more(
    panel: Panel,
    partner: Partner,
    theirs: Issued,
    server: MailServer,
    tmp_path: Path,
    lower: Any,
) -> None:
    entry = panel_entry(panel, risk=Risk.MEDIUM)
    share(entry, partner, panel.owner)
    deliver(at=timezone.now())

    lower(panel, entry)
    entry.refresh_from_db()
    assert (entry.risk, entry.state) == (Risk.LOW, "live")
    deliver(at=timezone.now())

    assert send_on_changes(at=timezone.now()) == 0
    with pytest.raises((AlreadyDone, NotReady)):
        send_again(partner=partner, entry=entry, by=panel.owner, at=timezone.now())
    _first, told = to_partner(server)
    assert "delete" in read(told, theirs, tmp_path)
    assert WithdrawalNotice.objects.open().get().reference == entry.reference
    assert Disclosure.objects.get().withdrawn_at


def test_message_that_waits_is_stopped_where_the_level_is_low_now(
    panel: Panel, partner: Partner, server: MailServer
) -> None:
    """As on a site that shared it before partners were kept from such entries."""
    entry = panel_entry(panel, risk=Risk.MEDIUM)
    mail = share(entry, partner, panel.owner)
    Entry.objects.filter(pk=entry.pk).update(risk=Risk.LOW, changed=entry.changed + 1)

    assert send_on_changes(at=timezone.now()) == 0
    deliver(at=timezone.now())

    assert to_partner(server) == []
    mail.refresh_from_db()
    assert mail.stopped_because
