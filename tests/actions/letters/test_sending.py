"""How a letter leaves the house: by post on a day, or by e-mail when a server took it (A22)."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.letters import (
    issue_letter,
    record_sent,
    reissue_letter,
    send_by_email,
    stop_email,
    write_letter,
)
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.models import AudienceMember, Letter, OutboxMessage
from cautionary_plugin.outbox import pdf
from cautionary_plugin.outbox.deliver import undelivered
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady
from cautionary_plugin.rules.vocabulary import SentBy
from tests.council import PLANTED, Council
from tests.letters import WHY, issued, posted, written
from tests.mailers import send_through
from tests.races import race, refusals

pytestmark = pytest.mark.django_db

ADDRESS = "thaddeus@quimberly.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def letter(council: Council) -> Letter:
    letter = issued(council)
    OutboxMessage.objects.all().delete()  # the owner was told of an enrolment code
    return letter


def send(letter: Letter, council: Council, address: str = ADDRESS) -> OutboxMessage:
    return send_by_email(letter=letter, address=address, by=council.owner, at=timezone.now())


# By post


@pytest.mark.clause("A22")
def test_posted_letter_has_its_day_and_method_and_is_owed_no_more(council: Council) -> None:
    letter = posted(council)

    assert (letter.sent_on, letter.sent_by_method) == (timezone.localdate(), SentBy.POST)
    assert letter.sent_to.startswith(PLANTED)
    assert not Letter.objects.owed().exists()


@pytest.mark.clause("A22")
def test_letter_that_was_not_issued_is_not_sent(council: Council) -> None:
    letter, today = written(council), timezone.localdate()

    with pytest.raises(NotReady):
        record_sent(letter=letter, sent_on=today, by=council.owner, at=timezone.now())
    with pytest.raises(NotReady):
        send(letter, council)


@pytest.mark.parametrize("days", [-1, 1])
def test_day_before_issue_or_still_to_come_is_refused(
    letter: Letter, council: Council, days: int
) -> None:
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(BadInput) as refusal:
        record_sent(letter=letter, sent_on=day, by=council.owner, at=timezone.now())

    assert list(refusal.value.problems) == ["sent_on"]


def test_sent_twice_is_refused(council: Council) -> None:
    letter = posted(council)

    with pytest.raises(AlreadyDone):
        record_sent(
            letter=letter, sent_on=timezone.localdate(), by=council.owner, at=timezone.now()
        )
    with pytest.raises(AlreadyDone):
        send(letter, council)


# By e-mail


@pytest.mark.clause("A22")
def test_emailed_letter_counts_as_sent_once_a_server_took_it(
    letter: Letter, council: Council
) -> None:
    message = send(letter, council)
    letter.refresh_from_db()
    assert letter.sent_on is None

    assert deliver(at=timezone.now()) == 1

    letter.refresh_from_db()
    message.refresh_from_db()
    assert letter.sent_on == timezone.localdate(message.sent_at)
    assert (letter.sent_by_method, letter.sent_to) == (SentBy.EMAIL, ADDRESS)
    assert letter.sent_recorded_by == council.owner


@pytest.mark.clause("A21")
def test_mail_around_the_letter_is_neutral_and_the_letter_is_in_the_pdf(
    letter: Letter, council: Council
) -> None:
    send(letter, council)
    deliver(at=timezone.now())

    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("letter.pdf", "application/pdf")
    around = f"{sent.subject}\n{sent.body}\n{sent.extra_headers}\n{name}"
    for word in ("Quimberly", letter.entry.reference, "egister", "surveyor"):
        assert word not in around
    assert PLANTED in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_letter_that_a_dead_process_delivered_is_noted_by_the_next_run(
    letter: Letter, council: Council
) -> None:
    message = send(letter, council)
    yesterday = timezone.now() - timedelta(days=1)
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=yesterday)  # and died

    call_command("cautionary_daily", verbosity=0)

    letter.refresh_from_db()
    assert letter.sent_on == timezone.localdate(yesterday)
    assert not [each for each in mail.outbox if each.attachments]


def test_refused_email_stays_undelivered_until_it_is_stopped(
    letter: Letter, council: Council, settings: Any
) -> None:
    message = send(letter, council)
    send_through(settings, "tests.outbox.backends.Broken")
    deliver(at=timezone.now())
    assert list(undelivered()) == [message]
    with pytest.raises(AlreadyDone, match="Stop that e-mail"):
        record_sent(
            letter=letter, sent_on=timezone.localdate(), by=council.owner, at=timezone.now()
        )

    stop_email(letter=letter, by=council.owner, at=timezone.now())

    record_sent(letter=letter, sent_on=timezone.localdate(), by=council.owner, at=timezone.now())
    assert not OutboxMessage.objects.exists()
    letter.refresh_from_db()
    assert letter.sent_by_method == SentBy.POST


def test_delivered_email_cannot_be_stopped(letter: Letter, council: Council) -> None:
    send(letter, council)
    deliver(at=timezone.now())

    with pytest.raises(AlreadyDone):
        stop_email(letter=letter, by=council.owner, at=timezone.now())


def test_nothing_of_a_letter_changes_while_its_email_waits(
    letter: Letter, council: Council
) -> None:
    send(letter, council)

    with pytest.raises(AlreadyDone):
        write_letter(letter=letter, own_words={}, by=council.owner, at=timezone.now())
    with pytest.raises(AlreadyDone):
        reissue_letter(letter=letter, by=council.owner, at=timezone.now())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "thaddeus",
        "a@b.example, everybody@example.org",
        "a@b.example\r\nBcc: everybody@example.org",
        "a@b.example\nX-Header: forged",
        "Thaddeus <a@b.example>",
    ],
)
def test_only_one_plain_address_is_taken(letter: Letter, council: Council, address: str) -> None:
    with pytest.raises(BadInput) as refusal:
        send(letter, council, address)

    assert list(refusal.value.problems) == ["address"]
    assert not OutboxMessage.objects.exists()


@pytest.mark.clause("A23")
def test_letter_that_is_out_of_date_is_not_emailed(letter: Letter, council: Council) -> None:
    AudienceMember.objects.update(service=council.revenues)
    fresh = Letter.objects.get(pk=letter.pk)

    with pytest.raises(NotReady, match="changed"):
        send(fresh, council)

    reissue_letter(letter=fresh, by=council.owner, at=timezone.now())
    send(Letter.objects.get(pk=letter.pk), council)


def test_without_the_extra_the_letter_is_not_emailed_and_says_what_to_install(
    letter: Letter, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)

    with pytest.raises(NotReady) as refusal:
        send(letter, council)

    assert "cautionary-plugin[pdf]" in refusal.value.missing[0]


# Two at once


@pytest.mark.django_db(transaction=True)
def test_letter_sent_by_post_and_email_at_once_is_sent_once(council: Council) -> None:
    letter, now = issued(council), timezone.now()

    outcomes = race(
        lambda: record_sent(letter=letter, sent_on=now.date(), by=council.owner, at=now),
        lambda: send(letter, council),
        lambda: send(letter, council),
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 2


@pytest.mark.django_db(transaction=True)
def test_letter_changed_and_issued_at_once_says_what_it_says(council: Council) -> None:
    letter, now = written(council), timezone.now()
    other = {"why": f"{WHY} They were not hurt."}

    outcomes = race(
        lambda: issue_letter(letter=letter, by=council.owner, at=now),
        lambda: write_letter(letter=letter, own_words=other, by=council.owner, at=now),
    )

    letter.refresh_from_db()
    assert refusals(outcomes) == []
    assert letter.own_words == other
    assert letter.body["data"]["why"] in (WHY, other["why"])
