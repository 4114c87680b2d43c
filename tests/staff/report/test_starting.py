"""Everybody may start a report; who and what it may be about is asked at once (A3, A4, A6)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import IncidentReport, PolicyLink, Register
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import PolicyText, Route
from tests.council import Council, make_reader, through_the_door
from tests.factors import make_person
from tests.staff.report.pages import at, begin, fill, posted, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A3")
@pytest.mark.clause("A6")
@pytest.mark.parametrize("kind", ["person", "premises"])
def test_password_alone_is_enough_to_report(council: Council, browser: Client, kind: str) -> None:
    report = begin(browser, "public" if kind == "person" else "animal")

    last = fill(browser, report, posted(kind))
    answer = browser.post(last)

    assert answer.url == at("report_sent", report.reference)
    assert "What happens next" in browser.get(answer.url).content.decode()
    report = IncidentReport.objects.get()
    assert report.state == ReportState.SUBMITTED
    assert report.witnesses == "The caretaker"
    assert report.occurred_on == timezone.localdate() - timedelta(days=3)


@pytest.mark.clause("A6")
def test_reporter_reads_nothing_of_the_register(council: Council, browser: Client) -> None:
    for name in ("check", "my_access", "people"):
        answer = browser.get(at(name))

        assert answer.status_code == 302
        assert "second-factor" in answer.url


@pytest.mark.parametrize("who", ["employee", "reader", "owner"])
def test_navigation_offers_to_report_to_everybody(council: Council, who: str) -> None:
    client = {
        "employee": lambda: signed_in(make_person("employee")),
        "reader": lambda: through_the_door(make_reader(council)),
        "owner": lambda: through_the_door(council.owner),
    }[who]()

    shown = client.get(at("report")).content.decode()

    assert f'href="{at("my_reports")}"' in shown
    assert f'href="{at("report")}" aria-current="page"' in shown
    assert (f'href="{at("check")}"' in shown) is (who != "employee")
    assert f'href="{at("my_accounts")}"' not in shown


def test_first_screen_of_somebody_without_access_is_their_reports(
    council: Council, browser: Client
) -> None:
    assert browser.get(at("home")).url == at("my_reports")
    assert signed_in(make_reader(council)).get(at("home")).url == at("check")
    assert through_the_door(make_person("enrolled")).get(at("home")).url == at("my_access")


@pytest.mark.clause("A4")
def test_texts_to_read_are_linked_where_the_council_has_set_them(
    council: Council, browser: Client
) -> None:
    assert "Read this with" not in browser.get(at("report")).content.decode()

    PolicyLink.objects.create(
        register=council.register,
        text=PolicyText.RISK_ASSESSMENT,
        url="https://intranet.example.gov.uk/team-risk",
    )

    shown = browser.get(at("report")).content.decode()
    assert '<a href="https://intranet.example.gov.uk/team-risk">Team risk assessments</a>' in shown
    assert "Lone working" not in shown


def test_employee_or_councillor_is_turned_away_and_nothing_is_kept(
    council: Council, browser: Client
) -> None:
    answer = browser.post(at("report"), {"about": "colleague"}, follow=True)

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at("report_elsewhere")
    assert "Human Resources (HR)" in shown
    assert "Standards" in shown
    assert not IncidentReport.objects.exists()


def test_register_is_asked_for_only_where_there_are_several(
    council: Council, browser: Client
) -> None:
    assert 'name="register"' not in browser.get(at("report")).content.decode()

    other = Register.objects.create(
        slug="leisure", name="Leisure", prefix="LEI", route=Route.DIRECTOR
    )

    assert 'name="register"' in browser.get(at("report")).content.decode()
    assert begin(browser, register=other.pk).register == other


def test_without_a_register_that_takes_reports_the_page_says_so(browser: Client) -> None:
    answer = browser.get(at("report"))

    assert "no register that takes reports" in answer.content.decode()
    assert browser.post(at("report"), {"about": "public"}).status_code == 400
