"""Policy, training and governance pages: for staff, with versions that are confirmed (A48, L9)."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cautionary_plugin.actions.publishing import confirm_reading
from cautionary_plugin.models import AccessRecord, ConfirmedReading, PageVersion
from cautionary_plugin.pages.models import GovernancePage, PolicyPage, TrainingPage
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, PageKind
from tests.council import (
    Council,
    found_council,
    hold_post,
    let_into_wagtail,
    make_reader,
    through_the_door,
)
from tests.factors import make_person
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

WORDS = "Zirconium arrangements"


@pytest.fixture
def root(db: None) -> Any:
    """The home page, whether or not the migrations have made one."""
    if not Locale.objects.exists():
        Locale.objects.create(language_code="en-gb")
    home = Page.objects.filter(depth=2).first()
    top = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = home or top.add_child(instance=Page(title="Home", slug="home"))
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def council() -> Council:
    return found_council()


def publish(page: Any, **changes: str) -> Any:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def policy(root: Any, kind: Any = PolicyPage, **facts: Any) -> Any:
    told = {"title": "Our policy", "slug": "policy", "body": f"<p>{WORDS}</p>", "live": False}
    return publish(root.add_child(instance=kind(**(told | facts))))


def governance(root: Any, kind: PageKind, *, days: int = 90, **facts: Any) -> Any:
    return policy(
        root,
        GovernancePage,
        page_kind=kind,
        owner_post="Data Protection Officer",
        review_on=timezone.localdate() + timedelta(days=days),
        slug=kind.value.replace("_", "-"),
        **facts,
    )


def current(page: Any) -> PageVersion:
    found: PageVersion = PageVersion.objects.current().get(page_key=str(page.pk))
    return found


def signed_in(person: Any) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.mark.clause("A48")
@pytest.mark.parametrize("kind", [PolicyPage, TrainingPage])
def test_changed_version_asks_again_and_the_old_confirmation_stays(root: Any, kind: Any) -> None:
    page, officer = policy(root, kind), make_person()
    confirm_reading(version=current(page), by=officer, at=timezone.now())

    publish(page, body="<p>Two officers for every visit.</p>")

    version = current(page)
    assert version.number == 2
    assert not version.readings.exists()
    shown = signed_in(officer).get(page.url).content.decode()
    assert "I have read this" in shown
    assert ConfirmedReading.objects.get().version.number == 1


def test_published_unchanged_it_stays_the_same_version(root: Any) -> None:
    page = policy(root)

    publish(page)

    assert current(page).number == 1


def test_draft_asks_nobody(root: Any) -> None:
    page = policy(root)

    page.body = "<p>Something else</p>"
    page.save_revision()

    assert current(page).number == 1


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_page_that_is_gone_is_not_asked_for_and_comes_back_as_it_was(root: Any, way: str) -> None:
    page = policy(root)
    version = current(page)

    getattr(page, way)()

    assert not PageVersion.objects.current().exists()
    with pytest.raises(AlreadyDone):
        confirm_reading(version=version, by=make_person(), at=timezone.now())
    if way == "unpublish":
        publish(page)
        assert current(page) == version


@pytest.mark.clause("A48")
def test_colleague_reads_confirms_once_and_it_is_recorded(root: Any) -> None:
    page, officer = policy(root), make_person()
    browser = signed_in(officer)
    mine = reverse("cautionary:my_training")
    assert page.url in browser.get(mine).content.decode()

    shown = browser.get(page.url).content.decode()
    assert WORDS in shown
    confirm = reverse("cautionary:confirm_reading", args=[current(page).pk])
    assert confirm in shown
    for _time in range(2):
        browser.post(confirm)

    assert ConfirmedReading.objects.filter(user=officer).count() == 1
    assert AccessRecord.objects.filter(act=Act.READ_PAGE, user=officer).count() == 1
    assert "You confirmed on" in browser.get(page.url).content.decode()
    assert page.url not in browser.get(mine).content.decode()


def test_version_that_changed_meanwhile_is_not_confirmed(root: Any) -> None:
    page = policy(root)
    browser, old = signed_in(make_person()), current(page)
    publish(page, body="<p>Other words</p>")

    response = browser.post(reverse("cautionary:confirm_reading", args=[old.pk]))

    assert response.status_code == 409
    assert "read it again" in response.content.decode()
    assert not ConfirmedReading.objects.exists()


@pytest.mark.clause("A38")
def test_nobody_reads_it_without_an_account_and_no_cache_keeps_it(root: Any) -> None:
    page = policy(root)

    stranger, colleague = Client().get(page.url), signed_in(make_person()).get(page.url)

    assert stranger.status_code == 302
    assert WORDS not in stranger.content.decode()
    assert "no-store" in colleague.headers["Cache-Control"]


def test_restriction_is_kept_whatever_an_editor_does(root: Any) -> None:
    page = policy(root)
    (made,) = PageViewRestriction.objects.filter(page=page)
    assert made.restriction_type == PageViewRestriction.LOGIN

    made.delete()
    (again,) = PageViewRestriction.objects.filter(page=page)
    again.restriction_type, again.password = PageViewRestriction.PASSWORD, "quartz"
    again.save()

    kinds = PageViewRestriction.objects.filter(page=page).values_list("restriction_type", flat=True)
    assert sorted(kinds) == [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD]


def test_restriction_to_a_group_is_enough(root: Any) -> None:
    page = policy(root)
    (made,) = PageViewRestriction.objects.filter(page=page)

    made.restriction_type = PageViewRestriction.GROUPS
    made.save()
    made.groups.add(Group.objects.create(name="A few"))

    assert PageViewRestriction.objects.filter(page=page).count() == 1


def test_api_shows_it_to_colleagues_and_to_nobody_else(root: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.pages.urls"
    page = policy(root)

    stranger = Client().get(f"/api/v2/pages/{page.pk}/")
    colleague = signed_in(make_person()).get(f"/api/v2/pages/{page.pk}/")

    assert stranger.status_code == 404
    assert WORDS in colleague.json()["body"]


@pytest.mark.clause("L9")
def test_governance_page_says_whose_it_is_and_when_it_is_reviewed(root: Any) -> None:
    page = governance(root, PageKind.IMPACT_ASSESSMENT)

    version = current(page)
    shown = signed_in(make_person()).get(page.url).content.decode()

    assert (version.kind, version.owner) == (PageKind.IMPACT_ASSESSMENT, "Data Protection Officer")
    assert version.review_on == page.review_on
    assert "Owner: Data Protection Officer" in shown
    assert "I have read this" not in shown
    assert version not in PageVersion.objects.to_read()


@pytest.mark.clause("L9")
def test_document_whose_review_is_past_is_in_force_no_more(root: Any) -> None:
    governance(root, PageKind.POLICY_DOCUMENT, days=1)
    today = timezone.localdate()

    assert PageVersion.objects.in_force_on(today).exists()
    assert not PageVersion.objects.in_force_on(today + timedelta(days=1)).exists()


@pytest.mark.parametrize("kind", [PolicyPage, TrainingPage, GovernancePage])
def test_editors_are_told_that_no_personal_data_belongs_there(kind: Any) -> None:
    assert "no name, no address and no reference" in str(kind._meta.get_field("body").help_text)


@pytest.mark.clause("A48")
def test_trainer_sees_who_with_access_has_not_read_it(root: Any, council: Council) -> None:
    page = policy(root)
    done, waiting = make_reader(council, "done"), make_reader(council, "waiting")
    make_person("bystander")
    confirm_reading(version=current(page), by=done, at=timezone.now())
    trainer = make_person("trainer")
    hold_post(council, trainer, PostKind.TRAINER)
    let_into_wagtail(trainer)
    desk = through_the_door(trainer)

    lists = desk.get(reverse("cautionary_training")).content.decode()
    screen = reverse("cautionary_reading", args=[current(page).pk])
    shown = desk.get(screen).content.decode()

    assert "1 of 3 people with access have read it" in lists  # the owner reads too
    assert f"<strong>{waiting.username}</strong>" in shown
    assert f"<strong>{done.username}</strong>" not in shown
    assert "bystander" not in shown
    before = fewest_queries(lambda: desk.get(screen))
    for number in range(4):
        make_reader(council, f"more{number}")
    assert fewest_queries(lambda: desk.get(screen)) == before
