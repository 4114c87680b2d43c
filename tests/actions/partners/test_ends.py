"""What runs out is warned of; who has ended takes nothing more and is erased (A34, A46)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.partners import end_partner, erase_old_partners, warn_of_ends
from cautionary_plugin.models import (
    MailKind,
    OutboxMessage,
    Partner,
    PartnerCertificate,
    PartnerContact,
)
from cautionary_plugin.rules.errors import AlreadyDone
from tests.actions.partners.holdings import DAY, contact_of, list_objects, missing
from tests.certificates import issue
from tests.partners import Desk, agreed, certified, ready

pytestmark = pytest.mark.django_db


def test_partnership_that_ended_takes_nothing_more(team: Desk) -> None:
    partner = ready(team)

    end_partner(partner=partner, by=team.keeper, at=timezone.now())

    assert missing(Partner.objects.get()) == ["The partnership has ended."]
    for again in (
        lambda: end_partner(partner=partner, by=team.keeper, at=timezone.now()),
        lambda: agreed(team, partner),
        lambda: contact_of(team, partner),
    ):
        with pytest.raises(AlreadyDone):
            again()
    assert len(list_objects()) == 1


@pytest.mark.clause("A46")
def test_keepers_are_warned_thirty_and_seven_days_before_the_end(team: Desk) -> None:
    ready(team)
    ends = PartnerCertificate.objects.get().not_after
    given = [warn_of_ends(at=ends - left * DAY) for left in (40, 31, 30, 29, 8, 7, 6, 1)]

    assert given == [0, 0, 1, 0, 0, 1, 0, 0]
    told = OutboxMessage.objects.filter(kind=MailKind.PARTNER_EXPIRY)
    assert {each.to for each in told} == {team.keeper, team.council.owner}


def test_what_another_takes_over_is_not_warned_of(team: Desk) -> None:
    partner = ready(team)
    old = PartnerCertificate.objects.get()
    certified(team, partner, issue(days=(-1, 900)))
    agreed(team, partner, days=900)
    at = old.not_after - 5 * DAY

    assert warn_of_ends(at=at) == 0


@pytest.mark.clause("A34")
def test_ended_partner_is_erased_with_key_and_file_when_its_time_is_over(team: Desk) -> None:
    partner = ready(team)
    now = timezone.now()
    end_partner(partner=partner, by=team.keeper, at=now)

    assert erase_old_partners(at=now + 700 * DAY) == 0
    assert erase_old_partners(at=now + 731 * DAY) == 1

    assert not Partner.objects.exists()
    assert not PartnerContact.objects.exists()
    assert list_objects() == {}
