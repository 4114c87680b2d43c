"""The staff screens' URLs, each behind the gate."""

from .access.urls import urlpatterns as access
from .check.urls import urlpatterns as check
from .home import urlpatterns as home
from .people.urls import urlpatterns as people

urlpatterns = [*home, *check, *access, *people]
