"""The screen "Who looked": for the owner and the data protection officer, month by month (L5)."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Entry, UsageReview
from cautionary_plugin.outbox.deliver import deliver_waiting
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    Council,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    through_the_door,
)
from tests.factors import enrol, make_person
from tests.queries import fewest_queries
from tests.usage import colleague, council_of_long_ago, last_month, looked, on, working_day

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5"), pytest.mark.clause("A40")]


@pytest.fixture
def council() -> Council:
    return council_of_long_ago()


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council)
    return entry


@pytest.fixture
def officer(council: Council) -> Client:
    """The browser of the data protection officer."""
    officer = make_person("dpo")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    let_into_wagtail(officer)
    return through_the_door(officer)


def url(name: str, council: Council) -> str:
    month = last_month()
    return reverse(
        f"cautionary_who_looked_{name}", args=[council.register.slug, month.year, month.month]
    )


def text_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_month_shows_by_person_by_entry_and_what_is_unusual(
    council: Council, entry: Entry, officer: Client
) -> None:
    robin = colleague("robin", "Quimberly")
    looked(robin, council.register, at=on(working_day(council.register), 10), entry=entry)

    shown = text_of(officer.get(url("month", council)))

    assert "Looked at somebody of the same surname" in shown
    assert "Robin Quimberly (robin)" in shown
    assert f"user_key={robin.pk}&amp;reference={entry.reference}" in shown
    assert "Everybody who looked (1)" in shown
    assert "Nobody has reviewed it yet" in shown
    line = AccessRecord.objects.filter(screen="cautionary/who-looked").get()
    assert (line.act, line.register) == (Act.LISTED, council.register)


def test_lines_of_one_person_on_one_day_are_found(
    council: Council, entry: Entry, officer: Client
) -> None:
    day = working_day(council.register)
    robin, other = make_person("robin"), make_person("someoneelse")
    looked(robin, council.register, at=on(day, 10), entry=entry)
    looked(other, council.register, at=on(day, 10), entry=entry)
    looked(robin, council.register, at=timezone.now(), entry=entry)

    index = reverse("cautionary_access-record_modeladmin_index")
    page = officer.get(index, {"user_key": str(robin.pk), "day": f"{day:%d %m %Y}"})

    assert "someoneelse" not in text_of(page)
    assert len(page.context["lines"]) == 1


def test_day_that_cannot_be_is_said_and_shows_no_line(
    council: Council, entry: Entry, officer: Client
) -> None:
    robin = make_person("robin")
    looked(robin, council.register, at=on(working_day(council.register), 10), entry=entry)
    index = reverse("cautionary_access-record_modeladmin_index")

    page = officer.get(index, {"day": "31/2/2026"})
    small = officer.get(index, {"reference": entry.reference.lower()})

    assert page.context["lines"] == []
    assert "Write it like 21/11/2026" in text_of(page)
    assert "robin" in text_of(small)


def test_second_factor_that_mail_tells_of_by_number_is_named_on_the_screen(
    council: Council, officer: Client, mailoutbox: list[EmailMessage]
) -> None:
    robin = colleague("robin", "Hale")
    enrol(robin)
    deliver_waiting(at=timezone.now())
    index = reverse("cautionary_access-record_modeladmin_index")

    body = mailoutbox[-1].body
    line, *_others = officer.get(index, {"reference": f"user {robin.pk}"}).context["lines"]
    shown = text_of(officer.get(line.url))

    assert f"find user {robin.pk} as the reference of a line in the access record" in body
    assert "Hale" not in body
    assert "Robin Hale (robin)" in shown[shown.index("Whose") :]


def test_account_that_the_host_deleted_is_shown_by_its_number(
    council: Council, entry: Entry, officer: Client
) -> None:
    robin = colleague("robin", "Hale")
    looked(robin, council.register, at=on(working_day(council.register), 10), entry=entry)
    key = str(robin.pk)
    robin.delete()

    assert f"#{key}" in text_of(officer.get(url("people", council)))


def test_month_is_read_back_and_signed(council: Council, entry: Entry, officer: Client) -> None:
    looked(make_person("owl"), council.register, at=on(last_month(), 2), entry=entry)
    wordless = officer.post(url("sign", council), {"step": "read_back", "notes": ""})
    assert wordless.status_code == 400
    assert "Say whom you asked" in wordless.content.decode()

    typed = {"notes": "Asked: she was on call."}
    assert "It cannot be taken back" in text_of(officer.post(url("sign", council), typed))
    assert not UsageReview.objects.exists()
    officer.post(url("sign", council), {"step": "record", **typed})

    assert UsageReview.objects.get().notes == "Asked: she was on call."
    shown = text_of(officer.get(url("month", council)))
    assert "Asked: she was on call." in shown
    assert "Sign this month" not in shown
    overview = text_of(officer.get(reverse("cautionary_who_looked")))
    assert "by dpo" in overview


@pytest.mark.parametrize(("year", "month"), [(1, 1), (2026, 13), (2998, 1), (99999, 1)])
def test_month_that_there_is_not_is_not_found(
    council: Council, officer: Client, year: int, month: int
) -> None:
    where = reverse("cautionary_who_looked_month", args=[council.register.slug, year, month])

    assert officer.get(where).status_code == 404


def test_owner_of_another_register_sees_nothing_of_this_one(council: Council) -> None:
    other = found_council(slug="second", prefix="SEC")
    let_into_wagtail(other.owner)
    browser = through_the_door(other.owner)

    for name in ("month", "people", "entries", "sign"):
        assert browser.get(url(name, council)).status_code == 403
    overview = text_of(browser.get(reverse("cautionary_who_looked")))
    assert other.register.name in overview
    assert f"/{council.register.slug}/" not in overview


@pytest.mark.parametrize("name", ["month", "people", "entries"])
def test_lists_take_the_same_queries_however_many_looked(
    council: Council, entry: Entry, officer: Client, name: str
) -> None:
    day = working_day(council.register)
    looked(colleague("one", "Quimberly"), council.register, at=on(day, 2), entry=entry)
    few = fewest_queries(lambda: officer.get(url(name, council)))
    for number in range(8):
        looked(colleague(f"p{number}", "Quimberly"), council.register, at=on(day, 2), entry=entry)

    assert fewest_queries(lambda: officer.get(url(name, council))) == few
