"""What every staff screen shows around its content."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.posts import Power

register = template.Library()


@dataclass(frozen=True)
class Item:
    """One link of the navigation."""

    label: Any
    url: str
    current: bool


@register.inclusion_tag("cautionary_plugin/staff/includes/navigation.html", takes_context=True)
def staff_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The links that the person may use, and sign-out on every screen."""
    request = context["request"]
    standing = getattr(request, "standing", None)
    wanted = []
    if standing is not None:
        wanted = [
            (_("Check"), "check", standing.may_read()),
            (_("My access"), "my_access", True),
            (_("People"), "people", Power.SEE_PEOPLE in standing.powers()),
        ]
    items = [
        Item(label, url := reverse(f"cautionary:{name}"), request.path == url)
        for label, name, allowed in wanted
        if allowed
    ]
    return {
        "items": items,
        "signed_in": request.user.is_authenticated,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("cautionary_plugin/staff/includes/duty_phone.html")
def duty_phone() -> dict[str, str]:
    """The number to ring when the check cannot be made (``CAUTIONARY_DUTY_PHONE``)."""
    return {"phone": conf.DUTY_PHONE}
