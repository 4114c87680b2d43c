"""Whatever is typed, the answer is a clear 400 that keeps it; never a 500, never slow."""

from html import unescape
from time import perf_counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import Post
from tests.council import Council, list_entries, make_reader, through_the_door
from tests.factors import make_person

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nul": "Quim\x00berly",
    "rtl": "\u202eylrebmiuQ",
    "zero-width": "Q\u200bu\u200di\ufeffm",
    "markup": "<script>alert(1)</script>\"'><img src=x>",
    "template": "{{ request.user.password }}{% load x %}",
    "format": "%s %(x)s {0} {x.__class__}",
    "sql": "'; DROP TABLE x; --",
    "surrogate-like": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "controls": "".join(map(chr, range(1, 32))),
    "combining": "e" + "\u0301" * 400,
    "digits": "9" * 60,
    "other digits": "٠١٢٣ १२ ３",
    "formula": "=HYPERLINK(1)",
}
FORMS: dict[str, dict[str, list[str]]] = {
    "check": {
        "text": [
            "anything",
            "name",
            "born_on",
            "address",
            "postcode",
            "uprn",
            "phone",
            "email",
        ],
        "choice": ["purpose"],
    },
    "ask_for_access": {"text": ["job_basis", "ends_on"], "choice": ["register", "service"]},
    "ask_for_colleague": {
        "text": ["user", "job_basis", "ends_on"],
        "choice": ["register", "service"],
    },
    "emergency": {"text": ["reason"], "choice": ["register"]},
    "appoint": {"text": ["user", "starts_on", "ends_on"], "choice": ["post", "as_deputy"]},
    "make_post": {"text": ["title"], "choice": ["kind", "register"]},
    "brief": {"text": ["user", "briefed_on"], "choice": ["covered"]},
}
FIELDS = [
    (form, field) for form, kinds in FORMS.items() for kind in kinds.values() for field in kind
]


@pytest.fixture
def browser(council: Council) -> Client:
    list_entries(council)
    return through_the_door(council.owner)


def fit(council: Council) -> dict[str, dict[str, Any]]:
    """A submission of each form that would pass, so that one field can be spoilt at a time."""
    make_person("colleague")
    day = timezone.localdate()
    asked = {
        "register": council.register.pk,
        "service": council.housing.pk,
        "job_basis": "Visits tenants at home.",
        "ends_on": f"{day.day} {day.month} {day.year + 1}",
    }
    return {
        "check": {"anything": "Ottoline", "purpose": "home_visit"},
        "ask_for_access": asked,
        "ask_for_colleague": asked | {"user": "colleague"},
        "emergency": {
            "register": council.register.pk,
            "reason": "The duty officer cannot be reached.",
        },
        "appoint": {
            "post": Post.objects.get().pk,
            "user": "colleague",
            "starts_on": f"{day.day} {day.month} {day.year}",
        },
        "make_post": {"kind": "trainer", "title": "Learning", "register": council.register.pk},
        "brief": {
            "user": "colleague",
            "briefed_on": f"{day.day} {day.month} {day.year}",
            "covered": ["policy", "review_procedures", "data_security"],
        },
    }


def test_every_field_of_every_staff_form_is_tried(browser: Client) -> None:
    for name, kinds in FORMS.items():
        form = browser.get(reverse(f"cautionary:{name}")).content.decode()
        names = {part.partition('"')[0] for part in form.split(' name="')[1:]}
        names -= {"viewport", "robots", "csrfmiddlewaretoken"}
        assert names == {*kinds["text"], *kinds["choice"]}, name


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_hostile_words_in_a_field_give_no_server_error(
    browser: Client, council: Council, form: str, field: str
) -> None:
    submission = fit(council)[form]
    for kind, words in HOSTILE.items():
        answer = browser.post(reverse(f"cautionary:{form}"), submission | {field: words})

        assert answer.status_code in (200, 302, 400), kind
        shown = answer.content.decode()
        assert "<script>alert" not in shown, kind
        assert "<img src=x>" not in shown, kind
        if answer.status_code == 400:
            assert "There is a problem" in shown, kind


@pytest.mark.parametrize(
    ("form", "field"),
    [(form, field) for form, kinds in FORMS.items() for field in kinds["text"]],
)
def test_fifty_kilobytes_in_a_field_are_refused_at_once_and_kept(
    browser: Client, council: Council, form: str, field: str
) -> None:
    submission = fit(council)[form]
    words = "Quimberly " * 5000
    start = perf_counter()

    answer = browser.post(reverse(f"cautionary:{form}"), submission | {field: words})

    assert perf_counter() - start < 5  # far below a second on an idle machine
    assert answer.status_code == 400
    assert "Quimberly " * 100 in unescape(answer.content.decode())


@pytest.mark.parametrize("kind", ["nul", "markup", "template"])
def test_what_was_typed_is_kept_as_text(browser: Client, council: Council, kind: str) -> None:
    words = HOSTILE[kind]

    answer = browser.post(reverse("cautionary:check"), {"name": words, "purpose": "none of these"})

    assert answer.status_code == 400
    assert words in unescape(answer.content.decode())


@pytest.mark.parametrize("reference", ["0", "-", "CPR-2026-0001" * 30, "a" * 5000, "CPR-2026-1e9"])
def test_reference_that_is_none_is_refused(council: Council, reference: str) -> None:
    browser = through_the_door(make_reader(council))
    url = reverse("cautionary:entry", args=[reference])

    browser.post(url, {"purpose": "home_visit"})

    assert browser.get(url).status_code == 403


@pytest.mark.parametrize("name", ["approve_grant", "end_grant", "end_appointment", "accept_post"])
@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
def test_number_that_is_none_is_not_found(browser: Client, name: str, number: int) -> None:
    answer = browser.post(reverse(f"cautionary:{name}", args=[number]))

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
