"""Own words, the gate, the issue: what the letter says comes from the register as it is (A23)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import (
    changed_since_issue,
    issue_letter,
    keep_wording,
    open_letter,
    owe_letter,
    preview,
    reissue_letter,
    write_letter,
)
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    AccessRecord,
    AudienceMember,
    Briefing,
    Entry,
    Letter,
    LetterWording,
    Register,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.letters import LetterBody
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.council import Council, brief, found_council, hold_post, list_entries, row
from tests.factors import make_person
from tests.hostile import LONG, ODD
from tests.letters import COUNCIL, WHY, issued, owed, posted, ready_to_write, written
from tests.races import race, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return found_council()


def body_of(letter: Letter) -> LetterBody:
    letter.refresh_from_db()
    return LetterBody.from_json(letter.body)


def text_of(letter: Letter) -> dict[str, str]:
    return {section.code: section.text for section in body_of(letter).sections}


def say(letter: Letter, why: str, *, by: Any) -> Letter:
    return write_letter(letter=letter, own_words={"why": why}, by=by, at=timezone.now())


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


# Issue, change, issue anew


def test_issued_twice_is_refused(council: Council) -> None:
    letter = issued(council)

    with pytest.raises(AlreadyDone):
        issue_letter(letter=letter, by=council.owner, at=timezone.now())


def test_issued_letter_keeps_its_words_when_the_wording_changes(council: Council) -> None:
    letter = issued(council)
    before = body_of(letter)
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {"marker": "Our files carry a flag."}

    keep_wording(
        register=council.register,
        kind=LetterKind.ADDITION,
        paragraphs=words,
        by=council.owner,
        at=timezone.now(),
    )

    assert body_of(letter) == before
    assert not changed_since_issue(letter)
    following = issued(council, entry=list_entries(council, row(name="Ada Fenwick"))[0])
    assert text_of(following)["marker"] == "Our files carry a flag."
    assert (following.wording.version, body_of(following).version) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda letter: Register.objects.update(appeal_contact="Somewhere else altogether"),
        lambda letter: Entry.objects.update(expires_at=timezone.now() + timedelta(days=33)),
        lambda letter: AudienceMember.objects.update(service_id=_revenues()),
        lambda letter: Letter.objects.get(pk=letter.pk),
    ],
    ids=["contact", "end", "audience", "nothing"],
)
@pytest.mark.clause("A23")
def test_change_after_issue_is_seen_and_issued_anew(
    council: Council, change: Any, request: pytest.FixtureRequest
) -> None:
    letter = issued(council)
    before = text_of(letter)
    change(letter)
    fresh = Letter.objects.get(pk=letter.pk)

    assert changed_since_issue(fresh) == (request.node.callspec.id != "nothing")

    reissue_letter(letter=fresh, by=council.owner, at=timezone.now())
    assert (text_of(letter) != before) == (request.node.callspec.id != "nothing")
    assert not changed_since_issue(Letter.objects.get(pk=letter.pk))


def _revenues() -> int:
    from cautionary_plugin.models import Service

    return Service.objects.get(slug="revenues").pk


def test_own_words_changed_after_issue_take_a_new_issue(council: Council) -> None:
    letter = issued(council)
    say(letter, f"{WHY} They have not been back.", by=council.owner)
    fresh = Letter.objects.get(pk=letter.pk)

    assert changed_since_issue(fresh)
    assert text_of(letter)["why"] == WHY


def test_nothing_of_a_sent_letter_changes(council: Council) -> None:
    letter = posted(council)

    with pytest.raises(AlreadyDone):
        say(letter, "Something else that says enough.", by=council.owner)
    with pytest.raises(AlreadyDone):
        reissue_letter(letter=letter, by=council.owner, at=timezone.now())


def test_letter_that_was_not_issued_is_not_issued_anew(council: Council) -> None:
    with pytest.raises(IllegalMove):
        reissue_letter(letter=written(council), by=council.owner, at=timezone.now())


# What is typed


@pytest.mark.clause("A23")
@pytest.mark.parametrize("typed", [*ODD.values(), "{why} {last_day} {{ letter.council }}"])
def test_hostile_words_are_words(council: Council, typed: str) -> None:
    ready_to_write(council)
    why = f"Because you said: {typed}"
    letter = say(owed(council), why, by=council.owner)

    issue_letter(letter=letter, by=council.owner, at=timezone.now())

    assert text_of(letter)["why"] == why.strip()


def test_own_words_have_an_end(council: Council) -> None:
    with pytest.raises(BadInput) as refusal:
        say(written(council), LONG, by=council.owner)

    assert list(refusal.value.problems) == ["why"]


def test_own_words_of_no_name_are_not_kept(council: Council) -> None:
    letter = write_letter(
        letter=written(council),
        own_words={"why": WHY, "last_day": "never", "status": "sent"},
        by=council.owner,
        at=timezone.now(),
    )

    assert letter.own_words == {"why": WHY}


# Who may


@pytest.mark.parametrize("kind", [PostKind.HEALTH_AND_SAFETY, PostKind.DATA_PROTECTION, None])
def test_others_neither_read_nor_write_nor_issue(council: Council, kind: PostKind | None) -> None:
    letter, other = written(council), make_person("other")
    if kind:
        hold_post(council, other, kind)
    brief(council, other)
    now = timezone.now()

    for attempt in (
        lambda: open_letter(letter=letter, by=other, at=now),
        lambda: say(letter, "Something else entirely.", by=other),
        lambda: issue_letter(letter=letter, by=other, at=now),
    ):
        with pytest.raises(NotYourPost):
            attempt()


def test_owner_of_another_register_does_not_write_here(council: Council) -> None:
    letter = written(council)
    other = found_council(slug="other", prefix="OTH")

    with pytest.raises(NotYourPost):
        issue_letter(letter=letter, by=other.owner, at=timezone.now())


def test_owner_whose_briefing_lapsed_writes_nothing(council: Council) -> None:
    letter = written(council)
    Briefing.objects.update(briefed_on=timezone.localdate() - timedelta(days=3 * 365))

    with pytest.raises(BriefingLapsed):
        issue_letter(letter=letter, by=council.owner, at=timezone.now())


def test_each_act_is_recorded_with_the_reference(council: Council) -> None:
    letter = issued(council)
    open_letter(letter=letter, by=council.owner, at=timezone.now())

    lines = AccessRecord.objects.filter(reference=letter.entry.reference)
    assert [line.act for line in lines.order_by("at", "pk")] == [
        Act.LETTER,
        Act.LETTER,
        Act.READ_LETTER,
    ]


def test_preview_of_an_empty_letter_says_what_is_missing(council: Council) -> None:
    found = preview(owed(council), by=council.owner, at=timezone.now())

    lacking = {item.code for item in found.items if item.missing}
    assert lacking == {"opening", "why", "appeal"}
    assert len(found.missing) == 4
    assert "Quimberly" not in repr(found)


# The wording


def test_wording_is_kept_as_versions(council: Council) -> None:
    words = dict(DEFAULT_WORDING[LetterKind.WARNING])
    for number in (1, 2):
        kept = keep_wording(
            register=council.register,
            kind=LetterKind.WARNING,
            paragraphs=words | {"expected": f"Be kind, for the {number} time."},
            by=council.owner,
            at=timezone.now(),
        )
        assert kept.version == number


def test_wording_without_its_placeholder_is_refused(council: Council) -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {"until": "For ever and a day."}

    with pytest.raises(BadInput) as refusal:
        keep_wording(
            register=council.register,
            kind=LetterKind.ADDITION,
            paragraphs=words,
            by=council.owner,
            at=timezone.now(),
        )

    assert list(refusal.value.problems) == ["until"]


def test_same_wording_again_makes_no_version(council: Council) -> None:
    with pytest.raises(AlreadyDone):
        keep_wording(
            register=council.register,
            kind=LetterKind.ADDITION,
            paragraphs=DEFAULT_WORDING[LetterKind.ADDITION],
            by=council.owner,
            at=timezone.now(),
        )

    assert not LetterWording.objects.exists()


# Two at once


@pytest.mark.django_db(transaction=True)
def test_letter_issued_four_times_at_once_is_issued_once(council: Council) -> None:
    letter, now = written(council), timezone.now()

    outcomes = race(*[lambda: issue_letter(letter=letter, by=council.owner, at=now)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3


@pytest.mark.django_db(transaction=True)
def test_two_versions_of_a_wording_at_once_are_two(council: Council) -> None:
    words, now = DEFAULT_WORDING[LetterKind.ADDITION], timezone.now()

    def keep(marker: str) -> Any:
        return keep_wording(
            register=council.register,
            kind=LetterKind.ADDITION,
            paragraphs=words | {"marker": marker},
            by=council.owner,
            at=now,
        )

    outcomes = race(
        lambda: keep("Our files carry a flag."), lambda: keep("Our files carry a mark.")
    )

    assert refusals(outcomes) == []
    assert sorted(LetterWording.objects.values_list("version", flat=True)) == [1, 2]
