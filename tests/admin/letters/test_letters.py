"""The list of letters, and the page of one."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.bulletins import owe_bulletin
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.models import AccessRecord, Letter, OutboxMessage, Register
from cautionary_plugin.outbox import pdf
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.letters.pages import get
from tests.admin.pages import url
from tests.council import PLANTED, Council, found_council, list_entries, row
from tests.hostile import LONG, NUL
from tests.letters import WHY, issued, owed, posted, ready_to_write, written
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


# The list


@pytest.mark.clause("A22")
def test_letters_stand_by_the_day_on_which_they_are_due_overdue_ones_marked(
    council: Council, owner: Client
) -> None:
    first, second = list_entries(council, row(), row(name="Ada Fenwick"))
    late, early = owed(council, entry=second), owed(council, entry=first)
    Letter.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    Letter.objects.filter(pk=early.pk).update(due_on=timezone.localdate() + timedelta(days=1))

    shown = get(owner, "letters")

    assert shown.index(second.reference) < shown.index(first.reference)
    assert shown.count("cautionary-late") == 1
    assert "Overdue by 3 days" in shown
    assert "Due tomorrow" in shown


def test_list_shows_references_and_no_name(council: Council, owner: Client) -> None:
    letter = owed(council)

    shown = get(owner, "letters")

    assert letter.entry.reference in shown
    assert "Quimberly" not in shown


def test_empty_list_says_what_makes_a_letter_due(owner: Client) -> None:
    assert "makes one due" in get(owner, "letters")


def test_list_costs_the_same_however_long(council: Council, owner: Client) -> None:
    entries = list_entries(council, *[row(name=f"Ada Fenwick{'abcdefgh'[n]}") for n in range(8)])
    owed(council, entry=entries[0])
    owe_bulletin(entry=entries[0], at=timezone.now())
    one = fewest_queries(lambda: owner.get(url("letters")))
    for entry in entries[1:]:
        owed(council, entry=entry)
        owe_bulletin(entry=entry, at=timezone.now())

    assert fewest_queries(lambda: owner.get(url("letters"))) == one


def test_letters_of_another_register_are_not_there(council: Council, owner: Client) -> None:
    other = found_council(slug="other", prefix="OTH")
    letter = written(other)

    assert letter.entry.reference not in get(owner, "letters")
    for name in ("letter", "letter_write", "letter_issue", "letter_posted", "letter_email"):
        assert owner.get(url(name, letter.pk)).status_code == 404
    assert owner.post(url("letter_issue", letter.pk)).status_code == 404
    assert owner.get(url("bulletin", letter.entry.reference)).status_code == 404


# One letter


@pytest.mark.clause("A23")
def test_page_of_a_letter_says_item_by_item_what_is_missing(
    council: Council, owner: Client
) -> None:
    letter = owed(council)

    shown = get(owner, "letter", letter.pk)

    assert "Say in your own words" in shown
    assert "Where to appeal is not set" in shown
    assert "Issue the letter" not in shown
    assert AccessRecord.objects.filter(act=Act.READ_LETTER).count() == 1


@pytest.mark.clause("A22")
def test_owner_writes_issues_prints_and_posts(council: Council, owner: Client) -> None:
    ready_to_write(council)
    letter = owed(council)

    owner.post(url("letter_write", letter.pk), {"why": WHY, "addressee": ""})
    assert "raised a spade" in get(owner, "letter_issue", letter.pk)
    owner.post(url("letter_issue", letter.pk))
    printed = get(owner, "letter_print", letter.pk)
    made = owner.get(url("letter_pdf", letter.pk))
    today = timezone.localdate()
    owner.post(url("letter_posted", letter.pk), {"sent_on": f"{today:%d/%m/%Y}"})

    assert PLANTED in printed
    assert "script" not in printed
    assert made["Content-Type"] == "application/pdf"
    assert letter.entry.reference in made["Content-Disposition"]
    assert PLANTED in PdfReader(BytesIO(made.content)).pages[0].extract_text()
    assert "no-store" in made["Cache-Control"]
    letter.refresh_from_db()
    assert (letter.sent_on, letter.sent_by_method) == (today, "post")


def test_issue_of_a_letter_with_a_gap_says_so_and_issues_nothing(
    council: Council, owner: Client
) -> None:
    letter = owed(council)

    answer = owner.post(url("letter_issue", letter.pk))

    assert answer.status_code == 409
    assert "Say in your own words" in answer.content.decode()
    assert Letter.objects.get().issued_at is None


@pytest.mark.parametrize("name", ["letter_print", "letter_pdf"])
def test_letter_that_was_not_issued_is_not_printed(
    council: Council, owner: Client, name: str
) -> None:
    answer = owner.get(url(name, written(council).pk))

    assert answer.status_code == 409
    assert PLANTED not in answer.content.decode()


@pytest.mark.parametrize("day", ["", "soon", "32/12/2026", "1/1/2020", NUL])
def test_posted_on_no_such_day_is_refused_and_what_was_typed_stays(
    council: Council, owner: Client, day: str
) -> None:
    letter = issued(council)

    answer = owner.post(url("letter_posted", letter.pk), {"sent_on": day})

    assert answer.status_code == 400
    assert Letter.objects.get().sent_on is None
    assert 'href="#id_sent_on"' in answer.content.decode()


def test_email_is_confirmed_with_the_address_in_view(council: Council, owner: Client) -> None:
    letter = issued(council)
    OutboxMessage.objects.all().delete()
    door = url("letter_email", letter.pk)

    first = owner.post(door, {"address": "thaddeus@quimberly.example"})
    assert "thaddeus@quimberly.example" in first.content.decode()
    assert not OutboxMessage.objects.exists()
    second = owner.post(door, {"address": "thaddeus@quimberly.example", "confirmed": "on"})

    assert second.status_code == 302
    assert "quimberly" not in second["Location"]
    deliver(at=timezone.now())
    assert [each.to for each in mail.outbox] == [["thaddeus@quimberly.example"]]


@pytest.mark.parametrize("address", ["thaddeus", "a@b.example\r\nBcc: c@d.example", LONG, NUL])
def test_email_to_no_address_is_refused_and_what_was_typed_comes_back(
    council: Council, owner: Client, address: str
) -> None:
    letter = issued(council)
    OutboxMessage.objects.all().delete()

    answer = owner.post(url("letter_email", letter.pk), {"address": address, "confirmed": "on"})

    assert answer.status_code == 400
    assert 'href="#id_address"' in answer.content.decode()
    assert not OutboxMessage.objects.exists()


def test_undelivered_email_shows_and_is_stopped(
    council: Council, owner: Client, settings: Any
) -> None:
    from tests.mailers import send_through

    letter = issued(council)
    OutboxMessage.objects.all().delete()
    send_through(settings, "tests.outbox.backends.Broken")
    owner.post(url("letter_email", letter.pk), {"address": "a@b.example", "confirmed": "on"})
    deliver(at=timezone.now())

    assert "One e-mail was tried and not delivered yet" in get(owner, "letters")
    assert "tried once and not delivered" in get(owner, "letter", letter.pk)
    owner.post(url("letter_stop_email", letter.pk))
    assert "Record it as posted" in get(owner, "letter", letter.pk)


def test_letter_that_is_out_of_date_says_so(council: Council, owner: Client) -> None:
    letter = issued(council)
    Register.objects.update(appeal_contact="Another office altogether")

    shown = get(owner, "letter", letter.pk)
    assert "has changed since it was issued" in shown
    assert "Another office" in shown

    owner.post(url("letter_issue", letter.pk))
    assert "has changed since" not in get(owner, "letter", letter.pk)


def test_sent_letter_shows_where_and_when_and_offers_nothing_more(
    council: Council, owner: Client
) -> None:
    letter = posted(council)

    shown = get(owner, "letter", letter.pk)

    assert "Sent by post on" in shown
    for button in ("Issue", "Record it as posted", "Send it by e-mail", "Do not inform"):
        assert f">{button}" not in shown


def test_without_the_extra_the_screens_say_what_to_install(
    council: Council, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    letter = issued(council)

    assert "cautionary-plugin[pdf]" in get(owner, "letter", letter.pk)
    assert "cautionary-plugin[pdf]" in get(owner, "letter_email", letter.pk)
    assert PLANTED in get(owner, "letter_print", letter.pk)
    assert owner.get(url("letter_pdf", letter.pk)).status_code == 409
