"""Issued, changed and issued anew; who may; the wording."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import (
    changed_since_issue,
    issue_letter,
    keep_wording,
    open_letter,
    preview,
    reissue_letter,
    write_letter,
)
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
    NotYourPost,
)
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.actions.letters.writing.steps import body_of, say, text_of
from tests.council import Council, brief, found_council, hold_post, list_entries, row
from tests.factors import make_person
from tests.hostile import LONG, ODD
from tests.letters import WHY, issued, owed, posted, ready_to_write, written
from tests.races import race, refusals

pytestmark = pytest.mark.django_db


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
