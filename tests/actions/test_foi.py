"""The figures of a year: counted when it happens, told when the year is over (L6)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.foi import YearlyFigures, yearly_figures, years_of
from cautionary_plugin.actions.foi_people import count_people
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.tallies import count_added, count_removed
from cautionary_plugin.models import AccessRecord, CaseFile, Entry, Tally
from cautionary_plugin.rules.errors import NotNow, NotYourPost
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.foi import Lasted, People, Subject, Year
from cautionary_plugin.rules.posts import PostKind, Power
from cautionary_plugin.rules.small_numbers import Hidden
from cautionary_plugin.rules.vocabulary import Act, Risk, WhyEnded
from tests.council import Council, found_council, hold_post, list_entries, make_reader, row
from tests.factors import NOON, make_person
from tests.life import entered

pytestmark = pytest.mark.django_db

YEAR = Year(date(2026, 4, 1))  # NOON is in it
LATER = datetime(2027, 5, 3, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def council() -> Council:
    return found_council(at=NOON - timedelta(days=60))


def _counts(measure: Measure) -> dict[str, int]:
    rows = Tally.objects.filter(measure=measure, number__gt=0)
    return dict(rows.values_list("part", "number"))


def _told(council: Council, *, by: Any = None, at: datetime = LATER) -> YearlyFigures:
    return yearly_figures(register=council.register, year=YEAR, by=by or council.owner, at=at)


def _table(figures: YearlyFigures, measure: Measure) -> dict[str, Any]:
    return dict(next(each.rows for each in figures.tables if each.title == measure.label))


def _many(council: Council, *, at: datetime = NOON) -> None:
    """Fifty entries were added and twenty ended, whoever they were about."""
    born = {Subject.YOUNG: date(2000, 1, 1), Subject.OLDER: date(1950, 1, 1), Subject.UNKNOWN: None}
    added = [("person", Risk.LOW, day) for day in born.values() for _each in range(15)]
    added += [("premises", Risk.HIGH, None)] * 5
    count_added(council.register, added, at=at)
    ended = [(council.register.pk, at - timedelta(days=400), WhyEnded.EXPIRED)] * 20
    count_removed(ended, at=at)


def test_entry_that_a_director_makes_is_counted_with_age_and_risk(council: Council) -> None:
    entry = entered(council, at=NOON)

    assert _counts(Measure.GRADED) == {entry.risk: 1}
    assert sum(_counts(Measure.ENTERED).values()) == 1


def test_legacy_list_is_counted(council: Council) -> None:
    rows = [row(name="Ada Fenwick", date_of_birth="1950-01-02"), row(name="Jo Marl", risk="low")]
    list_entries(council, *rows)

    assert sum(_counts(Measure.ENTERED).values()) == 2
    assert _counts(Measure.GRADED)["low"] == 1


def test_entry_that_is_ended_is_counted_by_why_and_how_long(council: Council) -> None:
    entry = entered(council, at=NOON)

    end_entry(entry=entry, why=WhyEnded.ERROR, by=Power.DECIDE, at=NOON + timedelta(days=200))

    assert _counts(Measure.LEFT) == {WhyEnded.ERROR: 1}
    assert _counts(Measure.LASTED) == {Lasted.HALF: 1}


@pytest.mark.clause("L6")
def test_entry_that_lapsed_and_was_erased_still_counts(council: Council) -> None:
    entry = entered(council, at=NOON)
    over = entry.expires_at + timedelta(days=1)

    lapse_entries(at=over)
    erase_due(at=over + timedelta(days=400))

    assert not CaseFile.objects.filter(pk=entry.case_file_id).exists()
    assert _counts(Measure.LEFT) == {WhyEnded.EXPIRED: 1}
    assert sum(_counts(Measure.ENTERED).values()) == 1


def test_lapse_that_is_late_is_counted_when_it_is_recorded(council: Council) -> None:
    entry = entered(council, at=NOON)
    late = entry.expires_at + timedelta(days=45)

    lapse_entries(at=late)

    month = Tally.objects.get(measure=Measure.LEFT).month
    assert month == timezone.localdate(late).replace(day=1)


@pytest.mark.clause("L6")
def test_year_is_told_with_start_added_removed_and_end(council: Council) -> None:
    list_entries(council, *(row(name=f"Ada Fenwick{n}") for n in range(9)))
    Tally.objects.all().delete()  # as on a site that had them before anything was counted
    count_added(council.register, [("person", Risk.LOW, None)] * 8, at=NOON)
    count_removed([(council.register.pk, NOON, WhyEnded.REVIEW)] * 5, at=NOON)

    flow = _told(council).flow

    assert (flow.added, flow.removed) == (8, 5)
    assert (flow.start, flow.end) == (6, 9)


@pytest.mark.clause("L6")
def test_year_is_broken_down_and_small_numbers_are_hidden(council: Council) -> None:
    _many(council)
    count_added(council.register, [("person", Risk.MEDIUM, date(2010, 1, 1))] * 2, at=NOON)
    figures = _told(council)

    subjects, risks = _table(figures, Measure.ENTERED), _table(figures, Measure.GRADED)
    assert subjects[Subject.CHILD.label] is Hidden.FEW
    assert subjects[Subject.PREMISES.label] == 5
    assert risks == {"Low": Hidden.MORE, "Medium": Hidden.FEW, "High": Hidden.MORE}


def test_what_happens_later_changes_nothing_of_a_year_that_was_told(council: Council) -> None:
    list_entries(council, *(row(name=f"Ada Fenwick{n}") for n in range(9)))
    before = _told(council)

    for entry in Entry.objects.all()[:7]:
        end_entry(entry=entry, why=WhyEnded.ERROR, by=Power.DECIDE, at=LATER)
    after = _told(council, at=LATER + timedelta(days=30))

    assert (before.flow.added, before.flow.end) == (9, 9)
    assert (after.flow, after.tables) == (before.flow, before.tables)


def test_year_that_is_not_over_is_not_told(council: Council) -> None:
    _many(council)

    assert years_of(council.register, at=NOON) == []
    assert years_of(council.register, at=LATER) == [YEAR]
    with pytest.raises(NotNow):
        _told(council, at=NOON)


def test_calendar_year_is_a_setting(council: Council, settings: Any) -> None:
    settings.CAUTIONARY_FIGURES_YEAR_STARTS = 1
    _many(council)

    assert [year.words for year in years_of(council.register, at=LATER)] == ["2026"]


def test_year_that_was_counted_in_part_says_so(council: Council) -> None:
    _many(council)

    assert _told(council).counted_from == NOON.date().replace(day=1)


@pytest.mark.clause("L6")
def test_people_with_access_and_who_used_it_are_counted_once(council: Council) -> None:
    _many(council)
    readers = [make_reader(council, f"reader{n}") for n in range(6)]
    lines = [
        AccessRecord(at=NOON, act=act, register=council.register, user=each, user_key=str(each.pk))
        for each in readers
        for act in (Act.SHOWN, Act.VIEWED)
    ]
    lines.append(
        AccessRecord(at=NOON, act=Act.SHOWN, register=council.register, user_key="system:planning")
    )
    AccessRecord.objects.bulk_create(lines)

    stranger = make_person("stranger")  # who checked another register, and never had access here
    searched = make_reader(council, "searched")
    AccessRecord.objects.bulk_create(
        AccessRecord(at=NOON, act=Act.CHECKED, user=each, user_key=str(each.pk))
        for each in (stranger, searched, readers[0])
    )

    assert count_people(at=LATER) == 1
    assert count_people(at=LATER) == 0

    people = dict(_told(council).tables[-1].rows)
    assert people[People.USED.label] == 7
    assert people[People.ACCESS.label] == 8  # the owner's post reads too


def test_people_of_a_year_before_anything_was_counted_are_not_made_up(council: Council) -> None:
    assert count_people(at=LATER) == 0
    _many(council)
    assert _told(council).tables[-1].rows == ()


def test_each_look_at_the_figures_is_recorded(council: Council) -> None:
    _many(council)

    _told(council)

    line = AccessRecord.objects.get(act=Act.FIGURES)
    assert (line.user, line.register) == (council.owner, council.register)


def test_data_protection_officer_publishes_and_health_and_safety_does_not(council: Council) -> None:
    _many(council)
    officer, safety = make_person("dpo"), make_person("safety")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)

    assert _told(council, by=officer)
    with pytest.raises(NotYourPost):
        _told(council, by=safety)
