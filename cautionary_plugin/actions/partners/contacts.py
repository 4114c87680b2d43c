"""The people at a partner to whom encrypted mail goes."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.models import Partner, PartnerContact
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import Act

from .keeping import locked


@action
def add_contact(
    *, partner: Partner, name: str, email: str, by: Any, at: datetime
) -> PartnerContact:
    """Name somebody at a partner; without a certificate nothing goes to them yet.

    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: no name, or no address, or it is there already.
    :raises AlreadyDone: the partnership has ended.
    """
    partner = locked(partner, by=by, at=at)
    email = _checked(email)
    if not name.strip():
        raise BadInput({"name": ["Give the name of the contact."]})
    if email.casefold() in {each.email.casefold() for each in partner.contacts.all()}:
        raise BadInput({"email": ["This address is a contact of the partner already."]})
    contact = PartnerContact.objects.create(
        partner=partner, name=name.strip(), email=email, added_by=by, added_at=at
    )
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)
    return contact


@action
def remove_contact(*, contact: PartnerContact, by: Any, at: datetime) -> None:
    """Forget somebody who has left the partner, with their certificates.

    :raises NotYourPost: ``by`` does not keep partners.
    :raises AlreadyDone: removed before, or the partnership has ended.
    """
    partner = locked(contact.partner, by=by, at=at)
    lock(contact).delete()
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)


def _checked(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(
            {"email": ["Give an e-mail address, such as name@partner.org.uk."]}
        ) from None
    return email
