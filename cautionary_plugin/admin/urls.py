"""The package's screens in the Wagtail admin."""

from cautionary_plugin.models import AccessRecord, Entry, LegacyImport

from . import views
from .base import HardenedModelAdmin
from .countersign.urls import DESK as COUNTERSIGN
from .countersign.urls import urlpatterns as countersign
from .decide.urls import DESK as DECIDE
from .decide.urls import urlpatterns as decide
from .legacy.screen import LegacyScreen
from .legacy.urls import urlpatterns as legacy
from .records.screen import AccessRecordScreen
from .register.screen import RegisterScreen
from .register.urls import urlpatterns as register

model_admins = (
    HardenedModelAdmin(RegisterScreen(), Entry, views),
    HardenedModelAdmin(AccessRecordScreen(), AccessRecord, views),
    HardenedModelAdmin(LegacyScreen(), LegacyImport, views),
)

desks = (COUNTERSIGN, DECIDE)

urlpatterns = [
    *countersign,
    *decide,
    *register,
    *legacy,
    *(url for each in model_admins for url in each.get_admin_urls_for_registration()),
]
