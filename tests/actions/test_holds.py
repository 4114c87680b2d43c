"""A legal hold stops the erasing, visibly, and nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.evidence import open_evidence
from cautionary_plugin.actions.holds import find_file, lift_hold, place_hold
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.admin.worklist.tasks import lines_for
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, CaseFile, Entry, Evidence, LegalHold
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NoSuchEntry, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from tests.council import (
    Council,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    through_the_door,
)
from tests.factors import make_person
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import WORD, open_file, report_on, whole_file

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def council(db: None, settings: Any, tmp_path: Path) -> Council:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_council()


@pytest.fixture
def lawyer(council: Council) -> Any:
    person = make_person("lawyer")
    hold_post(council, person, PostKind.LEGAL_SERVICES)
    return person


def entry(council: Council, days: int) -> Entry:
    return whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + days * DAY)


def hold(file: CaseFile, by: Any, **facts: Any) -> LegalHold:
    told = {"reason": "Claim 4 of 2026", "ends_on": timezone.localdate(NOW + 30 * DAY)}
    return place_hold(case_file=file, by=by, at=NOW, **{**told, **facts})


@pytest.mark.clause("L13")
def test_hold_has_a_reason_an_owner_and_an_end(council: Council, lawyer: Any) -> None:
    file = entry(council, 3).case_file

    placed = hold(file, lawyer)

    again = LegalHold.objects.get(pk=placed.pk)
    assert (again.reason, again.placed_by, again.ends_on) == (
        "Claim 4 of 2026",
        lawyer,
        timezone.localdate(NOW + 30 * DAY),
    )
    line = AccessRecord.objects.get(act=Act.HELD_LEGALLY)
    assert (line.user, line.reference, line.register) == (
        lawyer,
        file.reference,
        council.register,
    )


@pytest.mark.clause("L13")
def test_what_expires_under_a_hold_is_unreadable_at_once_and_only_kept(
    council: Council, lawyer: Any
) -> None:
    over = entry(council, 3)
    hold(over.case_file, lawyer)
    reader = make_reader(council)
    question = Question(name=f"{WORD} of Person")

    def outcome(days: int) -> Outcome:
        asked = {"question": question, "purpose": Purpose.HOME_VISIT, "by": reader}
        return check_register(at=NOW + days * DAY, **asked).outcome

    def evidence(days: int) -> bytes:
        file = Evidence.objects.get()
        return b"".join(open_evidence(evidence=file, by=council.owner, at=NOW + days * DAY))

    assert outcome(2) == Outcome.FOUND
    assert WORD.encode() in evidence(2)
    assert outcome(3) == Outcome.NONE_RECORDED, "before any job has run"
    with pytest.raises(NoSuchEntry):
        evidence(3)

    lapse_entries(at=NOW + 4 * DAY)
    erased = erase_due(at=NOW + 4 * DAY)

    assert (erased.files, erased.held) == (0, 1)
    assert outcome(4) == Outcome.NONE_RECORDED
    with pytest.raises(NoSuchEntry):
        evidence(4)
    assert CaseFile.objects.exists()


@pytest.mark.clause("L13")
def test_lifted_or_ended_hold_lets_it_be_erased(council: Council, lawyer: Any) -> None:
    lifted, ended = entry(council, -1).case_file, entry(council, -1).case_file
    lapse_entries(at=NOW)
    placed = hold(lifted, lawyer)
    hold(ended, lawyer)
    assert erase_due(at=NOW).held == 2

    lift_hold(hold=placed, by=lawyer, at=NOW + DAY)

    assert erase_due(at=NOW + DAY).files == 1
    assert list(CaseFile.objects.all()) == [ended]
    assert erase_due(at=NOW + 30 * DAY).files == 1


def test_hold_is_lifted_once(council: Council, lawyer: Any) -> None:
    placed = hold(entry(council, 3).case_file, lawyer)
    lift_hold(hold=placed, by=council.owner, at=NOW)

    with pytest.raises(AlreadyDone):
        lift_hold(hold=placed, by=lawyer, at=NOW)

    assert LegalHold.objects.get().lifted_by == council.owner


@pytest.mark.parametrize(
    "kind", [PostKind.HEALTH_AND_SAFETY, PostKind.HEAD_OF_SERVICE, PostKind.ADMINISTRATOR]
)
def test_other_posts_neither_place_nor_lift(council: Council, lawyer: Any, kind: PostKind) -> None:
    file = entry(council, 3).case_file
    placed, person = hold(file, lawyer), make_person("colleague")
    hold_post(council, person, kind)

    with pytest.raises(NotYourPost):
        hold(file, person)
    with pytest.raises(NotYourPost):
        lift_hold(hold=placed, by=person, at=NOW)


def test_owner_of_another_register_does_not(council: Council) -> None:
    other = found_council(slug="other", prefix="OTH")

    with pytest.raises(NotYourPost):
        hold(entry(council, 3).case_file, other.owner)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"reason": " "}, "reason"), ({"ends_on": timezone.localdate(NOW)}, "ends_on")],
)
def test_hold_without_reason_or_end(
    council: Council, lawyer: Any, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        hold(entry(council, 3).case_file, lawyer, **facts)

    assert set(refusal.value.problems) == {field}


def test_file_that_is_being_erased_takes_no_hold(council: Council, lawyer: Any) -> None:
    file = entry(council, 3).case_file
    CaseFile.objects.update(wrapped_key=b"", wrapping_key="")

    with pytest.raises(AlreadyDone):
        hold(file, lawyer)


def test_file_is_found_by_every_reference(council: Council) -> None:
    held = entry(council, 3)
    joined = report_on(council, open_file(NOW), at=NOW)
    CaseFile.objects.filter(pk=joined.case_file_id).update(joined_to=held.case_file)

    for reference in (
        held.reference,
        f" {held.reference.lower()} ",
        held.case_file.report.reference,
        held.case_file.reference,
        joined.reference,
        joined.case_file.reference,
    ):
        assert find_file(reference) == held.case_file
    with pytest.raises(BadInput):
        find_file("CPR-1999-0001")


def ending(person: Any, days: int) -> list[Any]:
    """The holds that wait for somebody so many days from now."""
    tasks = what_waits(standing_of(person, at=NOW + days * DAY))
    return [task for task in tasks if task.duty is Duty.HOLD_ENDS]


@pytest.mark.clause("L13")
def test_hold_that_ends_soon_waits_for_whoever_may_place_another(
    council: Council, lawyer: Any
) -> None:
    file = list_entries(council)[0].case_file
    placed = hold(file, lawyer, ends_on=timezone.localdate(NOW + 90 * DAY))
    assert ending(council.owner, 61) == []

    for person in (lawyer, council.owner):
        [task] = ending(person, 62)
        assert (task.reference, task.key) == (file.reference, str(placed.pk))
        assert task.due_on == placed.ends_on
    assert ending(make_reader(council), 62) == []
    assert ending(council.owner, 90) == []


@pytest.mark.clause("L13")
def test_hold_that_a_longer_one_follows_or_that_was_lifted_waits_for_nobody(
    council: Council, lawyer: Any
) -> None:
    file = entry(council, 3).case_file
    first = hold(file, lawyer)
    assert [task.key for task in ending(lawyer, 10)] == [str(first.pk)]

    longer = hold(file, lawyer, ends_on=timezone.localdate(NOW + 200 * DAY))
    assert ending(lawyer, 10) == []
    lift_hold(hold=longer, by=lawyer, at=NOW)
    assert [task.key for task in ending(lawyer, 10)] == [str(first.pk)]
    lift_hold(hold=first, by=lawyer, at=NOW)
    assert ending(lawyer, 10) == []


@pytest.mark.clause("L13")
def test_line_of_a_hold_leads_to_it_and_names_nobody(council: Council, lawyer: Any) -> None:
    placed = hold(entry(council, 3).case_file, lawyer, ends_on=timezone.localdate(NOW + 20 * DAY))
    let_into_wagtail(lawyer)

    [line] = [
        each
        for each in lines_for(standing_of(lawyer, at=timezone.now()))
        if each.what == Duty.HOLD_ENDS.label
    ]
    page = through_the_door(lawyer).get(line.url).content.decode()

    assert WORD not in f"{line}"
    assert placed.case_file.reference in page
    assert "Claim 4 of 2026" in page
