"""Whatever is sent, every call answers as its document says (schemathesis)."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as of_openapi

from cautionary_plugin.api.document import document
from cautionary_plugin.models import Entry
from tests.api.calling import get
from tests.api.systems import approved
from tests.council import PLANTED, Council, list_entries, make_reader, through_the_door
from tests.openapi import BASE

pytestmark = pytest.mark.django_db

calls = schemathesis.openapi.from_dict(document(BASE))
calls.app = get_wsgi_application()

# Not asked for: that whatever has the right shape is enough to check by, say. Credentials are
# looked at in test_gate.py, call by call.
KEPT = [
    not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.unsupported_method,
]

same_each_time = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def kept_by(case: Any) -> list[Any]:
    """What is asked of an answer: also that what is no such body is refused, where there is one."""
    return [*KEPT, of_openapi.negative_data_rejection] if case.method == "POST" else KEPT


@pytest.fixture
def one_connection(council: Council) -> Iterator[None]:
    """Calls share the test's transaction, as they do through Django's own test client.

    That client connects the signals anew each time, so it has to be done with before.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def as_often_as_it_likes(settings: Any) -> None:
    settings.CAUTIONARY_API_RATE = "100000/min"
    settings.CAUTIONARY_API_CHECKS = 100_000


@pytest.fixture
def officers(council: Council) -> dict[str, dict[str, str]]:
    """The cookies and the CSRF token of an officer's session."""
    list_entries(council)
    browser = through_the_door(make_reader(council))
    get(browser, "api_worklist")
    cookies = {name: each.value for name, each in browser.cookies.items()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": cookies["csrftoken"]}}


@pytest.fixture
def systems(council: Council) -> dict[str, dict[str, str]]:
    """The key of a system that may check and report."""
    list_entries(council)
    made = approved(council, rate=500, doings=["check", "report"])
    return {"headers": {"Authorization": f"Cautionary {made.key}"}}


@calls.parametrize()
@same_each_time
def test_call_of_a_person_answers_as_documented(
    case: Any, officers: Any, one_connection: None
) -> None:
    response = case.call_and_validate(checks=kept_by(case), **officers)

    assert response.status_code != 401
    assert "no-store" in response.headers["cache-control"][0]


@calls.parametrize()
@same_each_time
def test_call_of_a_system_answers_as_documented(
    case: Any, systems: Any, one_connection: None
) -> None:
    response = case.call_and_validate(checks=kept_by(case), **systems)

    assert response.status_code != 401


@calls.parametrize()
@same_each_time
def test_nobody_is_answered_anything_but_where_to_sign_in(
    case: Any, entry: Entry, one_connection: None
) -> None:
    response = case.call()

    assert response.status_code in (401, 405)
    assert PLANTED.split()[1] not in response.text
