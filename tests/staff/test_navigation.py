"""The links around every staff screen: what is somebody's own, and the way to case work."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.council import Council, let_into_wagtail, make_reader, through_the_door
from tests.factors import make_person
from tests.panel import found_panel

pytestmark = pytest.mark.django_db

WORKLIST = "cautionary_worklist"


def links_to_case_work(browser: Client) -> bool:
    page = browser.get(reverse("cautionary:my_access")).content.decode()
    return f'href="{reverse(WORKLIST)}">Case work</a>' in page


def test_post_holder_who_may_open_wagtail_is_led_to_case_work(council: Council) -> None:
    let_into_wagtail(council.owner)
    browser = through_the_door(council.owner)

    assert links_to_case_work(browser)
    assert browser.get(reverse(WORKLIST)).status_code == 200


@pytest.mark.parametrize("who", ["post without Wagtail", "Wagtail without post", "superuser"])
def test_nobody_else_is(council: Council, who: str) -> None:
    person = council.owner if who == "post without Wagtail" else make_reader(council)
    if who == "Wagtail without post":
        let_into_wagtail(person)
    if who == "superuser":
        person.is_superuser = True
        person.save()

    assert not links_to_case_work(through_the_door(person))


def test_every_post_around_the_panel_is_led_there() -> None:
    panel = found_panel()
    for name in ("clerk", "mail", "monitoring", "legal"):
        let_into_wagtail(panel.people[name])
        assert links_to_case_work(through_the_door(panel.people[name]))


def test_link_asks_for_permissions_once_and_of_post_holders_alone(council: Council) -> None:
    let_into_wagtail(council.owner)

    def asked_of(person: Any) -> int:
        browser = through_the_door(person)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("cautionary:my_access"))
        return sum('FROM "auth_permission"' in query["sql"] for query in queries)

    assert asked_of(make_person("colleague")) == 0
    assert asked_of(council.owner) == 2  # Django asks for those of the person and of their groups


@pytest.mark.parametrize("who", ["clerk", "operations", "mail"])
def test_post_that_reads_nothing_comes_to_case_work_first(who: str) -> None:
    person = found_panel().people[who]
    let_into_wagtail(person)
    browser = through_the_door(person)

    landed = browser.get(reverse("cautionary:home"))
    shown = browser.get(reverse("cautionary:my_access")).content.decode()

    assert landed["Location"] == reverse(WORKLIST)
    work = browser.get(reverse(WORKLIST)).content.decode()
    assert f'href="{reverse("cautionary:my_access")}">Your own pages on the intranet</a>' in work
    assert f'<a class="c-button" href="{reverse(WORKLIST)}">Go to case work</a>' in shown
    assert "You may not check the register now." not in shown


def test_post_without_wagtail_comes_to_my_access() -> None:
    browser = through_the_door(found_panel().clerk)

    landed = browser.get(reverse("cautionary:home"))

    assert landed["Location"] == reverse("cautionary:my_access")
    assert "Go to case work" not in browser.get(landed["Location"]).content.decode()
