"""The clock of a letter (A22), and what must be in it before it goes (A23)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import (
    issue_letter,
    owe_letter,
    write_letter,
)
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    AudienceMember,
    Entry,
    Letter,
    LetterWording,
    Register,
)
from cautionary_plugin.rules.errors import (
    NotReady,
)
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.actions.letters.writing.steps import body_of, say, text_of
from tests.council import Council, brief, hold_post, list_entries, row
from tests.factors import make_person
from tests.letters import COUNCIL, WHY, issued, owed, ready_to_write, written

pytestmark = pytest.mark.django_db


# The clock (A22)


@pytest.mark.clause("A22")
@pytest.mark.parametrize(
    ("nation", "closed", "due_on"),
    [
        ("ENG", [], date(2026, 12, 30)),  # 25 and 28 December are holidays, 26 and 27 a weekend
        ("ENG", [date(2026, 12, 29), date(2026, 12, 30)], date(2027, 1, 4)),
        ("SCT", [date(2026, 12, 29), date(2026, 12, 30)], date(2027, 1, 5)),
    ],
)
def test_letter_is_due_by_the_councils_working_days(
    council: Council, nation: str, closed: list[date], due_on: date
) -> None:
    (entry,) = list_entries(council)
    change_register(
        register=council.register,
        closures=closed,
        links={},
        by=council.owner,
        at=timezone.now(),
        nation=nation,
    )
    council.register.refresh_from_db()

    letter = owed(council, entry=entry, at=datetime(2026, 12, 24, 15, tzinfo=UTC))

    assert letter.due_on == due_on


@pytest.mark.clause("A22")
def test_owed_until_it_is_sent(council: Council) -> None:
    letter = issued(council)
    assert list(Letter.objects.owed()) == [letter]

    Letter.objects.filter(pk=letter.pk).update(sent_on=date(2026, 12, 3), sent_by_method="post")

    assert list(Letter.objects.owed()) == []


def test_nobody_is_told_of_an_entry_that_has_ended(council: Council) -> None:
    letter = written(council)
    Entry.objects.update(state="ended", why_ended="error", ended_at=timezone.now())
    removal = owed(council, LetterKind.REMOVAL, entry=letter.entry)

    assert list(Letter.objects.owed()) == [removal]


# The gate (A23)


def lose_own_words(council: Council, letter: Letter) -> None:
    say(letter, "", by=council.owner)


def lose_audience(council: Council, letter: Letter) -> None:
    AudienceMember.objects.all().delete()


def end_entry(council: Council, letter: Letter) -> None:
    Entry.objects.update(state="ended", why_ended="error", ended_at=timezone.now())


def lose(fact: str) -> Callable[[Council, Letter], None]:
    def without(council: Council, letter: Letter) -> None:
        Register.objects.update(**{fact: ""})

    return without


def lose_words(item: str) -> Callable[[Council, Letter], None]:
    """A wording in which an item is empty, as only a hand in the database could make it."""

    def without(council: Council, letter: Letter) -> None:
        LetterWording.objects.create(
            register=council.register,
            kind=letter.kind,
            version=1,
            paragraphs=DEFAULT_WORDING[LetterKind(letter.kind)] | {item: ""},
            made_at=timezone.now(),
        )

    return without


GAPS = {
    "why: own words": (lose_own_words, "own words"),
    "why: wording": (lose_words("why"), "wording"),
    "marker: wording": (lose_words("marker"), "wording"),
    "recipients: audience": (lose_audience, "no service"),
    "recipients: wording": (lose_words("recipients"), "wording"),
    "until: entry ended": (end_entry, "no end date"),
    "until: wording": (lose_words("until"), "wording"),
    "appeal: contact": (lose("appeal_contact"), "Where to appeal"),
    "appeal: wording": (lose_words("appeal"), "wording"),
    "council": (lose("council_name"), "name of the council"),
    "letterhead": (lose("letter_address"), "letterhead"),
}


@pytest.mark.clause("A23")
@pytest.mark.parametrize(("take_away", "told"), GAPS.values(), ids=GAPS.keys())
@pytest.mark.parametrize("kind", [LetterKind.ADDITION, LetterKind.RETENTION])
def test_letter_with_a_gap_is_not_issued(
    council: Council, kind: LetterKind, take_away: Any, told: str
) -> None:
    letter = written(council, kind=kind)
    take_away(council, letter)
    fresh = Letter.objects.get(pk=letter.pk)

    with pytest.raises(NotReady) as refusal:
        issue_letter(letter=fresh, by=council.owner, at=timezone.now())

    assert any(told in sentence for sentence in refusal.value.missing), refusal.value.missing
    assert Letter.objects.get(pk=letter.pk).issued_at is None


@pytest.mark.clause("A23")
def test_issued_letter_says_all_five_from_live_data(council: Council) -> None:
    letter = issued(council)

    said = text_of(letter)
    last_day = timezone.localdate() + timedelta(days=199)
    assert said["why"] == WHY
    assert "marker" in said["marker"]
    assert "Housing" in said["recipients"]
    assert f"{last_day.day} {last_day:%B %Y}" in said["until"]
    assert COUNCIL["appeal_contact"] in said["appeal"]
    assert body_of(letter).addressee == (
        "Thaddeus Quimberly",
        "7 Gantry Mews",
        "Weldham",
        "WX1 9ZZ",
    )
    assert body_of(letter).post == "Director (cpr)"


def test_removal_and_warning_have_their_own_gates(council: Council) -> None:
    ready_to_write(council)
    (entry,) = list_entries(council)
    removal = owed(council, LetterKind.REMOVAL, entry=entry)
    warning = owe_letter(
        kind=LetterKind.WARNING,
        case_file=entry.case_file,
        register=council.register,
        at=timezone.now(),
    )

    with pytest.raises(NotReady) as not_removed:
        issue_letter(letter=removal, by=council.owner, at=timezone.now())
    with pytest.raises(NotReady) as no_words:
        issue_letter(letter=warning, by=council.owner, at=timezone.now())
    assert not_removed.value.missing == ["The entry has not been removed."]
    assert len(no_words.value.missing) == 1

    say(warning, WHY, by=council.owner)
    issue_letter(letter=warning, by=council.owner, at=timezone.now())
    assert body_of(warning).reference == entry.case_file.reference


def test_letter_about_a_held_entry_waits_for_the_signature(council: Council) -> None:
    ready_to_write(council)
    (held,) = list_entries(council, row(date_of_birth=f"05/01/{timezone.localdate().year - 15}"))
    letter = say(owed(council, entry=held), WHY, by=council.owner)

    with pytest.raises(NotReady, match="cannot be issued"):
        issue_letter(letter=letter, by=council.owner, at=timezone.now())


def test_letter_about_premises_goes_to_the_occupier(council: Council) -> None:
    ready_to_write(council)
    (entry,) = list_entries(
        council,
        row(
            name="",
            date_of_birth="",
            kind="premises",
            hazard="A dog that bites",
            markers="Dangerous animal",
        ),
    )
    letter = say(owed(council, entry=entry), WHY, by=council.owner)
    issue_letter(letter=letter, by=council.owner, at=timezone.now())

    body = body_of(letter)
    assert (body.addressee[0], body.salutation) == ("The Occupier", "Dear Occupier")
    assert "this address" in text_of(letter)["opening"]


def test_typed_address_goes_before_the_file(council: Council) -> None:
    letter = written(council)
    words = {"why": WHY, "addressee": "Thaddeus Quimberly\nc/o The Hostel\n\n WX2 2BB "}
    write_letter(letter=letter, own_words=words, by=council.owner, at=timezone.now())

    issue_letter(letter=letter, by=council.owner, at=timezone.now())

    assert body_of(letter).addressee == ("Thaddeus Quimberly", "c/o The Hostel", "WX2 2BB")


def test_deputy_signs_for_the_holder(council: Council) -> None:
    letter, deputy = written(council), make_person("deputy")
    hold_post(council, deputy, PostKind.OWNER, as_deputy=True)
    brief(council, deputy)

    issue_letter(letter=letter, by=deputy, at=timezone.now())

    assert (body_of(letter).signed_by, body_of(letter).post) == ("deputy", "for the Director (cpr)")
