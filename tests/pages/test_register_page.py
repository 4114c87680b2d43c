"""The register's page: for its readers only, and in nobody's lists (A38)."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sites.requests import RequestSite
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail import hooks
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page, PageViewRestriction, Site

from cautionary_plugin.pages.mixins import shut
from cautionary_plugin.pages.models import RegisterPage
from tests.council import Council, found_council, make_reader, through_the_door
from tests.factors import make_person
from tests.pages.app.models import NewsPage, SafetyPage

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A38")]

SECRET = "Zirconium arrangements"
KINDS = [RegisterPage, SafetyPage]
WORDS = {RegisterPage: {"introduction": f"<p>{SECRET}</p>"}, SafetyPage: {"body": SECRET}}


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def root(db: None) -> Page:
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def page(request: Any, root: Page) -> Any:
    kind = request.param
    return root.add_child(instance=kind(title="Quartz page", slug="quartz", **WORDS[kind]))


@pytest.fixture
def news(root: Page) -> NewsPage:
    """What shows that a list would show a page."""
    return root.add_child(
        instance=NewsPage(title="Quartz news", slug="news", body="All", show_in_menus=True)
    )


def _superuser() -> Any:
    user = make_person("root")
    user.is_superuser = user.is_staff = True
    user.save()
    return user


def _editor() -> Any:
    user = make_person("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_nobody_without_an_account_gets_past_the_sign_in(page: Any, method: str) -> None:
    response = getattr(Client(), method)(page.url)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("cautionary:sign_in"))
    assert "no-store" in response.headers["Cache-Control"]


def test_password_alone_leads_to_the_second_factor(page: Any, council: Council) -> None:
    browser = Client()
    browser.force_login(make_reader(council))

    response = browser.get(page.url)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("cautionary:second_factor"))


@pytest.mark.parametrize("who", [make_person, _superuser, _editor], ids=lambda who: who.__name__)
def test_whoever_has_no_grant_is_refused(page: Any, council: Council, who: Any) -> None:
    response = through_the_door(who()).get(page.url)

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


def test_reader_sees_the_page_and_no_cache_keeps_it(page: Any, council: Council) -> None:
    response = through_the_door(make_reader(council)).get(page.url)

    assert response.status_code == 200
    assert SECRET in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_restriction_is_made_with_the_page_and_again_when_it_was_lifted(page: Any) -> None:
    (made,) = PageViewRestriction.objects.filter(page=page)

    made.delete()

    (again,) = PageViewRestriction.objects.filter(page=page)
    assert made.restriction_type == again.restriction_type == PageViewRestriction.GROUPS
    assert not again.groups.exists()


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_restriction_of_an_editor_counts_beside_ours(page: Any, kind: str) -> None:
    (made,) = PageViewRestriction.objects.filter(page=page)

    made.restriction_type, made.password = kind, "quartz"
    made.save()

    kinds = PageViewRestriction.objects.filter(page=page).values_list("restriction_type", flat=True)
    assert sorted(kinds) == sorted([kind, PageViewRestriction.GROUPS])


def test_restriction_of_the_parent_still_counts_for_readers(
    page: Any, root: Page, council: Council
) -> None:
    few = Group.objects.create(name="A few")
    PageViewRestriction.objects.create(
        page=root, restriction_type=PageViewRestriction.GROUPS
    ).groups.add(few)
    reader = make_reader(council)
    browser = through_the_door(reader)

    before = browser.get(page.url)
    reader.groups.add(few)

    assert SECRET not in before.content.decode()
    assert SECRET in browser.get(page.url).content.decode()


def test_page_is_served_to_nobody_where_the_hook_is_missing(
    page: Any, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = through_the_door(make_reader(council))
    monkeypatch.setitem(hooks._hooks, "before_serve_page", [])

    response = browser.get(page.url)

    assert SECRET not in response.content.decode()


def test_page_can_be_deleted_and_its_restriction_goes_too(page: Any) -> None:
    page.delete()

    assert not PageViewRestriction.objects.exists()


def test_copy_of_the_page_is_restricted_too(page: Any) -> None:
    copied = page.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert shut(PageViewRestriction.objects.filter(page=copied)).exists()


def test_other_pages_are_left_alone(news: NewsPage) -> None:
    assert not PageViewRestriction.objects.exists()
    assert news.show_in_menus


def test_page_is_in_no_sitemap(page: Any, news: NewsPage) -> None:
    sitemap, site = Sitemap(RequestFactory().get("/")), RequestSite(RequestFactory().get("/"))

    listed = [each["location"].rpartition("/")[0] for each in sitemap.get_urls(site=site)]

    assert [url for url in listed if url.endswith(("/news", "/quartz"))] == listed[-1:]
    assert listed[-1].endswith("/news")
    assert page.get_sitemap_urls() == []


@pytest.mark.parametrize("who", [None, _editor, make_reader], ids=["nobody", "editor", "reader"])
def test_page_is_in_neither_list_nor_detail_of_the_api(
    page: Any, news: NewsPage, council: Council, settings: Any, who: Any
) -> None:
    settings.ROOT_URLCONF = "tests.pages.urls"
    browser = Client()
    if who:
        browser.force_login(who(council) if who is make_reader else who())

    listed = browser.get("/api/v2/pages/", {"fields": "*"})
    found = browser.get("/api/v2/pages/find/", {"html_path": "/quartz/"})

    assert [item["title"] for item in listed.json()["items"] if "Quartz" in item["title"]] == [
        "Quartz news"
    ]
    assert browser.get(f"/api/v2/pages/{news.pk}/").status_code == 200
    assert browser.get(f"/api/v2/pages/{page.pk}/").status_code == 404
    assert found.status_code == 404


def test_page_is_in_no_search(page: Any, news: NewsPage) -> None:
    page.save_revision().publish()
    call_command("update_index", verbosity=0)

    for words in ("quartz", "zirconium"):
        titles = [each.title for each in Page.objects.search(words)]
        assert "Quartz page" not in titles
    assert [each.title for each in Page.objects.search("quartz")] == ["Quartz news"]


@pytest.mark.parametrize("asked", [True, False])
def test_page_is_in_no_menu_whatever_an_editor_ticks(
    page: Any, news: NewsPage, root: Page, asked: bool
) -> None:
    page.show_in_menus = asked
    page.save_revision().publish()

    menu = root.get_children().live().in_menu()

    assert [each.title for each in menu] == ["Quartz news"]


def test_page_offers_no_tick_for_menus(council: Council, root: Page) -> None:
    browser = Client()
    browser.force_login(_superuser())
    url = reverse(
        "wagtailadmin_pages:add", args=["cautionary_plugin_pages", "registerpage", root.pk]
    )

    form = browser.get(url).content.decode()

    assert 'name="slug"' in form
    assert 'name="show_in_menus"' not in form


def test_site_without_our_pages_app_can_still_use_the_mixin() -> None:
    assert apps.get_app_config("host_pages").get_model("safetypage") is SafetyPage
    assert not issubclass(SafetyPage, RegisterPage)
