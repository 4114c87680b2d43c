"""The URLs of partners and of sharing."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import Needs, View, gated
from cautionary_plugin.access.uploads import takes_evidence
from cautionary_plugin.actions.partners.certificates import EITHER
from cautionary_plugin.actions.partners.keeping import READERS
from cautionary_plugin.rules.posts import Power

from . import certificates, sharing, views

KEEPS, APPROVES, SHARES = Power.KEEP_PARTNERS, Power.APPROVE_CERTIFICATES, Power.SHARE


def _path(route: str, view: View, name: str, needs: Needs, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/{route}", behind, name=f"cautionary_{name}")


def _takes_file(route: str, view: View, name: str, needs: Needs) -> URLPattern:
    return _path(route, takes_evidence(view), name, needs)


PARTNER = "partners/<slug:reference>/"
CONTACT = "partner-contacts/<uuid:pk>/"
CERTIFICATE = "partner-certificates/<uuid:pk>/"
AUTHORITY = "authorities/<int:pk>/"
ENTRY = "register/<slug:reference>/sharing/"
SHARED = f"{ENTRY}<slug:partner>/"

urlpatterns = [
    _path("partners/add/", views.add, "partner_add", KEEPS),
    _path("partners/sites/add/", views.add_site, "site_add", KEEPS),
    _path(f"{PARTNER}change/", views.change, "partner_change", KEEPS),
    _path(f"{PARTNER}end/", views.end, "partner_end", KEEPS, grave=True),
    _path(f"{PARTNER}contact/", views.contact, "partner_contact", KEEPS),
    _takes_file(f"{PARTNER}agreement/", views.agreement, "partner_agreement", KEEPS),
    _path(f"{PARTNER}share/", sharing.share_several, "partner_share", SHARES, grave=True),
    _path(f"{CONTACT}remove/", views.contact_remove, "contact_remove", KEEPS, grave=True),
    _takes_file(f"{CONTACT}certificate/", certificates.upload, "certificate_upload", KEEPS),
    _path(
        f"{CERTIFICATE}approve/", certificates.approve, "certificate_approve", APPROVES, grave=True
    ),
    _path(f"{CERTIFICATE}revoke/", certificates.revoke, "certificate_revoke", EITHER, grave=True),
    _path("agreements/<uuid:pk>/end/", views.agreement_end, "agreement_end", KEEPS, grave=True),
    _path("agreements/<uuid:pk>/file/", views.agreement_file, "agreement_file", READERS),
    _path("withdrawals/<int:pk>/", views.withdrawal_done, "withdrawal_done", KEEPS),
    _path("authorities/", certificates.authorities, "authorities", READERS),
    _takes_file("authorities/add/", certificates.authority_upload, "authority_upload", KEEPS),
    _takes_file("authorities/revoked/", certificates.revocations, "revocations", EITHER),
    _path(
        f"{AUTHORITY}approve/",
        certificates.authority_approve,
        "authority_approve",
        APPROVES,
        grave=True,
    ),
    _path(
        f"{AUTHORITY}withdraw/",
        certificates.authority_withdraw,
        "authority_withdraw",
        EITHER,
        grave=True,
    ),
    _path(ENTRY, sharing.sharing, "entry_sharing", SHARES),
    _path(f"{ENTRY}share/", sharing.share, "entry_share", SHARES, grave=True),
    _path(f"{ENTRY}sites/", sharing.sites, "entry_sites", SHARES),
    _path(f"{ENTRY}services/", sharing.audience, "entry_audience", SHARES, grave=True),
    _path(f"{SHARED}again/", sharing.again, "entry_send_again", SHARES, grave=True),
    _path(f"{SHARED}back/", sharing.take_back, "entry_take_back", SHARES, grave=True),
]
