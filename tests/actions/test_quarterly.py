"""The quarter's check: over every entry, once, and a missed one shows."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.actions.quarterly import (
    list_of_quarter,
    quarterly_standing,
    sign_quarterly_check,
)
from cautionary_plugin.models import AccessRecord, Briefing, Entry, QuarterlyCheck
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, BriefingLapsed, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.reviews import quarter_of, window
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, found_council, list_entries, make_reader, row
from tests.entry_with_past import with_post

pytestmark = pytest.mark.django_db

CHILD = {"name": "Wilf Marsh", "date_of_birth": f"05/01/{timezone.localdate().year - 15}"}


@pytest.fixture
def council() -> Council:
    council = found_council()
    list_entries(council, row(), row(name="Ada Fenwick", address="1 Low Row"), row(**CHILD))
    return council


def sign(council: Council, **facts: Any) -> QuarterlyCheck:
    at = facts.pop("at", None) or timezone.now()
    wanted = {
        "digest": list_of_quarter(council.register, at=at).digest,
        "by": council.owner,
        "at": at,
    }
    return sign_quarterly_check(register=council.register, **(wanted | facts))


def _instant(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.mark.clause("A30")
def test_signature_covers_every_entry_and_counts_the_lapsing(council: Council) -> None:
    ada = Entry.objects.order_by("reference")[1]
    Entry.objects.all().update(expires_at=over_after(timezone.localdate() + timedelta(days=700)))
    next_quarter = window(timezone.localdate())
    Entry.objects.filter(pk=ada.pk).update(expires_at=over_after(next_quarter.starts_on))

    signed = sign(council)

    assert (signed.entries, signed.lapsing) == (3, 1)  # the one that is held is looked at too
    assert signed.quarter == quarter_of(timezone.localdate()).starts_on
    assert AccessRecord.objects.filter(act=Act.QUARTERLY, user=council.owner).count() == 1


@pytest.mark.clause("A30")
def test_ended_and_expired_entries_are_not_on_the_list(council: Council) -> None:
    first, second, third = Entry.objects.order_by("reference")
    past = timezone.now() - timedelta(days=1)
    Entry.objects.filter(pk=first.pk).update(starts_at=past - timedelta(days=9), expires_at=past)
    Entry.objects.filter(pk=second.pk).update(state="ended", ended_at=past, why_ended="error")

    assert list_of_quarter(council.register, at=timezone.now()).entries == [third]


@pytest.mark.clause("A30")
@pytest.mark.parametrize("change", ["added", "ended", "renewed"])
def test_list_that_has_changed_is_not_signed(council: Council, change: str) -> None:
    seen = list_of_quarter(council.register, at=timezone.now()).digest
    if change == "added":
        list_entries(council, row(name="Marmaduke Fennimore", address="4 High Row"))
    if change == "ended":
        one = Entry.objects.first()
        Entry.objects.filter(pk=one.pk).update(
            state="ended", ended_at=timezone.now(), why_ended="error"
        )
    if change == "renewed":
        Entry.objects.update(expires_at=timezone.now() + timedelta(days=99))

    with pytest.raises(BadInput):
        sign(council, digest=seen)

    assert not QuarterlyCheck.objects.exists()
    assert sign(council)


@pytest.mark.clause("A30")
def test_quarter_is_signed_once(council: Council) -> None:
    sign(council)

    with pytest.raises(AlreadyDone):
        sign(council)


@pytest.mark.clause("A30")
@pytest.mark.parametrize(
    "kind", [PostKind.HEALTH_AND_SAFETY, PostKind.DATA_PROTECTION, PostKind.PANEL_CHAIR]
)
def test_only_the_owner_signs(council: Council, kind: PostKind) -> None:
    with pytest.raises(NotYourPost):
        sign(council, by=with_post(council, "somebody", kind))
    with pytest.raises(NotYourPost):
        sign(council, by=make_reader(council))


@pytest.mark.clause("A49")
def test_nobody_signs_what_they_may_not_read(council: Council) -> None:
    Briefing.objects.all().delete()

    with pytest.raises(BriefingLapsed):
        sign(council)


@pytest.mark.clause("A30")
def test_missed_quarters_are_told_since_the_first_entry(council: Council) -> None:
    today = timezone.localdate()
    this = quarter_of(today)
    earlier = [this]
    for _time in range(3):
        earlier.insert(0, quarter_of(earlier[0].starts_on - timedelta(days=1)))
    Entry.objects.update(made_at=_instant(earlier[0].starts_on))
    QuarterlyCheck.objects.create(
        register=council.register,
        quarter=earlier[1].starts_on,
        signed_at=_instant(earlier[1].starts_on),
        entries=3,
        lapsing=0,
        digest="0" * 64,
    )

    before = quarterly_standing(council.register, at=timezone.now())
    sign(council)
    after = quarterly_standing(council.register, at=timezone.now())

    assert before.missed == after.missed == [earlier[0], earlier[2]]
    assert (before.owed, after.owed) == (True, False)


@pytest.mark.clause("A30")
def test_register_that_never_had_an_entry_owes_nothing() -> None:
    empty = found_council(slug="ub", prefix="UB")

    standing = quarterly_standing(empty.register, at=timezone.now())

    assert (standing.owed, standing.missed, standing.signed) == (False, [], None)
