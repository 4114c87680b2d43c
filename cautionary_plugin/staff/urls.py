"""The staff screens' URLs, each behind the gate."""

from .access.urls import urlpatterns as access
from .check.urls import urlpatterns as check
from .contact.urls import urlpatterns as contact
from .home import urlpatterns as home
from .people.urls import urlpatterns as people
from .report.urls import urlpatterns as report
from .second_factor.urls import urlpatterns as second_factor
from .statement.urls import urlpatterns as statement
from .tasks.urls import urlpatterns as tasks
from .training.urls import urlpatterns as training

urlpatterns = [
    *home,
    *check,
    *access,
    *contact,
    *people,
    *report,
    *second_factor,
    *statement,
    *tasks,
    *training,
]
