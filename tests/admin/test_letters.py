"""The screens of letters: what is owed, what is missing, who sees it, what hostile input does."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.bulletins import owe_bulletin
from cautionary_plugin.actions.letters import exempt_from_letter
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.models import (
    AccessRecord,
    Letter,
    LetterWording,
    NotificationExemption,
    OutboxMessage,
    Register,
    StaffBulletin,
)
from cautionary_plugin.outbox import pdf
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.council import (
    PLANTED,
    Council,
    brief,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.letters import WHY, issued, owed, posted, ready_to_write, written
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASONS = {
    "belief": "He would come to the office at once and attack whoever is there.",
    "reasons": "He did so in 2024; the Police have it on record.",
    "retest_on": f"{timezone.localdate() + timedelta(days=60):%d %m %Y}",
}


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary_{name}", args=args)


def get(browser: Client, name: str, *args: Any) -> str:
    response = browser.get(url(name, *args))
    assert response.status_code == 200, response.content
    return response.content.decode()


def colleague(council: Council, kind: PostKind) -> Client:
    user = make_person(kind.value)
    hold_post(council, user, kind)
    brief(council, user)
    let_into_wagtail(user)
    return through_the_door(user)


def exempt(council: Council, letter: Letter) -> NotificationExemption:
    return exempt_from_letter(
        entry=letter.entry,
        belief=REASONS["belief"],
        reasons=REASONS["reasons"],
        retest_on=timezone.localdate() + timedelta(days=60),
        by=council.owner,
        at=timezone.now(),
    )


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


# Hostile input


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_odd_words_are_kept_and_shown_as_text(council: Council, owner: Client, typed: str) -> None:
    ready_to_write(council)
    letter = owed(council)

    owner.post(url("letter_write", letter.pk), {"why": f"{WHY} {typed}", "addressee": ""})
    owner.post(url("letter_issue", letter.pk))
    printed = get(owner, "letter_print", letter.pk)

    assert "<script>alert" not in printed
    assert "<b>bold" not in printed
    assert "{{ 7|add:7 }}" in printed or "template" not in typed
    letter.refresh_from_db()
    assert letter.issued_at is not None


@pytest.mark.parametrize("typed", [LONG, NUL], ids=["long", "nul"])
@pytest.mark.parametrize("field", ["why", "addressee"])
def test_words_that_cannot_be_come_back_with_a_plain_error(
    council: Council, owner: Client, field: str, typed: str
) -> None:
    letter = owed(council)

    answer = owner.post(url("letter_write", letter.pk), {"why": WHY} | {field: typed})

    assert answer.status_code == 400
    assert typed[:40].replace("\0", "") in answer.content.decode().replace("\0", "")
    assert f'href="#id_{field}"' in answer.content.decode()
    assert Letter.objects.get().own_words == {}


def test_hidden_fields_posted_by_hand_change_nothing(council: Council, owner: Client) -> None:
    ready_to_write(council)
    letter = owed(council)
    forged = {"issued_at": "2020-01-01", "sent_on": "2020-01-01", "kind": "removal", "body": "{}"}

    owner.post(url("letter_write", letter.pk), {"why": WHY, **forged})

    letter.refresh_from_db()
    assert (letter.issued_at, letter.sent_on, letter.kind) == (None, None, "addition")
    assert letter.own_words == {"why": WHY}


# The bulletin


@pytest.mark.clause("A20")
def test_bulletin_is_shown_before_it_goes_and_goes_once(council: Council, owner: Client) -> None:
    (entry,) = list_entries(council)
    owe_bulletin(entry=entry, at=timezone.now())
    OutboxMessage.objects.all().delete()
    assert entry.reference in get(owner, "letters")

    shown = get(owner, "bulletin", entry.reference)
    assert "goes to one person" in shown
    assert "There is a new entry" in shown
    first = owner.post(url("bulletin", entry.reference))
    second = owner.post(url("bulletin", entry.reference))

    assert (first.status_code, second.status_code) == (302, 409)
    assert OutboxMessage.objects.count() == 1
    assert StaffBulletin.objects.get().recipients == 1


# Not informed (A27)


@pytest.mark.clause("A27")
def test_exemption_is_decided_on_screen_and_listed_for_owner_safety_and_dpo(
    council: Council, owner: Client
) -> None:
    letter = owed(council)

    answer = owner.post(url("letter_exempt", letter.pk), REASONS)

    assert answer.status_code == 302
    assert letter.entry.reference not in get(owner, "letters")
    for browser in (
        owner,
        colleague(council, PostKind.HEALTH_AND_SAFETY),
        colleague(council, PostKind.DATA_PROTECTION),
    ):
        shown = get(browser, "exemptions")
        assert letter.entry.reference in shown
        assert "attack" not in shown


@pytest.mark.clause("A27")
def test_reasons_are_read_by_those_who_review_and_that_is_recorded(
    council: Council, owner: Client
) -> None:
    exemption = exempt(council, owed(council))
    door = url("exemption", exemption.entry.reference)
    safety = colleague(council, PostKind.HEALTH_AND_SAFETY)
    dpo = colleague(council, PostKind.DATA_PROTECTION)

    read = safety.get(door)

    assert REASONS["belief"] in read.content.decode()
    assert "Keep the exemption" not in read.content.decode()
    assert AccessRecord.objects.filter(act=Act.READ_LETTER).count() == 1
    assert dpo.get(door).status_code == 403


@pytest.mark.clause("A27")
def test_exemption_is_tested_again_and_ended_on_screen(council: Council, owner: Client) -> None:
    letter = owed(council)
    exempt(council, letter)
    reference = letter.entry.reference

    kept = owner.post(url("exemption", reference), REASONS)
    assert (kept.status_code, NotificationExemption.objects.count()) == (302, 2)
    ended = owner.post(url("exemption_end", reference))

    assert ended.status_code == 302
    assert not NotificationExemption.objects.filter(ended_at=None).exists()
    assert reference in get(owner, "letters")
    assert owner.post(url("exemption_end", reference)).status_code == 404


@pytest.mark.parametrize("field", ["belief", "reasons", "retest_on"])
@pytest.mark.parametrize("typed", ["", "x", LONG, NUL], ids=["empty", "short", "long", "nul"])
def test_exemption_with_a_gap_is_refused_and_what_was_typed_stays(
    council: Council, owner: Client, field: str, typed: str
) -> None:
    letter = owed(council)

    answer = owner.post(url("letter_exempt", letter.pk), REASONS | {field: typed})

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not NotificationExemption.objects.exists()


def test_list_of_exemptions_costs_the_same_however_long(council: Council, owner: Client) -> None:
    entries = list_entries(council, *[row(name=f"Ada Fenwick{'abcdef'[n]}") for n in range(6)])
    exempt(council, owed(council, entry=entries[0]))
    one = fewest_queries(lambda: owner.get(url("exemptions")))
    for entry in entries[1:]:
        exempt(council, owed(council, entry=entry))

    assert fewest_queries(lambda: owner.get(url("exemptions"))) == one


# The wording


def test_wording_is_looked_at_first_and_then_kept_as_a_version(
    council: Council, owner: Client
) -> None:
    door = url("wording", "cpr", "warning")
    words = DEFAULT_WORDING[LetterKind.WARNING] | {"expected": "Be kind to the staff of {council}."}
    ready_to_write(council)

    looked = owner.post(door, words | {"look": "1"})
    assert "Be kind to the staff of Weldham Borough Council." in looked.content.decode()
    assert not LetterWording.objects.exists()
    owner.post(door, words | {"keep": "1"})

    assert LetterWording.objects.get().paragraphs["expected"] == words["expected"]
    assert "Version 1" in get(owner, "wordings")


@pytest.mark.clause("A23")
@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("until", "For ever."),
        ("marker", ""),
        ("appeal", "Ask {nobody_knows} about {appeal_contact}."),
        ("why", LONG),
        ("why", NUL),
    ],
)
def test_wording_that_lost_something_comes_back(owner: Client, item: str, typed: str) -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {item: typed}

    answer = owner.post(url("wording", "cpr", "addition"), words | {"keep": "1"})

    assert answer.status_code == 400
    assert f'href="#id_{item}"' in answer.content.decode()
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_odd_wording_is_text(owner: Client, typed: str) -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {"opening": typed}

    shown = owner.post(url("wording", "cpr", "addition"), words | {"look": "1"})

    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()


@pytest.mark.parametrize(("register", "kind"), [("cpr", "no-such-letter"), ("nowhere", "addition")])
def test_wording_of_nothing_is_not_there(owner: Client, register: str, kind: str) -> None:
    assert owner.get(url("wording", register, kind)).status_code == 404


# The same button twice


POSTS: dict[str, tuple[Callable[[Council], Letter], dict[str, str], str]] = {
    "letter_issue": (written, {}, "issued before"),
    "letter_posted": (issued, {"sent_on": f"{timezone.localdate():%d/%m/%Y}"}, "sent before"),
    "letter_email": (issued, {"address": "a@b.example", "confirmed": "on"}, "on its way"),
    "letter_exempt": (owed, REASONS, "stands already"),
}


@pytest.mark.parametrize("name", POSTS)
def test_same_post_twice_is_told_plainly(council: Council, owner: Client, name: str) -> None:
    make, data, told = POSTS[name]
    letter = make(council)
    Letter.objects.update(due_on=date(2026, 12, 2))

    first = owner.post(url(name, letter.pk), data)
    second = owner.post(url(name, letter.pk), data)

    assert first.status_code == 302
    assert second.status_code in (400, 409)
    assert told in second.content.decode()
