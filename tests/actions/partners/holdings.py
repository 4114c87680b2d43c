"""What a partner lacks, a contact of it, and what the storage holds."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.partners import add_contact
from cautionary_plugin.models import Partner, PartnerContact
from cautionary_plugin.outbox.partner_standing import addressees_of, missing_for
from cautionary_plugin.sealing import objects
from tests.certificates import PARTNER
from tests.partners import Desk

DAY = timedelta(days=1)


def missing(partner: Partner, *, at: Any = None) -> list[str]:
    now = at or timezone.now()
    return missing_for(partner, at=now, addressees=addressees_of(partner, at=now))


def contact_of(team: Desk, partner: Partner) -> PartnerContact:
    return add_contact(
        partner=partner, name="Ottoline", email=PARTNER, by=team.keeper, at=timezone.now()
    )


def list_objects() -> dict[str, Any]:
    return objects.written()
