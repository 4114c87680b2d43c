"""Wagtail's API v3, whose bearer tokens skip the second factor, shows no register data (A38, L1).

It is there since Wagtail 8; ``conftest.py`` collects this where it is. No test here is marked with
a clause: the table of clauses is the same on every lane.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import APIToken, Page, Site, get_page_models

from cautionary_plugin.models import Entry
from cautionary_plugin.pages.models import RegisterPage
from tests.council import PLANTED, Council, make_reader
from tests.factors import make_person

pytestmark = pytest.mark.django_db

TAUGHT = "Zirconium lone working"
FOR_ALL_STAFF = ("PolicyPage", "TrainingPage")
MODELS = ("Entry", "Person", "CaseFile", "AccessRecord", "IncidentReport", "NamedSystem")


@pytest.fixture(autouse=True)
def beside_us(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.hosts.urls.api_v3"


@pytest.fixture
def pages(db: None) -> list[Any]:
    """The register's own page, and those for all staff."""
    root = Site.objects.get(is_default_site=True).root_page
    made = [RegisterPage(title="Register", slug="register", introduction=f"<p>{TAUGHT}</p>")]
    for kind in get_page_models():
        if kind.__name__ in FOR_ALL_STAFF:
            made.append(kind(title=kind.__name__, slug=kind.__name__, body=f"<p>{TAUGHT}</p>"))
    return [root.add_child(instance=each) for each in made]


def _token_of(who: str, council: Council) -> dict[str, str]:
    """The header of a token that acts as somebody; of nobody, none."""
    if who == "nobody":
        return {}
    if who == "owner":
        person = council.owner
    else:
        person = make_reader(council) if who == "reader" else make_person(who)
    if who == "superuser":
        person.is_superuser = person.is_staff = True
        person.save()
    for group in Group.objects.all():
        person.groups.add(group)
    token = APIToken.generate_token()
    APIToken.objects.create(
        user=person, name="A token", key_hash=APIToken.hash_token(token), prefix=token[:12]
    )
    return {"Authorization": f"Bearer {token}"}


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        path = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _addresses(each, path)
        elif isinstance(each, URLPattern) and path.startswith("api/v3/"):
            yield f"/{path}"


def _asked(council: Council, pages: list[Any]) -> list[str]:
    """Every address of the API that reads, for each page, by each way that names something."""
    found = []
    for address in _addresses(get_resolver()):
        for page in Page.objects.all():
            asked = address.replace("<page_id>", str(page.pk)).replace(
                "<int:page_id>", str(page.pk)
            )
            found.append(asked)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("who", ["nobody", "reader", "owner", "editor", "superuser"])
def test_no_token_reads_anything_of_the_register(
    who: str, council: Council, entry: Entry, pages: list[Any]
) -> None:
    headers = _token_of(who, council)

    for address in _asked(council, pages):
        for query in ({}, {"search": PLANTED}, {"type": "cautionary_plugin.Entry"}):
            answer = Client().get(address, query, headers=headers)
            told = answer.content.decode()
            assert answer.status_code < 500, address
            for word in (PLANTED.split()[1], entry.reference, "Do not visit alone"):
                assert word not in told, address


def test_schema_names_no_model_of_ours_but_pages(council: Council, pages: list[Any]) -> None:
    headers = _token_of("superuser", council)

    listed = Client().get("/api/v3/schema/", headers=headers)
    document = Client().get("/api/v3/openapi.json", headers=headers)

    assert listed.status_code == document.status_code == 200
    for name in MODELS:
        assert f"cautionary_plugin.{name}" not in listed.content.decode()
        assert f'"{name}"' not in document.content.decode()


@pytest.mark.parametrize("who", ["owner", "superuser"])
def test_token_reads_what_is_for_all_staff_and_not_the_registers_page(
    who: str, council: Council, pages: list[Any]
) -> None:
    headers = _token_of(who, council)

    register, *others = (
        Client().get(f"/api/v3/pages/{page.pk}/", headers=headers) for page in pages
    )

    assert TAUGHT not in register.content.decode()
    for answer in others:
        assert TAUGHT in answer.content.decode()


@pytest.mark.parametrize("name", ["check/", "worklist/", "openapi.json"])
def test_token_opens_none_of_our_own_calls(council: Council, entry: Entry, name: str) -> None:
    answer = Client().get(f"/cautionary/api/v1/{name}", headers=_token_of("owner", council))

    assert answer.status_code == 401
