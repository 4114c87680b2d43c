"""Hostile input, the bulletin, exemptions, the wording, and the same button twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.bulletins import owe_bulletin
from cautionary_plugin.actions.letters import exempt_from_letter
from cautionary_plugin.models import (
    AccessRecord,
    Letter,
    LetterWording,
    NotificationExemption,
    OutboxMessage,
    StaffBulletin,
)
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.admin.letters.pages import get
from tests.admin.pages import url
from tests.council import (
    Council,
    brief,
    hold_post,
    let_into_wagtail,
    list_entries,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.letters import WHY, issued, owed, ready_to_write, written
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

REASONS = {
    "belief": "He would come to the office at once and attack whoever is there.",
    "reasons": "He did so in 2024; the Police have it on record.",
    "retest_on": f"{timezone.localdate() + timedelta(days=60):%d %m %Y}",
}


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
