"""A form that comes after the second factor has lapsed is not lost: it goes through the door."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from cautionary_plugin.models import Authenticator, Post
from tests.council import Council, through_the_door
from tests.factors import make_person, shown_on_phone

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "head_of_service",
    "title": 'Head of "Parks" & <Open> Spaces',
    "register": "",
}
MAKE = "cautionary:make_post"


def _code(user: Any) -> str:
    return shown_on_phone(Authenticator.objects.get(user=user, confirmed=True))


@pytest.mark.parametrize("minutes", [11, 31])
def test_form_that_came_too_late_goes_on_after_the_code(council: Council, minutes: int) -> None:
    browser, url = through_the_door(council.owner), reverse(MAKE)

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        asked = browser.post(url, TYPED)
        kept = {f"kept-{name}": value for name, value in TYPED.items()}
        door = reverse("cautionary:second_factor")
        opened = browser.post(door, {"code": _code(council.owner), "next": url, **kept})
        done = browser.post(url, TYPED)

    assert asked.status_code == 403
    assert escape(TYPED["title"]) in asked.content.decode()
    assert f'name="next" value="{url}"' in asked.content.decode()
    shown = opened.content.decode()
    assert f'action="{url}"' in shown
    assert 'name="title" hidden>\n' + escape(TYPED["title"]) in shown
    assert done.status_code == 302
    assert Post.objects.filter(title=TYPED["title"]).exists()


def test_wrong_code_loses_nothing_either(council: Council) -> None:
    browser, url = through_the_door(council.owner), reverse(MAKE)
    kept = {f"kept-{name}": value for name, value in TYPED.items()}

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        door = reverse("cautionary:second_factor")
        wrong = browser.post(door, {"code": "000000", "next": url, **kept})

    shown = wrong.content.decode()
    assert f'name="kept-title" hidden>\n{escape(TYPED["title"])}' in shown
    assert f'name="next" value="{url}"' in shown


def test_nothing_happens_before_the_code(council: Council) -> None:
    browser = through_the_door(council.owner)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        browser.post(reverse(MAKE), TYPED)

    assert not Post.objects.filter(title=TYPED["title"]).exists()


def test_what_was_typed_is_in_no_session(council: Council) -> None:
    browser = through_the_door(council.owner)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        browser.post(reverse(MAKE), TYPED)
        kept = dict(browser.session.items())

    assert "Spaces" not in repr(kept)


def test_who_has_no_phone_yet_is_sent_to_set_one_up(client: Client, council: Council) -> None:
    client.force_login(make_person("new"))

    answer = client.post(reverse(MAKE), TYPED)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("cautionary:second_factor"))


def test_carried_form_leads_to_no_other_site(council: Council) -> None:
    browser = through_the_door(council.owner)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        opened = browser.post(
            reverse("cautionary:second_factor"),
            {"code": _code(council.owner), "next": "https://evil.example/x", "kept-a": "b"},
        )

    assert "evil.example" not in opened.content.decode()


def test_button_that_came_too_late_says_what_it_would_do(council: Council) -> None:
    browser, url = through_the_door(council.owner), reverse(MAKE)
    pressed = {"seen": "1", "asked_for": "Record the decision"}
    kept = {f"kept-{name}": value for name, value in pressed.items()}

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        asked = browser.post(url, pressed)
        door = reverse("cautionary:second_factor")
        opened = browser.post(door, {"code": _code(council.owner), "next": url, **kept})

    told = "You asked for: Record the decision."
    assert told in asked.content.decode()
    shown = opened.content.decode()
    assert "It is not done yet" in shown
    assert f"Nothing was done yet. {told} Press the button to do it." in shown
    assert '<button class="c-button" type="submit">Record the decision</button>' in shown
    assert "typed" not in shown


def test_form_that_was_typed_says_that_it_was_not_sent(council: Council) -> None:
    browser, url = through_the_door(council.owner), reverse(MAKE)
    kept = {f"kept-{name}": value for name, value in TYPED.items()}

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        door = reverse("cautionary:second_factor")
        opened = browser.post(door, {"code": _code(council.owner), "next": url, **kept})

    shown = opened.content.decode()
    assert "It is not done yet" in shown
    assert "Nothing was sent yet: what you typed is kept on this page." in shown
