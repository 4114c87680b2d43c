"""The OpenAPI document: true to the calls, and kept beside the guides."""

import json

import pytest
from django.test import Client

from cautionary_plugin.api.document import CALLS, document
from tests.api.calling import get, kind_of
from tests.council import Council, through_the_door
from tests.factors import make_person
from tests.openapi import BASE, KEPT, drawn


def test_kept_document_is_what_the_calls_say() -> None:
    assert KEPT.read_text(encoding="utf-8") == drawn()


def test_document_has_every_call_and_no_other() -> None:
    assert {f"/{address}" for address, _call in CALLS.values()} == set(document(BASE)["paths"])


@pytest.mark.django_db
def test_document_is_served_to_whoever_has_given_the_second_factor(council: Council) -> None:
    served = get(through_the_door(make_person("developer")), "api_document")

    assert served.json() == json.loads(json.dumps(document(BASE)))
    assert kind_of(get(Client(), "api_document")) == "sign-in"
