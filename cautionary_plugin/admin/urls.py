"""The package's screens in the Wagtail admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.models import (
    AccessRecord,
    Appeal,
    Complaint,
    DeletionCertificate,
    Entry,
    LegacyImport,
    LegalHold,
    NamedSystem,
    Partner,
    Review,
    SinglePointOfContact,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.writers import WRITERS

from . import views
from .access_requests.urls import urlpatterns as access_requests
from .appeals.screens import AppealScreen, ComplaintScreen, HearingScreen
from .appeals.urls import urlpatterns as appeals
from .base import HardenedModelAdmin, ScreenMenuItem
from .contact.screens import SpocScreen
from .contact.urls import urlpatterns as contact
from .countersign.urls import urlpatterns as countersign
from .decide.urls import urlpatterns as decide
from .erasure.certificates import CertificateScreen
from .erasure.holds import HoldScreen
from .erasure.urls import urlpatterns as erasure
from .evidence.urls import urlpatterns as evidence
from .figures.foi import urlpatterns as foi
from .figures.views import urlpatterns as figures
from .following.urls import urlpatterns as following
from .governance.urls import urlpatterns as governance
from .item.urls import urlpatterns as items
from .legacy.screen import LegacyScreen
from .legacy.urls import urlpatterns as legacy
from .letters.urls import urlpatterns as letters
from .panel.urls import COMES
from .panel.urls import urlpatterns as panel
from .partners.screen import PartnerScreen
from .partners.urls import urlpatterns as partners
from .records.screen import AccessRecordScreen
from .records.urls import urlpatterns as records
from .refer.urls import urlpatterns as refer
from .register.screen import RegisterScreen
from .register.urls import urlpatterns as register
from .reviews.screen import ReviewScreen
from .reviews.urls import urlpatterns as reviews
from .settings.views import urlpatterns as settings
from .systems.screen import SystemScreen
from .systems.urls import urlpatterns as systems
from .training.urls import urlpatterns as training
from .urgent.urls import ADDS
from .urgent.urls import urlpatterns as urgent
from .worklist.views import urlpatterns as worklist

model_admins = (
    HardenedModelAdmin(RegisterScreen(), Entry, views),
    HardenedModelAdmin(AccessRecordScreen(), AccessRecord, views),
    HardenedModelAdmin(LegacyScreen(), LegacyImport, views),
    HardenedModelAdmin(CertificateScreen(), DeletionCertificate, views),
    HardenedModelAdmin(HoldScreen(), LegalHold, views),
    HardenedModelAdmin(ReviewScreen(), Review, views),
    HardenedModelAdmin(AppealScreen(), Appeal, views),
    HardenedModelAdmin(HearingScreen(), Appeal, views),
    HardenedModelAdmin(SpocScreen(), SinglePointOfContact, views),
    HardenedModelAdmin(ComplaintScreen(), Complaint, views),
    HardenedModelAdmin(PartnerScreen(), Partner, views),
    HardenedModelAdmin(SystemScreen(), NamedSystem, views),
)

urlpatterns = [
    *worklist,
    *countersign,
    *decide,
    *refer,
    *register,
    *legacy,
    *letters,
    *following,
    *settings,
    *evidence,
    *erasure,
    *figures,
    *foi,
    *access_requests,
    *appeals,
    *reviews,
    *items,
    *urgent,
    *panel,
    *contact,
    *records,
    *partners,
    *systems,
    *training,
    *governance,
    *(url for each in model_admins for url in each.get_admin_urls_for_registration()),
]


def menu_items() -> list[ScreenMenuItem]:
    """What the menu offers, each item to those who may open it, in the order of a case."""

    def item(
        label: Any, name: str, icon: str, order: int, needs: Power | frozenset[Power] | None
    ) -> ScreenMenuItem:
        return ScreenMenuItem(label, reverse(name), icon=icon, order=order, needs=needs)

    return [
        item(_("What waits for me"), "cautionary_worklist", "tasks", 100, None),
        item(_("Panel"), "cautionary_panel", "group", 350, COMES),
        item(_("Countersign"), "cautionary_countersign", "edit", 200, Power.COUNTERSIGN),
        item(_("Decide"), "cautionary_decide", "check", 300, Power.DECIDE),
        item(_("Refer to the panel"), "cautionary_refer", "redirect", 350, Power.REFER),
        item(_("Letters"), "cautionary_letters", "mail", 400, WRITERS | {Power.KEEP_SCHEDULE}),
        item(_("Add at once"), "cautionary_urgent", "warning", 370, ADDS),
        item(_("Referred by the panel"), "cautionary_referrals", "redirect", 310, Power.DECIDE),
        item(_("What follows"), "cautionary_following", "list-ul", 405, Power.KEEP_SCHEDULE),
        item(_("E-mail diverts"), "cautionary_mail_rules", "mail", 480, Power.RUN_DIVERTS),
        item(_("Not informed"), "cautionary_exemptions", "no-view", 410, Power.SEE_FIGURES),
        item(_("Due to lapse"), "cautionary_lapsing", "time", 610, Power.READ_BASIS),
        item(_("Figures"), "cautionary_figures", "table", 800, Power.SEE_FIGURES),
        item(_("Freedom of Information"), "cautionary_foi", "help", 810, Power.PUBLISH_FIGURES),
        item(_("Subject access"), "cautionary_access_requests", "user", 820, Power.PREPARE_PACKS),
        item(_("Who looked"), "cautionary_who_looked", "view", 840, Power.SEE_ACCESS_RECORD),
        item(_("Training"), "cautionary_training", "help", 830, Power.RECORD_BRIEFINGS),
        item(_("Governance"), "cautionary_governance", "doc-full", 835, Power.GOVERN),
        item(_("Settings"), "cautionary_settings", "cog", 900, Power.SET_UP_REGISTER),
        *(each.get_menu_item() for each in model_admins),
    ]
