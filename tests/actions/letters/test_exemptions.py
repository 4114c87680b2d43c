"""In an extreme case an individual is not informed, and that is on record (A27)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.letters import (
    end_exemption,
    exempt_from_letter,
    issue_letter,
    open_exemption,
    record_sent,
    retest_exemption,
    send_by_email,
)
from cautionary_plugin.models import AccessRecord, Entry, Letter, NotificationExemption
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotReady, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, LetterKind
from tests.council import Council, brief, hold_post, list_entries
from tests.factors import make_person
from tests.letters import issued, owed, written
from tests.races import race, refusals

pytestmark = pytest.mark.django_db

BELIEF = "He would come to the office at once and attack whoever is there."
REASONS = "He did so in 2024 when a letter told him of a refusal; the Police have it on record."


def soon() -> date:
    return timezone.localdate() + timedelta(days=90)


def exempt(council: Council, entry: Entry, **facts: Any) -> NotificationExemption:
    told = {"belief": BELIEF, "reasons": REASONS, "retest_on": soon()} | facts
    return exempt_from_letter(entry=entry, by=council.owner, at=timezone.now(), **told)


@pytest.mark.clause("A27")
def test_exemption_keeps_belief_reasons_decider_and_date(council: Council) -> None:
    letter = owed(council)

    exempt(council, letter.entry)

    kept = NotificationExemption.objects.get()
    assert (kept.belief, kept.reasons) == (BELIEF, REASONS)
    assert (kept.decided_by, kept.retest_on) == (council.owner, soon())
    assert AccessRecord.objects.filter(act=Act.EXEMPTED).get().reference == letter.entry.reference


@pytest.mark.clause("A27")
def test_exemption_ends_the_duty_as_long_as_it_stands(council: Council) -> None:
    letter = written(council)
    removal = owed(council, LetterKind.REMOVAL, entry=letter.entry)
    Letter.objects.update(due_on=date(2026, 1, 5))
    exemption = exempt(council, letter.entry)
    assert list(Letter.objects.owed()) == [removal]

    end_exemption(exemption=exemption, by=council.owner, at=timezone.now())

    again = Letter.objects.owed().get(kind=LetterKind.ADDITION)
    assert again == letter
    assert again.due_on > timezone.localdate()  # a clock of its own


@pytest.mark.clause("A27")
def test_no_letter_goes_while_an_exemption_stands(council: Council) -> None:
    letter, now = issued(council), timezone.now()
    exempt(council, letter.entry)
    other = owed(council, LetterKind.RETENTION, entry=letter.entry)

    for attempt in (
        lambda: issue_letter(letter=other, by=council.owner, at=now),
        lambda: record_sent(letter=letter, sent_on=now.date(), by=council.owner, at=now),
        lambda: send_by_email(letter=letter, address="a@b.example", by=council.owner, at=now),
    ):
        with pytest.raises(NotReady):
            attempt()


def test_ending_where_no_letter_was_owed_owes_one(council: Council) -> None:
    (entry,) = list_entries(council)
    exemption = exempt(council, entry)

    end_exemption(exemption=exemption, by=council.owner, at=timezone.now())

    assert Letter.objects.owed().get().kind == LetterKind.ADDITION


@pytest.mark.clause("A27")
@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("belief", ""),
        ("belief", "Violent."),
        ("reasons", " \n"),
        ("retest_on", date(2026, 1, 5)),
        ("retest_on", date(2099, 1, 5)),
    ],
)
def test_exemption_without_a_reason_or_a_day_is_refused(
    council: Council, fact: str, value: Any
) -> None:
    (entry,) = list_entries(council)

    with pytest.raises(BadInput) as refusal:
        exempt(council, entry, **{fact: value})

    assert list(refusal.value.problems) == [fact]
    assert not NotificationExemption.objects.exists()


@pytest.mark.clause("A27")
def test_tested_again_it_is_kept_for_reasons_given_afresh(council: Council) -> None:
    (entry,) = list_entries(council)
    first = exempt(council, entry)

    again = retest_exemption(
        exemption=first,
        belief="He still would, as far as we know.",
        reasons="The Police said so again this week.",
        retest_on=soon(),
        by=council.owner,
        at=timezone.now(),
    )

    first.refresh_from_db()
    assert first.ended_at is not None
    assert first.reasons == REASONS
    assert again.ended_at is None


def test_second_exemption_is_refused(council: Council) -> None:
    (entry,) = list_entries(council)
    exempt(council, entry)

    with pytest.raises(AlreadyDone):
        exempt(council, entry)


def test_entry_that_has_ended_needs_no_exemption(council: Council) -> None:
    (entry,) = list_entries(council)
    Entry.objects.update(state="ended", why_ended="error", ended_at=timezone.now())

    with pytest.raises(IllegalMove):
        exempt(council, entry)


@pytest.mark.parametrize(
    ("kind", "reads"),
    [(PostKind.HEALTH_AND_SAFETY, True), (PostKind.DATA_PROTECTION, False), (None, False)],
)
def test_only_the_owner_decides_and_reviewers_read(
    council: Council, kind: PostKind | None, reads: bool
) -> None:
    (entry,) = list_entries(council)
    exemption, other, now = exempt(council, entry), make_person("other"), timezone.now()
    if kind:
        hold_post(council, other, kind)
    brief(council, other)

    with pytest.raises(NotYourPost):
        end_exemption(exemption=exemption, by=other, at=now)
    if reads:
        open_exemption(exemption=exemption, by=other, at=now)
        assert AccessRecord.objects.filter(act=Act.READ_LETTER, user=other).exists()
    else:
        with pytest.raises(NotYourPost):
            open_exemption(exemption=exemption, by=other, at=now)


# Two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("A27")
def test_issue_against_exemption_never_sends(council: Council) -> None:
    letter, now = written(council), timezone.now()

    outcomes = race(
        lambda: issue_letter(letter=letter, by=council.owner, at=now),
        lambda: exempt(council, letter.entry),
    )

    assert set(refusals(outcomes)) <= {"NotReady"}
    with pytest.raises(NotReady):
        record_sent(letter=letter, sent_on=now.date(), by=council.owner, at=now)
    assert not Letter.objects.owed().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("A27")
def test_email_against_exemption_has_one_winner(council: Council) -> None:
    letter, now = issued(council), timezone.now()

    outcomes = race(
        lambda: send_by_email(letter=letter, address="a@b.example", by=council.owner, at=now),
        lambda: exempt(council, letter.entry),
    )

    assert refusals(outcomes) in (["NotReady"], ["AlreadyDone"])


@pytest.mark.django_db(transaction=True)
def test_exempted_and_ended_four_times_at_once(council: Council) -> None:
    (entry,) = list_entries(council)

    made = race(*[lambda: exempt(council, entry)] * 4)
    exemption, now = NotificationExemption.objects.get(), timezone.now()
    ended = race(*[lambda: end_exemption(exemption=exemption, by=council.owner, at=now)] * 4)

    assert refusals(made) == refusals(ended) == ["AlreadyDone"] * 3
