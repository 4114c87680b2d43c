"""Points of contact, diverts and mail rules on the screens: who sees what, typed once or twice."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.contact.diverts import end_divert, prepare_divert, record_answer
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import (
    AccessRecord,
    CouncillorAnswer,
    EmailDivert,
    Letter,
    MailKind,
    OutboxMessage,
    SinglePointOfContact,
)
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act, Allocation, LetterKind, Restriction
from tests.council import let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import Panel, conflicted, found_panel
from tests.queries import fewest_queries
from tests.schedule import (
    CONTACT,
    CUSTOMER,
    EMAIL,
    active_divert,
    arranged,
    councillor_asked,
    customer_told,
    prepared_divert,
    referred_case,
    requested_divert,
    scheduled,
)

pytestmark = pytest.mark.django_db

LIST = "contacts_modeladmin"
REASONS = "Calls to four desks a day are better answered by one."
QUIET = "Nothing was heard of him for half a year."
TODAY = f"{timezone.localdate():%d %m %Y}"
NEW = {
    "officer": "operations",
    "contact": "Peregrine Dunnock, Locality Lead: 01632 960 902",
    "email": "peregrine.dunnock@example.gov.uk",
    "allocation": "service",
    "override": "",
    "reasons": REASONS,
}
DIVERT = {"addresses": CUSTOMER, "reasons": "He writes to forty members of staff a day."}
ASKED = {
    "councillor": "Honoria Quince",
    "email": "honoria.quince@council.example.org",
    "asked_on": TODAY,
}
SAID = {"wants": "yes", "answered_on": TODAY}


@pytest.fixture
def panel() -> Panel:
    return found_panel()


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return desk(panel.clerk)


def desk(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def post(browser: Client, address: str, typed: dict[str, Any]) -> Any:
    return browser.post(address, {**typed, "step": "record"})


def page_of(arrangement: SinglePointOfContact) -> str:
    return url(f"{LIST}_inspect", arrangement.pk)


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
    chair = desk(panel.chair)
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
    browser = desk(panel.people[who])

    for address in (url(f"{LIST}_index"), page_of(arrangement), url("spoc_end", arrangement.pk)):
        assert browser.get(address).status_code == 403


# Diverts


@pytest.mark.clause("B28")
def test_divert_is_prepared_to_the_point_of_contact_and_nowhere_else(
    panel: Panel, clerk: Client
) -> None:
    arrangement = arranged(panel)
    address = url("divert_prepare", arrangement.pk)
    assert f"It goes to {EMAIL}, and to no other address." in text(clerk.get(address))

    done = post(clerk, address, {**DIVERT, "email": "mallory@example.org", "to": "mallory"})
    again = post(clerk, address, DIVERT)

    divert = EmailDivert.objects.get()
    assert done.url == url("divert", divert.reference)
    assert "There is a divert to this single point of contact already." in text(again)
    shown = text(clerk.get(done.url))
    assert EMAIL in shown
    assert "mallory" not in shown
    assert CUSTOMER in shown


@pytest.mark.parametrize("typed", ["", "nobody", f"{CUSTOMER}\nnobody", EMAIL, NUL])
def test_addresses_that_cannot_be_diverted_are_a_problem_of_the_field(
    panel: Panel, clerk: Client, typed: str
) -> None:
    answer = post(clerk, url("divert_prepare", arranged(panel).pk), {**DIVERT, "addresses": typed})

    assert answer.status_code == 400
    assert 'href="#id_addresses"' in text(answer)
    assert DIVERT["reasons"] in text(answer)
    assert not EmailDivert.objects.exists()


@pytest.mark.clause("B29", "B30")
def test_divert_is_asked_for_once_everything_came_first(panel: Panel, clerk: Client) -> None:
    divert = prepared_divert(panel)
    page = url("divert", divert.reference)

    def may_ask() -> bool:
        return f'href="{url("divert_request", divert.reference)}"' in text(clerk.get(page))

    assert "Before it can be asked for:" in text(clerk.get(page))
    assert "Each says for themselves" in text(clerk.get(page))
    too_early = post(clerk, url("divert_request", divert.reference), {})
    assert too_early.status_code == 400
    assert EmailDivert.objects.get().state == DivertState.PREPARED
    assert post(clerk, url("divert_ask", divert.reference), ASKED).url == page
    answer = CouncillorAnswer.objects.get()
    assert not may_ask()
    said = url("divert_answer", divert.reference, answer.pk)
    assert "Honoria Quince" in text(clerk.get(said))
    assert post(clerk, said, SAID).url == page
    assert "councillor’s answer is recorded." in text(clerk.get(page))
    assert "This answer was recorded before." in text(post(clerk, said, SAID))
    assert not may_ask()
    customer_told(divert)
    assert may_ask()
    assert post(clerk, url("divert_request", divert.reference), {}).url == page
    assert "whoever runs mail is asked to switch it on." in text(clerk.get(page))
    again = post(clerk, url("divert_request", divert.reference), {})

    assert "This was done before" in text(again)
    assert EmailDivert.objects.get().state == DivertState.REQUESTED
    mails = OutboxMessage.objects.filter(kind=MailKind.DIVERT)
    assert [mail.to for mail in mails] == [panel.mail]
    assert "To be switched on" in text(clerk.get(page))


@pytest.mark.clause("B29")
def test_where_no_councillor_is_concerned_it_is_said_once(panel: Panel, clerk: Client) -> None:
    divert = prepared_divert(panel)
    address = url("divert_nobody", divert.reference)
    assert post(clerk, address, {"reasons": " "}).status_code == 400

    post(clerk, address, {"reasons": "He lives outside the borough."})
    again = post(clerk, address, {"reasons": "Other reasons altogether."})

    assert "recorded before" in text(again)
    shown = text(clerk.get(url("divert", divert.reference)))
    assert "None is asked: He lives outside the borough." in shown
    assert address not in shown


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"councillor": ""}, "councillor"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"asked_on": "1 1 2901"}, "asked_on"),
        ({"asked_on": "soon"}, "asked_on"),
    ],
)
def test_question_that_cannot_have_been_asked_is_a_problem_of_its_field(
    panel: Panel, clerk: Client, told: dict[str, str], field: str
) -> None:
    divert = prepared_divert(panel)

    answer = post(clerk, url("divert_ask", divert.reference), ASKED | told)

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in text(answer)
    assert not CouncillorAnswer.objects.exists()


def test_councillor_is_asked_once(panel: Panel, clerk: Client) -> None:
    divert = prepared_divert(panel)
    address = url("divert_ask", divert.reference)
    post(clerk, address, ASKED)

    again = post(clerk, address, ASKED)

    assert 'href="#id_email"' in text(again)
    assert CouncillorAnswer.objects.count() == 1


def test_answer_of_another_divert_is_not_found_under_this_one(panel: Panel, clerk: Client) -> None:
    one = prepared_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    two = prepared_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    answer = councillor_asked(panel, two)

    assert clerk.get(url("divert_answer", one.reference, answer.pk)).status_code == 404


def test_divert_is_ended_once_after_it_was_read_back(panel: Panel, clerk: Client) -> None:
    divert = active_divert(panel)
    address = url("divert_end", divert.reference)
    assert "You are about to record this" in text(clerk.post(address))
    assert EmailDivert.objects.get().state == DivertState.ACTIVE

    post(clerk, address, {})
    told = text(clerk.get(url("divert", divert.reference)))
    again = post(clerk, address, {})

    assert f"{divert.reference}: its end is recorded." in told
    assert again.status_code == 400
    assert "This was done before" in text(again)
    assert EmailDivert.objects.get().state == DivertState.ENDING


# The tasks of whoever runs mail


@pytest.mark.clause("B28", "B30")
def test_mail_administrator_sees_the_rule_and_nothing_about_anybody(panel: Panel) -> None:
    divert, mail = requested_divert(panel), desk(panel.mail)
    assert divert.reference in text(mail.get(url("mail_rules")))

    shown = text(mail.get(url("mail_rule", divert.reference)))

    for words in (CUSTOMER, EMAIL, "honoria.quince@council.example.org"):
        assert words in shown
    for hidden in (
        REPORTED.split()[1],
        "Honoria Quince",
        DIVERT["reasons"],
        divert.arrangement.case.reference,
    ):
        assert hidden not in shown
    line = AccessRecord.objects.filter(user=panel.mail, reference=divert.reference).get()
    assert line.act == Act.READ_CASE


def test_mail_administrator_s_empty_list_says_when_something_comes(panel: Panel) -> None:
    prepared_divert(panel)

    shown = text(desk(panel.mail).get(url("mail_rules")))

    assert "Nothing is to be switched. You get an e-mail when something is." in shown


@pytest.mark.clause("B28")
def test_rule_is_switched_on_once_and_off_once(panel: Panel, clerk: Client) -> None:
    divert, mail = requested_divert(panel), desk(panel.mail)
    address = url("mail_rule", divert.reference)
    seen = _seen(mail, address)

    assert mail.post(address, {"seen": seen}).url == url("mail_rules")
    again = mail.post(address, {"seen": seen})
    assert again.status_code == 400
    assert "This was done before" in text(again)
    assert EmailDivert.objects.get().state == DivertState.ACTIVE
    assert "Nothing is to be done." in text(mail.get(address))
    end_divert(divert=EmailDivert.objects.get(), by=panel.clerk, at=timezone.now())
    assert mail.post(address).url == url("mail_rules")
    off_again = mail.post(address)

    assert off_again.status_code == 409
    assert "There is nothing to switch." in text(off_again)
    assert EmailDivert.objects.get().state == DivertState.ENDED


def test_that_it_was_switched_is_said_and_since_when(panel: Panel) -> None:
    divert, mail = requested_divert(panel), desk(panel.mail)
    asked_for = timezone.now() - timedelta(days=40)
    EmailDivert.objects.update(requested_at=asked_for)
    address = url("mail_rule", divert.reference)

    done = mail.post(address, {"seen": _seen(mail, address)}, follow=True)

    listed, shown = text(done), text(mail.get(address))
    switched = EmailDivert.objects.get().switched_on_at
    assert switched is not None
    assert f"{divert.reference}: it is recorded that the divert is on." in listed
    assert instant(switched) in listed
    assert instant(asked_for) not in listed
    assert f"{instant(switched)} by {name_of(panel.mail)}" in shown


def test_that_it_is_on_is_never_taken_for_that_it_is_off(panel: Panel) -> None:
    """The divert was ended while its page stood open with “It is on”."""
    divert, mail = active_divert(panel), desk(panel.mail)
    answer = divert.councillors.get()
    record_answer(
        answer=answer,
        wants=False,
        answered_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )
    address = url("mail_rule", divert.reference)
    seen = _seen(mail, address)
    end_divert(divert=EmailDivert.objects.get(), by=panel.clerk, at=timezone.now())

    answered = mail.post(address, {"seen": seen})

    assert answered.status_code == 400
    assert "Read it again" in text(answered)
    assert EmailDivert.objects.get().state == DivertState.ENDING


@pytest.mark.parametrize(
    "seen", ["", "yesterday", NUL, *ODD.values(), "2020-01-01T00:00:00.0+0000"]
)
def test_rule_that_was_not_read_is_not_switched(panel: Panel, seen: str) -> None:
    divert, mail = requested_divert(panel), desk(panel.mail)

    answer = mail.post(url("mail_rule", divert.reference), {"seen": seen})

    assert answer.status_code == 400
    assert "Read it again" in text(answer)
    assert EmailDivert.objects.get().state == DivertState.REQUESTED


def test_list_of_rules_costs_the_same_however_long(panel: Panel) -> None:
    mail = desk(panel.mail)
    requested_divert(panel)
    before = fewest_queries(lambda: mail.get(url("mail_rules")))
    for _more in range(3):
        active_divert(panel, arrangement=arranged(panel, officer=panel.operations))

    assert fewest_queries(lambda: mail.get(url("mail_rules"))) == before


def _seen(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page.split('name="seen" value="')[1].split('"')[0]


# What nobody should type


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_hostile_words_break_no_screen(panel: Panel, clerk: Client, typed: str) -> None:
    divert = prepared_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    answer = councillor_asked(panel, divert)
    spare = arranged(panel, officer=panel.operations)
    forms: dict[str, dict[str, str]] = {
        url("divert_ask", divert.reference): ASKED,
        url("divert_answer", divert.reference, answer.pk): SAID,
        url("divert_prepare", spare.pk): DIVERT,
        url("divert_nobody", divert.reference): {"reasons": REASONS},
    }
    for address, fields in forms.items():
        for field in fields:
            response = post(clerk, address, fields | {field: typed})
            assert response.status_code in (302, 400, 409), (address, field)
            assert b"<script>alert" not in response.content
    for field in NEW:
        response = post(clerk, url("spoc_replace", spare.pk), NEW | {field: typed})
        assert response.status_code in (302, 400, 409), field
        assert b"<script>alert" not in response.content
    for each in SinglePointOfContact.objects.all():
        assert "\n" not in each.email
        assert b"<script>alert" not in clerk.get(page_of(each)).content
    assert b"<script>alert" not in clerk.get(url("divert", divert.reference)).content


# Restrictions


@pytest.mark.clause("B34", "L11")
def test_nothing_that_may_never_be_restricted_is_in_the_vocabulary() -> None:
    never = ("complain", "appeal", "ombudsman", "vote", "emergenc", "safeguard", "councillor", "mp")
    words = {word for each in Restriction for word in each.label.lower().split()}

    assert not [word for word in words for stem in never if word.startswith(stem)]


def test_divert_of_an_entry_shows_until_when_its_arrangement_stands(
    panel: Panel, clerk: Client
) -> None:
    case = referred_case(panel)
    entry = scheduled(panel, case)
    arrangement = arranged(panel, case=case, entry=entry, officer=make_person("wren"))
    prepare_divert(
        arrangement=arrangement,
        addresses=[CUSTOMER],
        reasons=REASONS,
        by=panel.clerk,
        at=timezone.now(),
    )

    shown = text(clerk.get(page_of(arrangement)))

    assert "with the entry" in shown
    assert entry.reference in shown
    assert "Being prepared" in shown
