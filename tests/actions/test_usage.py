"""Who looked: counted by person and by entry, what was unusual, and its review (A40, L5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from cautionary_plugin.access.people import who_in_words
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.erasure import erase_old_records
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.usage import (
    Period,
    by_entry,
    by_person,
    month_of_use,
    sign_usage,
    unusual_use,
    usage_standing,
    warn_of_unusual_use,
)
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import (
    AccessRecord,
    ConflictDeclaration,
    Entry,
    MailKind,
    NamedSystem,
    OutboxMessage,
    PanelCase,
    UsageReview,
)
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    NotReady,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.unusual import Unusual, Use
from cautionary_plugin.rules.vocabulary import Act
from tests.council import PLANTED, Council, hold_post, list_entries, row
from tests.factors import make_person
from tests.panel import found_panel
from tests.panel_items import panel_entry
from tests.races import race, refusals
from tests.usage import colleague, council_of_long_ago, last_month, looked, on, working_day

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L5")]

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def council() -> Council:
    return council_of_long_ago()


@pytest.fixture
def entry(council: Council) -> Entry:
    """About somebody whose surname is Quimberly."""
    (entry,) = list_entries(council, row())
    return entry


def uses_of(council: Council, **options: Any) -> list[tuple[Unusual, str, int]]:
    found = unusual_use(month_of_use(council.register, last_month()), **options)
    return [(use.kind, use.who, use.looks) for use in found]


@pytest.mark.clause("A40")
def test_month_is_counted_by_person_and_by_entry(council: Council, entry: Entry) -> None:
    day = working_day(council.register)
    one, other = make_person("one"), make_person("other")
    looked(one, council.register, at=on(day, 10), entry=entry, times=2)
    looked(one, council.register, at=on(day, 11), times=3)
    looked(other, council.register, at=on(day, 12), entry=entry)
    looked(other, council.register, at=on(last_month() - DAY, 12), entry=entry)
    looked(other, council.register, at=NOW, entry=entry)

    period = month_of_use(council.register, last_month())

    told = {each["user_key"]: (each["looks"], each["seen"]) for each in by_person(period)}
    assert told == {str(one.pk): (5, 1), str(other.pk): (1, 1)}
    assert [(each["reference"], each["people"], each["looks"]) for each in by_entry(period)] == [
        (entry.reference, 2, 3)
    ]


def test_great_many_looks_on_one_day_are_unusual(council: Council, entry: Entry) -> None:
    day = working_day(council.register)
    looked(make_person("busy"), council.register, at=on(day, 10), entry=entry, times=60)
    curious = make_person("curious")
    looked(curious, council.register, at=on(day, 10), entry=entry, times=40)
    looked(curious, council.register, at=on(day, 15), times=160)

    assert uses_of(council) == [(Unusual.MANY, str(curious.pk), 200)]


def test_look_at_night_is_unusual_and_hours_are_a_setting(
    council: Council, entry: Entry, settings: Any
) -> None:
    owl = make_person("owl")
    looked(owl, council.register, at=on(working_day(council.register), 21), entry=entry)

    assert uses_of(council) == [(Unusual.OUT_OF_HOURS, str(owl.pk), 1)]
    settings.CAUTIONARY_OFFICE_HOURS = (7, 23)
    assert uses_of(council) == []


def test_program_keeps_no_office_hours_and_is_told_when_it_asks_a_great_deal(
    council: Council, settings: Any
) -> None:
    diary = NamedSystem(slug="diary", name="Diary of the repairs service")
    looked(diary, council.register, at=on(working_day(council.register), 3), times=3)

    assert uses_of(council) == []
    settings.CAUTIONARY_MANY_LOOKS = 2
    assert uses_of(council) == [(Unusual.MANY, "system:diary", 3)]
    assert who_in_words("system:diary", None) == "System diary"


@pytest.mark.parametrize(
    ("surname", "same"),
    [
        ("Quimberly", True),
        ("QUIMBERLY-Hale", True),
        ("Químberly", True),
        (PLANTED.split()[0], False),
        ("Fenwick", False),
        ("", False),
    ],
)
def test_same_surname_as_the_person_on_the_entry_is_unusual(
    council: Council, entry: Entry, surname: str, same: bool
) -> None:
    person = colleague("robin", surname)
    looked(person, council.register, at=on(working_day(council.register), 10), entry=entry, times=2)

    found = [(Unusual.SAME_SURNAME, str(person.pk), 2)] if same else []
    assert uses_of(council) == found


def test_unusual_use_takes_the_same_queries_however_many_looked(
    council: Council, entry: Entry, django_assert_num_queries: Any
) -> None:
    period = month_of_use(council.register, last_month())
    for number in range(5):
        looked(make_person(f"p{number}"), council.register, at=on(last_month(), 3), entry=entry)

    with django_assert_num_queries(5):
        assert len(unusual_use(period)) == 5


def test_whoever_is_shut_out_of_a_case_learns_nothing_of_whom_it_is_about() -> None:
    panel = found_panel()
    entry = panel_entry(panel)
    case = PanelCase.objects.filter(case_file=entry.case_file).latest("pk")
    *_given, surname = entry.case_file.person.identity.names[0].split()
    looked(colleague("robin", surname), panel.register, at=timezone.now(), entry=entry)
    today = timezone.localdate()
    period = Period(panel.register, today, today + DAY)

    def surnames() -> list[Use]:
        found = unusual_use(period, shown_to=panel.owner)
        return [use for use in found if use.kind is Unusual.SAME_SURNAME]

    assert [use.reference for use in surnames()] == [entry.reference]
    ConflictDeclaration.objects.create(
        case_file=case.case_file, case=case, user=panel.owner, declared_at=timezone.now()
    )

    assert surnames() == []


# The review


def sign(council: Council, by: Any, **facts: Any) -> UsageReview:
    given = {"month": last_month(), "notes": "Asked Robin: on call that night."} | facts
    return sign_usage(register=council.register, by=by, at=NOW, **given)


@pytest.fixture
def officer(council: Council) -> Any:
    officer = make_person("dpo")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    return officer


def test_month_that_is_over_waits_until_it_is_signed(council: Council, officer: Any) -> None:
    def waits() -> list[str]:
        tasks = what_waits(standing_of(officer, at=NOW))
        return [task.note for task in tasks if task.duty is Duty.WHO_LOOKED]

    owed = usage_standing(council.register, at=NOW).owed
    assert last_month() in owed
    assert waits() == [f"{len(owed)} months"]

    signed = sign(council, officer)

    assert usage_standing(council.register, at=NOW).owed == owed[:-1]
    assert (signed.signed_by, signed.unusual) == (officer, 0)
    line = AccessRecord.objects.get(act=Act.WHO_LOOKED)
    assert (line.user, line.register) == (officer, council.register)


def test_month_is_signed_once_and_when_it_is_over(council: Council, officer: Any) -> None:
    with pytest.raises(NotReady):
        sign(council, officer, month=timezone.localdate(NOW).replace(day=1))
    sign(council, officer)

    with pytest.raises(AlreadyDone):
        sign(council, officer)


@pytest.mark.parametrize("kind", [PostKind.HEALTH_AND_SAFETY, PostKind.ADMINISTRATOR, None])
def test_only_those_who_answer_for_the_register_sign(
    council: Council, kind: PostKind | None
) -> None:
    somebody = make_person("somebody")
    if kind:
        hold_post(council, somebody, kind)

    with pytest.raises(NotYourPost):
        sign(council, somebody)


def test_unusual_use_is_not_signed_without_a_word(
    council: Council, entry: Entry, officer: Any
) -> None:
    looked(make_person("owl"), council.register, at=on(last_month(), 2), entry=entry)

    with pytest.raises(BadInput) as wrong:
        sign(council, officer, notes="  ")

    assert set(wrong.value.problems) == {"notes"}
    assert sign(council, officer).unusual == 1


def test_nobody_signs_their_own_unusual_use(council: Council, entry: Entry, officer: Any) -> None:
    looked(council.owner, council.register, at=on(last_month(), 2), entry=entry)

    with pytest.raises(SamePerson):
        sign(council, council.owner)

    sign(council, officer)


def test_notes_are_sealed_and_go_with_the_lines(council: Council, officer: Any) -> None:
    review = sign(council, officer, notes="Persimmonwhistle was asked.")
    stored = UsageReview.objects.values_list("notes", flat=True)
    assert b"Persimmonwhistle" not in bytes(stored.get())
    assert UsageReview.objects.get().notes == "Persimmonwhistle was asked."

    erase_old_records(at=NOW + 600 * DAY)
    assert UsageReview.objects.get() == review
    erase_old_records(at=NOW + 900 * DAY)

    assert not UsageReview.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_sign_once(council: Council, officer: Any) -> None:
    outcomes = race(lambda: sign(council, officer), lambda: sign(council, council.owner))

    assert refusals(outcomes) == ["AlreadyDone"]
    assert UsageReview.objects.count() == 1


# The warning


def test_yesterdays_unusual_use_is_told_once_and_without_a_name(
    council: Council, entry: Entry, officer: Any
) -> None:
    yesterday = on(timezone.localdate(NOW) - DAY, 12)
    person = colleague("robin", "Quimberly")
    looked(person, council.register, at=yesterday, entry=entry)

    assert warn_of_unusual_use(at=NOW) == 2
    assert warn_of_unusual_use(at=NOW) == 0

    told = OutboxMessage.objects.filter(kind=MailKind.UNUSUAL_USE)
    assert set(told.values_list("to", flat=True)) == {council.owner.pk, officer.pk}
    deliver(at=NOW)
    texts = [each.body for each in mail.outbox if "unusual use" in each.subject]
    assert len(texts) == 2
    assert all("CPR" in text and "uimberly" not in text and "robin" not in text for text in texts)


@pytest.mark.parametrize("days", [0, 2])
def test_use_of_another_day_is_not_told(council: Council, entry: Entry, days: int) -> None:
    day = on(timezone.localdate(NOW) - days * DAY, 12)
    looked(colleague("robin", "Quimberly"), council.register, at=day, entry=entry)

    assert warn_of_unusual_use(at=NOW) == 0


def test_look_at_night_is_left_to_the_months_review(council: Council, entry: Entry) -> None:
    night = on(timezone.localdate(NOW) - DAY, 2)
    looked(make_person("owl"), council.register, at=night, entry=entry)

    assert warn_of_unusual_use(at=NOW) == 0
