"""The list to countersign, and the screen to do it (A8)."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import AccessRecord, Countersignature, Evidence, IncidentReport
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.deciding.typed import countersign_url
from tests.admin.pages import text
from tests.council import Council
from tests.factors import make_person
from tests.life import REPORTED, countersigned, head_of_service, submitted
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASONS = "Say on which day it happened."


# The list to countersign


@pytest.mark.clause("A8")
def test_list_to_countersign_shows_references_and_clocks_and_no_name(
    council: Council, head: Client
) -> None:
    report = submitted(council)
    own = submitted(council, head_of_service(council))
    countersigned(council, make_person("another"))

    shown = text(head.get(reverse("cautionary_countersign")))

    assert report.reference in shown
    assert f"due {day_in_words(report.countersign_by)}" in shown
    assert own.reference not in shown
    assert REPORTED.split()[1] not in shown
    assert REPORTED in text(head.get(countersign_url(report)))


def test_late_countersignature_is_told_as_late(council: Council, head: Client) -> None:
    submitted(council)
    yesterday = timezone.localdate() - timedelta(days=1)
    IncidentReport.objects.update(countersign_by=yesterday)

    assert "overdue by 1 day" in text(head.get(reverse("cautionary_countersign")))


def test_empty_lists_say_what_happens_next(head: Client, owner: Client) -> None:
    assert "You get an e-mail when one does." in text(head.get(reverse("cautionary_countersign")))
    assert "You get an e-mail when one is" in text(owner.get(reverse("cautionary_decide")))


def test_lists_cost_the_same_however_much_waits(
    council: Council, head: Client, owner: Client
) -> None:
    submitted(council)
    countersigned(council)
    urls = [(head, reverse("cautionary_countersign")), (owner, reverse("cautionary_decide"))]
    before = [fewest_queries(partial(browser.get, url)) for browser, url in urls]
    for number in range(4):
        submitted(council)
        report = countersigned(council, make_person(f"reporter-{number}"))
        invite(
            employees=[make_person(f"employee-{number}")],
            case_file=report.case_file,
            report=report,
            due_on=timezone.localdate(),
            at=timezone.now(),
        )

    assert [fewest_queries(partial(browser.get, url)) for browser, url in urls] == before


# Countersign


@pytest.mark.clause("A8")
def test_report_is_on_one_screen_with_its_sources(council: Council, head: Client) -> None:
    report = submitted(council, told={"told": "He did it before.", "told_by": "A neighbour"})
    Evidence.objects.create(
        case_file=report.case_file,
        object_name="a-random-name",
        kind="image/jpeg",
        size=2048,
        title="spade.jpg",
        added_at=timezone.now(),
    )

    shown = text(head.get(countersign_url(report)))

    for told in (
        REPORTED,
        "5 November 1961",
        "saw or heard it",
        "He lifted a spade over his head",
        "was told it by A neighbour",
        "He did it before.",
        "spade.jpg",
        "Was a crime committed?",
    ):
        assert told in shown
    assert AccessRecord.objects.get(act=Act.READ_REPORT).reference == report.reference


@pytest.mark.clause("A8")
def test_signature_is_read_back_before_it_counts(council: Council, head: Client) -> None:
    report = submitted(council)
    typed = {"outcome": "returned", "reasons": REASONS}

    read = head.post(countersign_url(report), typed)
    assert not Countersignature.objects.exists()
    assert REASONS in text(read)
    assert "Send it back to the reporter" in text(read)
    changed = head.post(countersign_url(report), typed | {"step": "change"})
    assert REASONS in text(changed)
    assert not Countersignature.objects.exists()
    done = head.post(countersign_url(report), typed | {"step": "record"}, follow=True)

    assert done.redirect_chain[-1][0] == reverse("cautionary_countersign")
    assert f"{report.reference} is sent back" in text(done)
    assert Countersignature.objects.get().reasons == REASONS


@pytest.mark.parametrize("typed", [{}, {"outcome": "returned"}, {"outcome": "decided"}])
@pytest.mark.parametrize("step", ["", "record"])
def test_signature_that_cannot_be_comes_back_with_the_problem(
    council: Council, head: Client, typed: dict[str, str], step: str
) -> None:
    report = submitted(council)

    response = head.post(countersign_url(report), typed | {"step": step})

    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert not Countersignature.objects.exists()


@pytest.mark.clause("A3")
def test_hearsay_alone_is_told_on_the_screen(council: Council, head: Client) -> None:
    report = submitted(council)
    report.seen, report.told = "", "He is violent."
    report.save()

    response = head.post(countersign_url(report), {"outcome": "confirmed"})

    assert response.status_code == 400
    assert "this is hearsay alone" in text(response)


@pytest.mark.clause("A8")
def test_second_press_is_told_plainly(council: Council, head: Client) -> None:
    report = submitted(council)
    typed = {"outcome": "confirmed", "step": "record"}
    head.post(countersign_url(report), typed)

    again = head.post(countersign_url(report), typed)

    assert again.status_code == 409
    assert "does not wait for a countersignature" in text(again)
    assert REPORTED not in text(again)


@pytest.mark.clause("A8")
def test_own_report_is_refused_by_its_url(council: Council, head: Client) -> None:
    report = submitted(council, head_of_service(council))

    for response in (
        head.get(countersign_url(report)),
        head.post(countersign_url(report), {"outcome": "confirmed", "step": "record"}),
    ):
        assert response.status_code == 403
        assert REPORTED not in text(response)


@pytest.mark.clause("A12")
def test_police_are_recorded_from_the_report(council: Council, head: Client) -> None:
    report = submitted(council)
    url = reverse("cautionary_countersign_police", args=[report.reference])
    typed = {"crime": "yes", "informed_on": "1 1 2999", "informed_by": "Me", "reference": "44/7"}

    wrong = head.post(url, typed)
    assert wrong.status_code == 400
    assert "in the future" in text(wrong)
    assert "44/7" in text(wrong)
    today = timezone.localdate()
    right = head.post(url, typed | {"informed_on": f"{today:%d/%m/%Y}"})

    assert right.url == countersign_url(report)
    report.refresh_from_db()
    assert report.police["reference"] == "44/7"
    assert "44/7" in text(head.get(countersign_url(report)))
