"""Partners: who they are, their certificates, their agreements (A41, A43, A45, A46)."""

from .agreements import end_agreement, open_agreement, record_agreement
from .certificates import (
    approve_authority,
    approve_certificate,
    revoke_certificate,
    take_revocation_list,
    upload_authority,
    upload_certificate,
    withdraw_authority,
)
from .contacts import add_contact, remove_contact
from .erasing import erase_old_partners
from .keeping import add_partner, change_partner, end_partner, name_site, open_partner
from .warning import warn_of_ends

__all__ = [
    "add_contact",
    "add_partner",
    "approve_authority",
    "approve_certificate",
    "change_partner",
    "end_agreement",
    "end_partner",
    "erase_old_partners",
    "name_site",
    "open_agreement",
    "open_partner",
    "record_agreement",
    "remove_contact",
    "revoke_certificate",
    "take_revocation_list",
    "upload_authority",
    "upload_certificate",
    "warn_of_ends",
    "withdraw_authority",
]
