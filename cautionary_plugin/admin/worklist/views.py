"""What waits for me: on its own screen, and in short on the Wagtail home page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.ui.components import Component

from cautionary_plugin.access.gate import GatedRequest, Need, gated
from cautionary_plugin.access.menus import standing_for_menus
from cautionary_plugin.admin.rendering import render

from .tasks import lines_for

FOLDER = "cautionary_plugin/admin/worklist"
MOST_ON_HOME = 5


@require_safe
def worklist(request: GatedRequest) -> HttpResponse:
    """Everything that waits for the person, the earliest day first."""
    return render(
        request,
        f"{FOLDER}/worklist.html",
        title=_("What waits for me"),
        trail=[{"url": "", "label": _("What waits for me")}],
        tasks=lines_for(request.standing),
    )


class WaitingPanel(Component):
    """The first few tasks, for people with a post who have given their second factor."""

    name = "cautionary_worklist"
    template_name = f"{FOLDER}/panel.html"
    order = 50

    class Media:
        css = {"all": ["cautionary_plugin/css/admin.css"]}

    def __init__(self, request: HttpRequest) -> None:
        self.standing = standing_for_menus(request)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        tasks = lines_for(self.standing) if self.standing else []
        return {
            "tasks": tasks[:MOST_ON_HOME],
            "more": max(len(tasks) - MOST_ON_HOME, 0),
            "url": reverse("cautionary_worklist"),
        }


urlpatterns = [
    path(
        "cautionary/worklist/",
        gated(worklist, needs=Need.POST, in_wagtail=True),
        name="cautionary_worklist",
    ),
]
