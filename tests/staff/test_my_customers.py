"""My customers: for the officer who was named and their delegate, and for nobody else."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import delegate, end_arrangement
from cautionary_plugin.models import (
    AccessRecord,
    Letter,
    MailKind,
    OutboxMessage,
    SinglePointOfContact,
)
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.council import through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import Panel
from tests.queries import fewest_queries
from tests.schedule import CONTACT, EMAIL, active_divert, arranged, referred_case, scheduled

pytestmark = pytest.mark.django_db

NEW = {
    "to": "dunnock",
    "contact": "Peregrine Dunnock, Locality Lead: 01632 960 902",
    "email": "peregrine.dunnock@example.gov.uk",
}


@pytest.fixture
def officer() -> Any:
    """Somebody without any post."""
    return make_person("oatcake")


@pytest.fixture
def arrangement(panel: Panel, officer: Any) -> SinglePointOfContact:
    return arranged(panel, officer=officer)


@pytest.fixture
def browser(officer: Any) -> Client:
    return through_the_door(officer)


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary:{name}", args=args)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def handed_over(arrangement: SinglePointOfContact, to: Any) -> None:
    delegate(
        arrangement=arrangement,
        to=to,
        contact=NEW["contact"],
        email=NEW["email"],
        by=arrangement.officer,
        at=timezone.now(),
    )


def test_nobody_s_point_of_contact_has_no_link_and_reads_when_they_will_be(
    browser: Client,
) -> None:
    shown = text(browser.get(url("my_customers")))

    assert "You are nobody’s single point of contact now." in shown
    assert f'href="{url("my_customers")}"' not in shown


@pytest.mark.clause("B24", "B27")
def test_customers_are_listed_by_reference_at_the_same_cost_however_many(
    panel: Panel, arrangement: SinglePointOfContact, officer: Any, browser: Client
) -> None:
    address = url("my_customers")
    before = fewest_queries(lambda: browser.get(address))
    arranged(panel, officer=officer)
    arranged(panel, officer=officer)

    shown = text(browser.get(address))

    assert f'href="{address}" aria-current="page"' in shown
    assert arrangement.case.reference in shown
    assert REPORTED.split()[1] not in shown
    assert fewest_queries(lambda: browser.get(address)) == before


@pytest.mark.clause("B27")
def test_officer_reads_who_the_customer_is_without_any_level_of_risk(
    arrangement: SinglePointOfContact, officer: Any, browser: Client
) -> None:
    shown = text(browser.get(url("my_customer", arrangement.pk)))

    for words in (REPORTED, CONTACT, EMAIL, "7 Gantry Mews"):
        assert words in shown
    assert "risk" not in shown.lower()
    assert "How to stay safe" not in shown
    line = AccessRecord.objects.get(act=Act.READ_CASE, user=officer)
    assert line.reference == arrangement.case.reference


def test_way_to_the_entry_is_shown_to_whoever_reads_that_register(panel: Panel) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    arrangement = arranged(panel, case=case, entry=entry, officer=panel.care)

    shown = text(through_the_door(panel.care).get(url("my_customer", arrangement.pk)))

    assert f'href="{url("entry", entry.reference)}"' in shown


@pytest.mark.clause("B28")
def test_officer_is_told_of_a_divert_that_is_on(panel: Panel, officer: Any) -> None:
    divert = active_divert(panel, arrangement=arranged(panel, officer=officer))

    shown = text(through_the_door(officer).get(url("my_customer", divert.arrangement_id)))

    assert "The customer’s e-mail comes to this address." in shown


@pytest.mark.parametrize("who", ["stranger", "clerk", "former officer"])
def test_customer_is_not_there_for_anybody_else(
    panel: Panel, arrangement: SinglePointOfContact, who: str
) -> None:
    person = panel.clerk if who == "clerk" else make_person("stranger")
    if who == "former officer":
        person = arrangement.officer
        at = timezone.now()
        end_arrangement(
            arrangement=arrangement, reasons="It is quiet again.", by=panel.clerk, at=at
        )
    browser = through_the_door(person)

    for name in ("my_customer", "delegate_customer"):
        answer = browser.get(url(name, arrangement.pk))
        assert answer.status_code == 404
        assert REPORTED not in text(answer)
    posted = browser.post(url("delegate_customer", arrangement.pk), {**NEW, "send": "1"})
    assert posted.status_code == 404


@pytest.mark.clause("B24", "B26")
def test_customer_is_delegated_once_after_it_was_read_over(
    arrangement: SinglePointOfContact, browser: Client
) -> None:
    delegated, address = make_person("dunnock"), url("delegate_customer", arrangement.pk)

    read = browser.post(address, NEW)
    assert "Read it over." in text(read)
    assert NEW["contact"] in text(read)
    assert SinglePointOfContact.objects.get().delegate is None
    changed = browser.post(address, {**NEW, "edit": "1"})
    assert changed.status_code == 200
    assert NEW["email"] in text(changed)
    assert browser.post(address, {**NEW, "send": "1"}).url == url("my_customers")
    again = browser.post(address, {**NEW, "send": "1"})

    assert again.status_code == 400
    assert "nothing would change" in text(again)
    assert SinglePointOfContact.objects.get().delegate == delegated
    assert Letter.objects.filter(kind=LetterKind.SPOC).count() == 1
    mails = OutboxMessage.objects.filter(kind=MailKind.SPOC, to=delegated)
    assert mails.count() == 1


@pytest.mark.clause("B24")
def test_delegate_sees_the_customer_and_does_not_delegate_on(
    arrangement: SinglePointOfContact,
) -> None:
    delegated = make_person("dunnock")
    handed_over(arrangement, delegated)
    browser = through_the_door(delegated)

    shown = text(browser.get(url("my_customer", arrangement.pk)))

    assert REPORTED in shown
    assert url("delegate_customer", arrangement.pk) not in shown
    make_person("third")
    for answer in (
        browser.get(url("delegate_customer", arrangement.pk)),
        browser.post(url("delegate_customer", arrangement.pk), {**NEW, "to": "third", "send": "1"}),
    ):
        assert answer.status_code == 403
    assert SinglePointOfContact.objects.get().delegate == delegated


@pytest.mark.clause("B24")
def test_officer_takes_the_customer_back_by_delegating_to_themselves(
    arrangement: SinglePointOfContact, officer: Any, browser: Client
) -> None:
    delegated = make_person("dunnock")
    handed_over(arrangement, delegated)
    own = {"to": "oatcake", "contact": CONTACT, "email": EMAIL, "send": "1"}

    browser.post(url("delegate_customer", arrangement.pk), own)

    assert SinglePointOfContact.objects.get().delegate is None
    gone = through_the_door(delegated).get(url("my_customer", arrangement.pk))
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"to": ""}, "to"),
        ({"to": "nobody-here"}, "to"),
        ({"contact": ""}, "contact"),
        ({"contact": "W."}, "contact"),
        ({"email": "nobody"}, "email"),
        ({"email": "one@example.org\r\nBcc: two@example.org"}, "email"),
    ],
)
def test_details_that_cannot_be_are_a_problem_of_their_field(
    arrangement: SinglePointOfContact, browser: Client, told: dict[str, str], field: str
) -> None:
    make_person("dunnock")
    typed = {**NEW, **told, "send": "1"}

    answer = browser.post(url("delegate_customer", arrangement.pk), typed)

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in text(answer)
    assert all(NEW[other] in text(answer) for other in NEW if other != field)
    assert SinglePointOfContact.objects.get().delegate is None


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_hostile_words_break_nothing(
    arrangement: SinglePointOfContact, browser: Client, typed: str
) -> None:
    make_person("dunnock")
    for field in NEW:
        for button in ({}, {"edit": "1"}, {"send": "1"}):
            answer = browser.post(
                url("delegate_customer", arrangement.pk), {**NEW, field: typed, **button}
            )
            assert answer.status_code in (200, 302, 400)
            assert b"<script>alert" not in answer.content
    shown = browser.get(url("my_customer", arrangement.pk))
    assert b"<script>alert" not in shown.content
    assert "\n" not in SinglePointOfContact.objects.get().email


def test_customer_takes_the_second_factor(arrangement: SinglePointOfContact, officer: Any) -> None:
    client = Client()
    client.force_login(officer)

    assert "second-factor" in client.get(url("my_customer", arrangement.pk)).url
