"""Two at the same button: one wins, the other is told so, and nothing goes out twice (A41, L14)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.partners import approve_certificate, end_partner
from cautionary_plugin.actions.sharing.withdrawing import acknowledge_withdrawal, withdraw_from
from cautionary_plugin.models import (
    Disclosure,
    Entry,
    Partner,
    PartnerCertificate,
    PartnerMail,
    WithdrawalNotice,
)
from tests.council import Council
from tests.partners import Desk, certified, known, ready, shared
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.clause("A41")
def test_entry_that_is_shared_four_times_at_once_goes_once(team: Desk, entry: Entry) -> None:
    partner = ready(team)

    outcomes = race(*[lambda: shared(team, partner, entry)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert Disclosure.objects.count() == PartnerMail.objects.count() == 1


def test_certificate_is_approved_once(team: Desk) -> None:
    certificate = certified(team, known(team))
    PartnerCertificate.objects.update(approved_by=None, approved_at=None)

    def approve() -> Any:
        return approve_certificate(
            certificate=certificate, compared=True, by=team.approver, at=timezone.now()
        )

    assert refusals(race(*[approve] * 3)) == ["AlreadyDone"] * 2


@pytest.mark.clause("L14")
def test_entry_shared_while_the_partnership_ends_is_not_left_with_the_partner(
    team: Desk, entry: Entry
) -> None:
    partner = ready(team)

    in_turn(
        lambda: shared(team, partner, entry),
        lambda: end_partner(partner=partner, by=team.keeper, at=timezone.now()),
    )

    assert Partner.objects.get().ended_at is not None
    assert not Disclosure.objects.standing().exists()
    assert WithdrawalNotice.objects.count() == 1


@pytest.mark.clause("L14")
def test_partnership_that_ends_first_is_shared_nothing(team: Desk, entry: Entry) -> None:
    partner = ready(team)

    outcomes = in_turn(
        lambda: end_partner(partner=partner, by=team.keeper, at=timezone.now()),
        lambda: shared(team, partner, entry),
    )

    assert refusals(outcomes) == ["NotReady"]
    assert not Disclosure.objects.exists()


@pytest.mark.clause("L14")
def test_taken_back_and_ended_at_once_gives_one_notice(
    council: Council, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    shared(team, partner, entry)

    race(
        lambda: withdraw_from(entry=entry, partner=partner, by=council.owner, at=timezone.now()),
        lambda: end_partner(partner=partner, by=team.keeper, at=timezone.now()),
    )

    assert WithdrawalNotice.objects.count() == 1
    notice = WithdrawalNotice.objects.get()

    def acknowledge() -> Any:
        return acknowledge_withdrawal(
            notice=notice,
            acknowledged_on=timezone.localdate(),
            by=team.keeper,
            at=timezone.now(),
        )

    assert refusals(race(*[acknowledge] * 3)) == ["AlreadyDone"] * 2
