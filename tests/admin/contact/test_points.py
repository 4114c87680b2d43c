"""Single points of contact on the keeper's screens."""

import pytest
from django.test import Client

from cautionary_plugin.models import AccessRecord, Letter, SinglePointOfContact
from cautionary_plugin.rules.vocabulary import Act, Allocation, LetterKind
from tests.admin.contact.pages import LIST, NEW, REASONS, page_of, post
from tests.admin.pages import text, url
from tests.council import browser_of
from tests.life import REPORTED
from tests.panel import Panel, conflicted
from tests.queries import fewest_queries
from tests.schedule import (
    CONTACT,
    CUSTOMER,
    EMAIL,
    active_divert,
    arranged,
    councillor_asked,
    prepared_divert,
)

pytestmark = pytest.mark.django_db
QUIET = "Nothing was heard of him for half a year."


# Points of contact


@pytest.mark.clause("B27")
def test_empty_list_says_where_a_point_of_contact_comes_from(clerk: Client) -> None:
    shown = text(clerk.get(url(f"{LIST}_index")))

    assert "Nobody has a single point of contact." in shown
    assert "with an entry or without" in shown


@pytest.mark.clause("B2", "B23")
def test_list_names_the_officer_and_no_customer_and_costs_the_same_however_long(
    panel: Panel, clerk: Client
) -> None:
    arranged(panel, officer=panel.operations)
    before = fewest_queries(lambda: clerk.get(url(f"{LIST}_index")))
    for _more in range(3):
        active_divert(panel, arrangement=arranged(panel, officer=panel.operations))

    shown = text(clerk.get(url(f"{LIST}_index")))

    assert shown.count("operations") >= 4
    assert REPORTED.split()[1] not in shown
    assert CUSTOMER not in shown
    assert fewest_queries(lambda: clerk.get(url(f"{LIST}_index"))) == before


@pytest.mark.clause("B25", "B26", "B27")
def test_page_tells_it_all_and_each_opening_is_recorded(panel: Panel, clerk: Client) -> None:
    arrangement = arranged(panel)

    shown = text(clerk.get(page_of(arrangement)))

    for words in (REPORTED, CONTACT, EMAIL, "Based in", "unless it is made anew"):
        assert words in shown
    assert "risk" not in shown.lower()
    line = AccessRecord.objects.get(act=Act.READ_CASE, user=panel.clerk)
    assert line.reference == arrangement.case.reference


@pytest.mark.clause("B24")
def test_arrangement_is_replaced_once_and_the_customer_is_written_to(
    panel: Panel, clerk: Client
) -> None:
    arrangement = arranged(panel)
    address = url("spoc_replace", arrangement.pk)
    assert CONTACT in text(clerk.get(address))

    read = clerk.post(address, NEW)
    assert "You are about to record this" in text(read)
    done = post(clerk, address, NEW)
    again = post(clerk, address, NEW)

    now = SinglePointOfContact.objects.get(ended_at=None)
    assert done.url == page_of(now)
    assert (now.officer, now.email) == (panel.operations, NEW["email"])
    assert again.status_code == 409
    assert "This arrangement has ended." in text(again)
    assert Letter.objects.get(kind=LetterKind.SPOC).arrangement == now


@pytest.mark.clause("B25")
def test_place_is_suggested_and_another_takes_a_reason(panel: Panel, clerk: Client) -> None:
    arrangement = arranged(panel)
    address = url("spoc_replace", arrangement.pk)
    suggested = Allocation(arrangement.suggested).label
    assert f"the procedure suggests: {suggested}" in text(clerk.get(address))

    without = post(clerk, address, {**NEW, "allocation": "assurance"})
    assert without.status_code == 400
    assert 'href="#id_override"' in text(without)
    assert NEW["contact"] in text(without)
    why = "Four services hear from him, and none of them knows him best."
    done = post(clerk, address, {**NEW, "allocation": "assurance", "override": why})

    shown = text(clerk.get(done.url))
    assert why in shown
    assert suggested in shown


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"officer": "nobody-here"}, "officer"),
        ({"contact": "W."}, "contact"),
        ({"email": "one@example.org, two@example.org"}, "email"),
        ({"email": "one@example.org\r\nBcc: two@example.org"}, "email"),
        ({"allocation": "elsewhere"}, "allocation"),
        ({"reasons": ""}, "reasons"),
    ],
)
def test_details_that_cannot_be_come_back_with_what_was_typed(
    panel: Panel, clerk: Client, told: dict[str, str], field: str
) -> None:
    arrangement = arranged(panel)

    answer = post(clerk, url("spoc_replace", arrangement.pk), NEW | told)

    assert answer.status_code == 400
    shown = text(answer)
    assert f'href="#id_{field}"' in shown or f'href="#id_{field}_0"' in shown
    assert field == "reasons" or REASONS in shown
    assert SinglePointOfContact.objects.get().ended_at is None


def test_arrangement_is_ended_once_with_reasons(panel: Panel, clerk: Client) -> None:
    arrangement = arranged(panel)
    address = url("spoc_end", arrangement.pk)
    assert post(clerk, address, {"reasons": ""}).status_code == 400

    assert post(clerk, address, {"reasons": QUIET}).url == page_of(arrangement)
    again = post(clerk, address, {"reasons": "It is quiet again."})

    assert (again.status_code, "has ended" in text(again)) == (409, True)
    arrangement = SinglePointOfContact.objects.get()
    assert arrangement.ended_because == QUIET
    shown = text(clerk.get(page_of(arrangement)))
    assert address not in shown
    assert QUIET in shown


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_sees_nothing_of_it(panel: Panel) -> None:
    divert = prepared_divert(panel)
    arrangement, answer = divert.arrangement, councillor_asked(panel, divert)
    chair = browser_of(panel.chair)
    assert arrangement.case.reference in text(chair.get(url(f"{LIST}_index")))
    conflicted(arrangement.case, panel.chair)

    assert arrangement.case.reference not in text(chair.get(url(f"{LIST}_index")))
    for address in (
        page_of(arrangement),
        url(f"{LIST}_history", arrangement.pk),
        *(url(name, arrangement.pk) for name in ("spoc_replace", "spoc_end", "divert_prepare")),
        *(
            url(f"divert{step}", divert.reference)
            for step in ("", "_ask", "_nobody", "_request", "_end")
        ),
        url("divert_answer", divert.reference, answer.pk),
    ):
        response = chair.get(address)
        assert response.status_code == 404, address
        assert REPORTED not in text(response)


@pytest.mark.parametrize("who", ["care", "operations", "legal", "mail"])
def test_arrangements_are_kept_by_nobody_else(panel: Panel, who: str) -> None:
    arrangement = arranged(panel)
    browser = browser_of(panel.people[who])

    for address in (url(f"{LIST}_index"), page_of(arrangement), url("spoc_end", arrangement.pk)):
        assert browser.get(address).status_code == 403
