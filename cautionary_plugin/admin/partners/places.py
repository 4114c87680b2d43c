"""Where the screens of partners lie, and the way back from each."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.models import Partner

METHODS = ["GET", "HEAD", "POST"]
UPLOAD = "cautionary_plugin/admin/partners/upload.html"


class Empty(forms.Form):
    """Nothing is asked but whether."""


def home() -> str:
    """The list of partners."""
    return reverse("cautionary_partners_modeladmin_index")


def page_of(partner: Partner) -> str:
    """One partner's page."""
    return reverse("cautionary_partners_modeladmin_inspect", args=[partner.reference])


def trail(partner: Partner | None, last: Any) -> list[dict[str, Any]]:
    """Breadcrumbs from the list of partners."""
    way = [{"url": home(), "label": _("Partners")}]
    if partner is not None:
        way.append({"url": page_of(partner), "label": partner.name})
    return [*way, {"url": "", "label": last}]
