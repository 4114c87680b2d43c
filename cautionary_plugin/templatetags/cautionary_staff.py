"""What every staff screen shows around its content."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import template
from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.following import something_waits
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
        Item(label, url := reverse(name), request.path == url)
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
    mine = _mine(request.user, timezone.localdate(at))
    return [
        (_("Check"), "cautionary:check", standing.may_read()),
        (_("Report"), "cautionary:report", True),
        (_("My reports"), "cautionary:my_reports", True),
        (_("Your account"), "cautionary:my_accounts", mine.accounts),
        (_("Your tasks"), "cautionary:my_tasks", mine.tasks),
        (_("My customers"), "cautionary:my_customers", mine.customers),
        (_("Training"), "cautionary:my_training", True),
        (_("My access"), "cautionary:my_access", True),
        (_("People"), "cautionary:people", Power.SEE_PEOPLE in standing.powers()),
        (_("Case work"), "cautionary_worklist", standing.works_on_cases()),
    ]


class Mine(NamedTuple):
    """What waits for somebody without any post."""

    accounts: bool
    tasks: bool
    customers: bool


def _mine(user: Any, today: date) -> Mine:
    """What is somebody's own, in one query."""
    invited = Statement.objects.filter(employee=user).waiting_on(today)
    named = Q(officer=user) | Q(delegate=user)
    customers = SinglePointOfContact.objects.filter(named, ended_at=None)
    flags = {
        "accounts": Exists(invited.order_by()),
        "tasks": ExpressionWrapper(something_waits(user), output_field=BooleanField()),
        "customers": Exists(customers.order_by()),
    }
    found = get_user_model()._default_manager.filter(pk=user.pk).annotate(**flags)
    return Mine(*found.values_list(*flags).get())


@register.inclusion_tag("cautionary_plugin/staff/includes/duty_phone.html")
def duty_phone() -> dict[str, str]:
    """The number to ring when the check cannot be made (``CAUTIONARY_DUTY_PHONE``)."""
    return {"phone": conf.DUTY_PHONE}
