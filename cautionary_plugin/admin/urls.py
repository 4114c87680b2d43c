"""The package's screens in the Wagtail admin."""

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
    Review,
)
from cautionary_plugin.rules.posts import Power

from . import views
from .appeals.screens import AppealScreen, ComplaintScreen, HearingScreen
from .appeals.urls import urlpatterns as appeals
from .base import HardenedModelAdmin, ScreenMenuItem
from .countersign.urls import urlpatterns as countersign
from .decide.urls import urlpatterns as decide
from .erasure.certificates import CertificateScreen
from .erasure.holds import HoldScreen
from .erasure.urls import urlpatterns as erasure
from .evidence.urls import urlpatterns as evidence
from .figures.views import urlpatterns as figures
from .legacy.screen import LegacyScreen
from .legacy.urls import urlpatterns as legacy
from .letters.urls import urlpatterns as letters
from .records.screen import AccessRecordScreen
from .register.screen import RegisterScreen
from .register.urls import urlpatterns as register
from .reviews.screen import ReviewScreen
from .reviews.urls import urlpatterns as reviews
from .settings.views import urlpatterns as settings
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
    HardenedModelAdmin(ComplaintScreen(), Complaint, views),
)

urlpatterns = [
    *worklist,
    *countersign,
    *decide,
    *register,
    *legacy,
    *letters,
    *settings,
    *evidence,
    *erasure,
    *figures,
    *appeals,
    *reviews,
    *(url for each in model_admins for url in each.get_admin_urls_for_registration()),
]


def menu_items() -> list[ScreenMenuItem]:
    """What the package's menu offers, each item to those who may open it."""
    return [
        ScreenMenuItem(
            _("What waits for me"),
            reverse("cautionary_worklist"),
            icon="tasks",
            order=100,
            needs=None,
        ),
        ScreenMenuItem(
            _("Countersign"),
            reverse("cautionary_countersign"),
            icon="edit",
            order=200,
            needs=Power.COUNTERSIGN,
        ),
        ScreenMenuItem(
            _("Decide"),
            reverse("cautionary_decide"),
            icon="check",
            order=300,
            needs=Power.DECIDE,
        ),
        ScreenMenuItem(
            _("Figures"),
            reverse("cautionary_figures"),
            icon="table",
            order=800,
            needs=Power.SEE_FIGURES,
        ),
        ScreenMenuItem(
            _("Letters"),
            reverse("cautionary_letters"),
            icon="mail",
            order=300,
            needs=Power.WRITE_LETTERS,
        ),
        ScreenMenuItem(
            _("Not informed"),
            reverse("cautionary_exemptions"),
            icon="no-view",
            order=310,
            needs=Power.SEE_FIGURES,
        ),
        ScreenMenuItem(
            _("Settings of the registers"),
            reverse("cautionary_settings"),
            icon="cog",
            order=900,
            needs=Power.SET_UP_REGISTER,
        ),
        *(each.get_menu_item() for each in model_admins),
    ]
