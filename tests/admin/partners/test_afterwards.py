"""What was shared is taken back, and who may see an entry is changed with reasons (L1, L14)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.sharing.audience import reasons_of
from cautionary_plugin.actions.sharing.withdrawing import withdraw_from
from cautionary_plugin.models import AccessRecord, Entry, WithdrawalNotice
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.pages import source, url
from tests.admin.partners.typed import RECORD, page_of
from tests.council import Council
from tests.partners import Desk, ready, shared

pytestmark = pytest.mark.django_db


@pytest.mark.clause("L14")
def test_entry_is_taken_back_and_its_deletion_recorded(
    owner: Client, keeper: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    shared(team, partner, entry)

    owner.post(url("entry_take_back", entry.reference, partner.reference), RECORD)
    notice = WithdrawalNotice.objects.get()
    here = url("entry_sharing", entry.reference)
    assert "has not said yet that it did" in source(owner.get(here))
    waiting = source(keeper.get(reverse("cautionary_worklist")))
    assert "See to it that a partner deletes an entry" in waiting
    today = f"{timezone.localdate():%d %m %Y}"
    keeper.post(url("withdrawal_done", notice.pk), {"acknowledged_on": today, **RECORD})

    assert "Deleted; confirmed" in source(keeper.get(page_of(partner)))
    assert "has not said yet that it did" not in source(owner.get(here))
    assert not WithdrawalNotice.objects.open().exists()


@pytest.mark.clause("L1")
def test_owner_changes_the_services_each_with_a_reason(
    owner: Client, team: Desk, council: Council, entry: Entry
) -> None:
    screen = url("entry_audience", entry.reference)
    before = entry.changed
    short = owner.post(screen, {"revenues": "Yes", **RECORD})
    assert short.status_code == 400
    none = owner.post(screen, RECORD)
    assert none.status_code == 400
    told = {"revenues": "They call about arrears every month."}
    assert "Taken out" in source(owner.post(screen, told))
    assert owner.post(screen, {**told, **RECORD}).status_code == 302

    entry.refresh_from_db()
    assert reasons_of(entry) == {council.revenues: told["revenues"]}
    assert entry.changed > before
    line = AccessRecord.objects.get(act=Act.AUDIENCE)
    assert (line.user, line.reference) == (council.owner, entry.reference)


def test_what_is_shared_is_told_to_those_who_decide_and_not_to_who_keeps_partners(
    owner: Client, keeper: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    shared(team, partner, entry)

    assert entry.reference in source(owner.get(page_of(partner)))
    assert entry.reference not in source(keeper.get(page_of(partner)))


def test_withdrawn_entry_is_not_opened_for_sharing(owner: Client, team: Desk, entry: Entry) -> None:
    partner = ready(team)
    shared(team, partner, entry)
    withdraw_from(entry=entry, partner=partner, by=team.council.owner, at=timezone.now())

    Entry.objects.update(expires_at=timezone.now())

    assert owner.get(url("entry_sharing", entry.reference)).status_code == 404
