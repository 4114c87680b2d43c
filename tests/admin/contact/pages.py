"""What these tests press, read and type."""

from typing import Any

from django.test import Client

from cautionary_plugin.models import SinglePointOfContact
from tests.admin.pages import url

LIST = "contacts_modeladmin"
REASONS = "Calls to four desks a day are better answered by one."
NEW = {
    "officer": "operations",
    "contact": "Peregrine Dunnock, Locality Lead: 01632 960 902",
    "email": "peregrine.dunnock@example.gov.uk",
    "allocation": "service",
    "override": "",
    "reasons": REASONS,
}


def post(browser: Client, address: str, typed: dict[str, Any]) -> Any:
    return browser.post(address, {**typed, "step": "record"})


def page_of(arrangement: SinglePointOfContact) -> str:
    return url(f"{LIST}_inspect", arrangement.pk)
