"""The package's screens in the Wagtail admin."""

from cautionary_plugin.models import AccessRecord, Entry, LegacyImport

from . import views
from .base import HardenedModelAdmin
from .figures.views import urlpatterns as figures
from .legacy.screen import LegacyScreen
from .legacy.urls import urlpatterns as legacy
from .records.screen import AccessRecordScreen
from .register.screen import RegisterScreen
from .register.views import urlpatterns as register
from .worklist.views import urlpatterns as worklist

model_admins = (
    HardenedModelAdmin(RegisterScreen(), Entry, views),
    HardenedModelAdmin(AccessRecordScreen(), AccessRecord, views),
    HardenedModelAdmin(LegacyScreen(), LegacyImport, views),
)

urlpatterns = [
    *worklist,
    *register,
    *legacy,
    *figures,
    *(url for each in model_admins for url in each.get_admin_urls_for_registration()),
]
