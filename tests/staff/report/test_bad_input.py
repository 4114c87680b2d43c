"""Whatever is typed into a report or an account: a clear 400 that keeps it, or kept as text."""

from html import unescape
from time import perf_counter
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from cautionary_plugin.forms.fields import LineField, ProseField
from cautionary_plugin.forms.report import FORMS
from cautionary_plugin.models import IncidentReport, Statement
from tests.council import Council
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import drafted, submitted

pytestmark = pytest.mark.django_db

FIELDS = [
    (page.value, name)
    for page, form in FORMS.items()
    for name, field in form.base_fields.items()
    if isinstance(field, forms.CharField | forms.DateField)
]
CHOICES = [
    (page.value, name)
    for page, form in FORMS.items()
    for name, field in form.base_fields.items()
    if isinstance(field, forms.ChoiceField)
]
ON_PREMISES = {"address", "animal", "sighted"}
HIDDEN = "\u202e\u200b\u2060"
# What somebody writes; accounts, dates and numbers are refused where they are none.
PROSE = [
    (page.value, name)
    for page, form in FORMS.items()
    for name, field in form.base_fields.items()
    if isinstance(field, LineField | ProseField) and (field.max_length or 0) >= 100
]


def page_of(council: Council, page: str) -> tuple[str, dict[str, Any]]:
    """A page of a draft that has it, and what was typed there before."""
    kind = "premises" if page in ON_PREMISES else "person"
    told = {"told": "He shouted.", "told_by": "The caretaker"}
    report = drafted(council, kind=kind, crime={"crime": "yes"}, told=told)
    typed = {**report.answers.get(page, {})}
    if "colleagues" in typed:
        typed["colleagues"] = ""
    return reverse("cautionary:report_page", args=[report.reference, page]), typed


@pytest.mark.parametrize(("page", "field"), FIELDS)
def test_odd_words_do_no_harm(council: Council, browser: Client, page: str, field: str) -> None:
    url, typed = page_of(council, page)
    for kind, words in ODD.items():
        answer = browser.post(url, typed | {field: words})

        assert answer.status_code in (302, 400), kind
        shown = browser.get(url).content.decode() + answer.content.decode()
        assert "<script>alert" not in shown, kind


@pytest.mark.parametrize(("page", "field"), PROSE)
def test_odd_words_are_kept_as_text_without_hidden_signs(
    council: Council, browser: Client, page: str, field: str
) -> None:
    url, typed = page_of(council, page)
    for kind, words in ODD.items():
        assert browser.post(url, typed | {field: words}).status_code == 302, kind

        kept = IncidentReport.objects.get().answers[page][field]
        seen = "".join(sign for sign in words if sign not in HIDDEN)
        assert kept.split() == seen.split(), kind


@pytest.mark.parametrize(("page", "field"), FIELDS)
def test_fifty_kilobytes_are_refused_at_once_and_kept(
    council: Council, browser: Client, page: str, field: str
) -> None:
    url, typed = page_of(council, page)
    start = perf_counter()

    answer = browser.post(url, typed | {field: LONG})

    assert perf_counter() - start < 5  # far below a second on an idle machine
    assert answer.status_code == 400
    shown = unescape(answer.content.decode())
    assert "There is a problem" in shown
    assert LONG[:200] in shown


@pytest.mark.parametrize(("page", "field"), FIELDS)
def test_nul_is_refused_and_the_rest_is_kept(
    council: Council, browser: Client, page: str, field: str
) -> None:
    url, typed = page_of(council, page)

    answer = browser.post(url, typed | {field: NUL})

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize("typed", ["3/11/26", "03.11.26", "3 Nov 26"])
def test_day_of_the_incident_is_kept_however_it_is_written(
    council: Council, browser: Client, typed: str
) -> None:
    url, when = page_of(council, "when")

    assert browser.post(url, when | {"occurred_on": typed}).status_code == 302
    assert IncidentReport.objects.get().answers["when"]["occurred_on"] == "2026-11-03"


def test_day_that_cannot_be_read_comes_back_with_an_example(
    council: Council, browser: Client
) -> None:
    url, when = page_of(council, "when")

    answer = browser.post(url, when | {"occurred_on": "last Tuesdayish"})

    assert answer.status_code == 400
    assert "Write it like 21/11/2026" in answer.content.decode()
    assert "last Tuesdayish" in answer.content.decode()


@pytest.mark.parametrize(("page", "field"), CHOICES)
@pytest.mark.parametrize("value", ["none of these", NUL, LONG, "<b>"])
def test_choice_that_was_not_offered_is_refused(
    council: Council, browser: Client, page: str, field: str, value: str
) -> None:
    url, typed = page_of(council, page)

    answer = browser.post(url, typed | {field: value})

    assert answer.status_code == 400
    assert "<b>" not in answer.content.decode()


@pytest.mark.parametrize("value", ["", "none of these", NUL, LONG])
def test_report_about_nothing_known_is_not_begun(
    council: Council, browser: Client, value: str
) -> None:
    answer = browser.post(reverse("cautionary:report"), {"about": value})

    assert answer.status_code == 400
    assert not IncidentReport.objects.exists()


@pytest.mark.parametrize("page", ["state", "police", "animal", "x" * 3000, "check2", "0"])
def test_page_that_is_none_is_not_found(council: Council, browser: Client, page: str) -> None:
    report = drafted(council)
    url = reverse("cautionary:report_page", args=[report.reference, page])

    assert browser.get(url).status_code == 404
    assert browser.post(url, {"x": "y"}).status_code == 404


@pytest.mark.parametrize("reference", ["INC-2026-9999", "0", "x" * 5000, "CPR-2026-0001"])
def test_reference_that_is_none_is_refused(
    council: Council, browser: Client, reference: str
) -> None:
    assert browser.get(reverse("cautionary:check_report", args=[reference])).status_code == 403


def test_too_many_colleagues_and_unknown_ones_are_refused(
    council: Council, browser: Client
) -> None:
    url, typed = page_of(council, "others")
    crowd = "\n".join(f"colleague-{number}" for number in range(21))

    assert "at most 20" in browser.post(url, typed | {"colleagues": crowd}).content.decode()
    unknown = browser.post(url, typed | {"colleagues": "reporter\nnobody-at-all"})
    assert "nobody-at-all" in unknown.content.decode()
    assert browser.post(url, typed | {"colleagues": "reporter\n\nreporter"}).status_code == 302


@pytest.mark.parametrize("kind", [*ODD, "nul", "long", "empty"])
def test_account_takes_words_as_text(council: Council, kind: str) -> None:
    employee = make_person("colleague")
    submitted(council, others={"colleagues": [str(employee.pk)]})
    browser = Client()
    browser.force_login(employee)
    words = ODD | {"nul": NUL, "long": LONG, "empty": "  "}
    url = reverse("cautionary:give_account", args=[Statement.objects.get().pk])

    looked = browser.post(url, {"text": words[kind]})
    sent = browser.post(url, {"text": words[kind], "send": ""})

    good = kind in ODD
    assert looked.status_code == (200 if good else 400)
    assert sent.status_code == (302 if good else 400)
    assert "<script>alert" not in looked.content.decode()
    assert bool(Statement.objects.get().given_at) is good


def test_answers_that_an_older_version_kept_do_no_harm(council: Council, browser: Client) -> None:
    report = drafted(council)
    report.answers = {**report.answers, "gone": {"x": 1}, "person": {"name": "A", "nick": "B"}}
    report.save()

    shown = browser.get(reverse("cautionary:check_report", args=[report.reference]))
    page = browser.get(reverse("cautionary:report_page", args=[report.reference, "person"]))

    assert (shown.status_code, page.status_code) == (200, 200)
