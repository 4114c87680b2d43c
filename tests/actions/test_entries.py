"""Open, acknowledge and sign off an entry (L1, L2, L5, L12)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.entries import (
    acknowledge_entry,
    open_for_review,
    sign_off_entry,
    view_entry,
)
from cautionary_plugin.models import AccessRecord, Acknowledgement, Briefing, Entry
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.errors import (
    BriefingLapsed,
    IllegalMove,
    NoSuchEntry,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, Purpose
from tests.council import Council, brief, found_council, hold_post, list_entries, make_reader, row
from tests.factors import make_person

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Any:
    return make_reader(council)


def child() -> dict[str, str]:
    today = timezone.localdate()
    return row(date_of_birth=f"{date(today.year - 15, 1, 5):%d/%m/%Y}")


@pytest.fixture
def held(council: Council) -> Entry:
    return list_entries(council, child())[0]


@pytest.fixture
def safety(council: Council) -> Any:
    user = make_person("safety")
    hold_post(council, user, PostKind.HEALTH_AND_SAFETY)
    brief(council, user)
    return user


def view(reference: str, by: Any, at: Any = None) -> tuple[Entry, View]:
    purpose = Purpose.APPOINTMENT
    return view_entry(reference=reference, purpose=purpose, by=by, at=at or timezone.now())


@pytest.mark.clause("L5")
def test_opening_an_entry_is_recorded_with_its_purpose(entry: Entry, officer: Any) -> None:
    opened, how_much = view(entry.reference, officer)

    line = AccessRecord.objects.get(act=Act.VIEWED)
    assert (opened, how_much) == (entry, View.SERVICE)
    assert (line.user, line.reference, line.purpose) == (
        officer,
        entry.reference,
        Purpose.APPOINTMENT,
    )


@pytest.mark.clause("L1")
def test_entry_that_is_not_there_expired_held_or_foreign_looks_the_same(
    council: Council, officer: Any
) -> None:
    other = found_council(slug="ub", prefix="UB")
    (foreign,) = list_entries(other)
    (held,) = list_entries(council, child())
    (expired,) = list_entries(council)
    later = expired.expires_at
    said = set()

    for reference, at in [
        ("CPR-1999-0001", None),
        (foreign.reference, None),
        (held.reference, None),
        (expired.reference, later),
    ]:
        with pytest.raises((NoSuchEntry, BriefingLapsed)) as refusal:
            view(reference, officer, at)
        said.add((type(refusal.value), str(refusal.value)))

    assert said == {(NoSuchEntry, "There is no live entry with this reference for you.")}
    assert not AccessRecord.objects.filter(act=Act.VIEWED).exists()


@pytest.mark.clause("L12")
def test_acknowledgement_is_once_a_day(entry: Entry, officer: Any) -> None:
    now = timezone.now()
    for at in (now, now, now + DAY):
        acknowledge_entry(reference=entry.reference, by=officer, at=at)

    assert Acknowledgement.objects.filter(user=officer).count() == 2
    assert AccessRecord.objects.filter(act=Act.ACKNOWLEDGED).count() == 2


def test_acknowledging_takes_a_grant(entry: Entry) -> None:
    with pytest.raises(NoSuchEntry):
        acknowledge_entry(reference=entry.reference, by=make_person("stranger"), at=timezone.now())


@pytest.mark.clause("L2")
def test_entry_on_a_child_is_held_until_a_senior_post_signs(held: Entry, safety: Any) -> None:
    now = timezone.now()

    signed = sign_off_entry(entry=held, by=safety, at=now)

    assert held.state == EntryState.HELD
    assert (signed.state, signed.signed_off_by, signed.signed_off_at) == (
        EntryState.LIVE,
        safety,
        now,
    )
    assert AccessRecord.objects.get(act=Act.SIGNED_OFF).reference == held.reference


@pytest.mark.clause("L2")
def test_whoever_made_the_entry_does_not_sign_it(council: Council, held: Entry) -> None:
    with pytest.raises(SamePerson):
        sign_off_entry(entry=held, by=council.owner, at=timezone.now())

    held.refresh_from_db()
    assert held.state == EntryState.HELD


@pytest.mark.clause("L2")
@pytest.mark.parametrize("kind", [PostKind.ADMINISTRATOR, PostKind.PANEL_MEMBER, None])
def test_whoever_holds_no_senior_post_does_not_sign(
    council: Council, held: Entry, kind: PostKind | None
) -> None:
    colleague = make_person("colleague")
    brief(council, colleague)
    if kind:
        hold_post(council, colleague, kind)

    with pytest.raises(NotYourPost):
        sign_off_entry(entry=held, by=colleague, at=timezone.now())


def test_senior_post_of_another_register_does_not_sign(held: Entry) -> None:
    other = found_council(slug="ub", prefix="UB")

    with pytest.raises(NotYourPost):
        sign_off_entry(entry=held, by=other.owner, at=timezone.now())


@pytest.mark.clause("A49")
def test_nobody_signs_or_reviews_what_they_may_not_read(held: Entry, safety: Any) -> None:
    Briefing.objects.filter(user=safety).delete()

    for act in (sign_off_entry, open_for_review):
        with pytest.raises(BriefingLapsed):
            act(entry=held, by=safety, at=timezone.now())


def test_signed_entry_is_not_signed_again(held: Entry, safety: Any) -> None:
    sign_off_entry(entry=held, by=safety, at=timezone.now())

    with pytest.raises(IllegalMove):
        sign_off_entry(entry=held, by=safety, at=timezone.now())


def test_entry_whose_term_is_over_is_not_signed(held: Entry, safety: Any) -> None:
    Briefing.objects.update(briefed_on=held.expires_at.date())

    with pytest.raises(IllegalMove):
        sign_off_entry(entry=held, by=safety, at=held.expires_at)


def test_review_is_recorded_and_is_for_those_who_keep_the_register(
    entry: Entry, safety: Any, officer: Any
) -> None:
    with pytest.raises(NotYourPost):
        open_for_review(entry=entry, by=officer, at=timezone.now())

    open_for_review(entry=entry, by=safety, at=timezone.now())

    line = AccessRecord.objects.get(act=Act.VIEWED)
    assert (line.user, line.purpose) == (safety, Purpose.SUPERVISION)
