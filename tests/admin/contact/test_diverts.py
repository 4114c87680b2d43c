"""Diverts, as the keeper asks for them and whoever runs mail switches them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.contact.diverts import end_divert, prepare_divert, record_answer
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import (
    AccessRecord,
    CouncillorAnswer,
    EmailDivert,
    MailKind,
    OutboxMessage,
    SinglePointOfContact,
)
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act, Restriction
from tests.admin.contact.pages import NEW, REASONS, page_of, post
from tests.admin.pages import text, url
from tests.council import browser_of
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import Panel
from tests.queries import fewest_queries
from tests.schedule import (
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
TODAY = f"{timezone.localdate():%d %m %Y}"
DIVERT = {"addresses": CUSTOMER, "reasons": "He writes to forty members of staff a day."}
ASKED = {
    "councillor": "Honoria Quince",
    "email": "honoria.quince@council.example.org",
    "asked_on": TODAY,
}
SAID = {"wants": "yes", "answered_on": TODAY}


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
    divert, mail = requested_divert(panel), browser_of(panel.mail)
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

    shown = text(browser_of(panel.mail).get(url("mail_rules")))

    assert "Nothing is to be switched. You get an e-mail when something is." in shown


@pytest.mark.clause("B28")
def test_rule_is_switched_on_once_and_off_once(panel: Panel, clerk: Client) -> None:
    divert, mail = requested_divert(panel), browser_of(panel.mail)
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
    divert, mail = requested_divert(panel), browser_of(panel.mail)
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
    divert, mail = active_divert(panel), browser_of(panel.mail)
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
    divert, mail = requested_divert(panel), browser_of(panel.mail)

    answer = mail.post(url("mail_rule", divert.reference), {"seen": seen})

    assert answer.status_code == 400
    assert "Read it again" in text(answer)
    assert EmailDivert.objects.get().state == DivertState.REQUESTED


def test_list_of_rules_costs_the_same_however_long(panel: Panel) -> None:
    mail = browser_of(panel.mail)
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
