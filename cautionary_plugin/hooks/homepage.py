"""The worklist on the Wagtail home page."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cautionary_plugin.admin.worklist.views import WaitingPanel


@hooks.register("construct_homepage_panels")
def add_worklist(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this person, above what Wagtail shows."""
    panels.append(WaitingPanel(request))
