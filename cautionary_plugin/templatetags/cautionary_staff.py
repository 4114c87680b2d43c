"""What every staff screen shows around its content."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.following import has_tasks
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.conf import conf
from cautionary_plugin.models import SinglePointOfContact, Statement
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
    wanted = _wanted(request) if request.user.is_authenticated else []
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


def _wanted(request: Any) -> list[tuple[Any, str, bool]]:
    """Label, name of the URL and whether the person may, of each link.

    Reporting asks for no second factor; where a screen needs one, the door asks for it.
    """
    at = getattr(request, "now", None) or timezone.now()
    standing = getattr(request, "standing", None) or standing_of(request.user, at=at)
    mine = Q(officer=request.user) | Q(delegate=request.user)
    customers = SinglePointOfContact.objects.filter(mine, ended_at=None)
    invited = Statement.objects.filter(employee=request.user)
    return [
        (_("Check"), "check", standing.may_read()),
        (_("Report"), "report", True),
        (_("My reports"), "my_reports", True),
        (_("Your account"), "my_accounts", invited.waiting_on(timezone.localdate(at)).exists()),
        (_("Your tasks"), "my_tasks", has_tasks(request.user)),
        (_("My customers"), "my_customers", customers.exists()),
        (_("My access"), "my_access", True),
        (_("People"), "people", Power.SEE_PEOPLE in standing.powers()),
    ]


@register.inclusion_tag("cautionary_plugin/staff/includes/duty_phone.html")
def duty_phone() -> dict[str, str]:
    """The number to ring when the check cannot be made (``CAUTIONARY_DUTY_PHONE``)."""
    return {"phone": conf.DUTY_PHONE}
