"""Plan and enter a list: all or nothing, duplicates, children, the declaration (A39, L2)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.actions.legacy import (
    Fate,
    Plan,
    content_of,
    declare_destroyed,
    discard_old_uploads,
    import_list,
    keep_upload,
    plan_list,
)
from cautionary_plugin.actions.legacy.files import Row
from cautionary_plugin.actions.legacy.uploads import KEPT_FOR
from cautionary_plugin.models import (
    AccessRecord,
    CaseFile,
    Entry,
    LegacyImport,
    LegacyUpload,
    LookupState,
    Premises,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, SamePerson
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import PLANTED, Council, brief, found_council, hold_post, list_entries, row
from tests.factors import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


def plan(council: Council, *rows: dict[str, str], **options: Any) -> Plan:
    numbered = [Row(number, values) for number, values in enumerate(rows, start=2)]
    return plan_list(numbered, register=council.register, at=timezone.now(), **options)


def fates(council: Council, *rows: dict[str, str]) -> list[tuple[Fate, str]]:
    return [(each.fate, " ".join(each.reasons)) for each in plan(council, *rows).fates]


def enter(council: Council, found: Plan, **changes: Any) -> LegacyImport:
    facts = {"digest": "0" * 64, "by": council.owner, "at": timezone.now()}
    return import_list(plan=found, **facts | changes)


def test_plan_writes_nothing(council: Council):
    plan(council, row(), row(name="Bettina Crow"))

    assert not CaseFile.objects.exists()
    assert not Entry.objects.exists()


def test_reasons_name_rows_and_columns_and_never_what_a_cell_says(council: Council):
    broken = row(name=PLANTED, end_date="", basis="")
    ((fate, reasons),) = fates(council, broken)

    assert fate is Fate.REFUSED
    assert "“end_date” is empty." in reasons
    assert "Quimberly" not in reasons


def test_formula_and_stray_cells_refuse_the_row(council: Council):
    rows = [Row(2, row(), formulas=("handling",)), Row(3, row(name="B C"), overlong=True)]
    found = plan_list(rows, register=council.register, at=timezone.now())

    assert [each.reasons for each in found.fates] == [
        ("“handling” is a formula.",),
        ("The row has more cells than the heading.",),
    ]


def test_same_person_twice_is_refused_whatever_the_spelling_of_case_and_accents(council: Council):
    second = row(name=PLANTED.upper())

    assert fates(council, row(), second)[1] == (Fate.REFUSED, "The same as row 2.")


def test_namesake_with_another_birth_date_is_another_person(council: Council):
    assert fates(council, row(), row(date_of_birth="06/11/1961"))[1][0] is Fate.ENTERED


def test_person_on_the_register_already_is_refused(council: Council):
    list_entries(council)

    assert fates(council, row()) == [(Fate.REFUSED, "Is on the register already.")]


def test_service_that_nobody_knows_refuses_the_row(council: Council):
    ((fate, reasons),) = fates(council, row(services="housing; falconry"))

    assert fate is Fate.REFUSED
    assert "services" in reasons
    assert "falconry" not in reasons


def test_progress_is_told_to_the_end(council: Council):
    told: list[tuple[int, int]] = []

    plan(council, row(), row(name="B C"), progress=lambda done, of: told.append((done, of)))

    assert told[-1] == (2, 2)


def test_entries_carry_all_that_the_row_said(council: Council):
    (entry,) = list_entries(council, row(spoc="Duty manager, 01632 960 002"))

    assert entry.case_file.person.identity.names == (PLANTED,)
    assert (entry.handling, entry.spoc) == ("Do not visit alone.", "Duty manager, 01632 960 002")
    assert entry.markers == ["threats"]
    assert [each.slug for each in entry.audience.all()] == ["housing"]
    assert timezone.localdate(entry.expires_at) > timezone.localdate()
    assert entry.reference.startswith("CPR-")


def test_premises_become_a_file_without_a_person(council: Council):
    place = row(kind="Premises", name="", date_of_birth="", hazard="Geese", markers="hazard")

    (entry,) = list_entries(council, place)

    assert entry.case_file.kind == "premises"
    assert Premises.objects.get().identity.hazard == "Geese"
    assert not hasattr(entry.case_file, "person")


def test_every_file_has_its_own_key_and_reference(council: Council):
    entries = list_entries(council, row(), row(name="B C"))

    files = [entry.case_file for entry in entries]
    assert files[0].file_key != files[1].file_key
    assert len({*(file.reference for file in files), *(e.reference for e in entries)}) == 4


def test_import_that_fails_half_way_leaves_nothing(council: Council, monkeypatch):
    found = plan(council, row(), row(name="B C"))
    monkeypatch.setattr("cautionary_plugin.actions.legacy.bring_in.BATCH", 1)

    def fail_at_the_second(done: int, _of: int) -> None:
        if done == 2:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        enter(council, found, progress=fail_at_the_second)

    assert not CaseFile.objects.exists()
    assert not LegacyImport.objects.exists()
    assert not LookupState.objects.exists()


def test_same_file_is_brought_in_once(council: Council):
    found = plan(council, row())
    enter(council, found)

    with pytest.raises(AlreadyDone):
        enter(council, found)
    assert Entry.objects.count() == 1


def test_list_without_a_fit_row_is_refused(council: Council):
    with pytest.raises(BadInput):
        enter(council, plan(council, row(basis="")))


@pytest.mark.clause("A39")
def test_only_the_owner_and_the_administrator_bring_in_lists(council: Council):
    stranger, administrator = make_person("stranger"), make_person("registrar")
    hold_post(council, administrator, PostKind.ADMINISTRATOR)
    found = plan(council, row())

    with pytest.raises(NotYourPost):
        enter(council, found, by=stranger)
    assert enter(council, found, by=administrator).entered == 1
    assert AccessRecord.objects.filter(act=Act.IMPORTED).get().user == administrator


@pytest.mark.clause("L2")
def test_child_is_held_until_a_second_senior_person_signs(council: Council):
    today = timezone.localdate()
    child = row(date_of_birth=f"01/01/{today.year - 15}")
    (entry,) = list_entries(council, child)
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)

    assert entry.state == "held"
    assert not Entry.objects.live_at(timezone.now()).exists()
    with pytest.raises(SamePerson):
        sign_off_entry(entry=entry, by=council.owner, at=timezone.now())
    with pytest.raises(NotYourPost):
        sign_off_entry(entry=entry, by=make_person("clerk"), at=timezone.now())

    sign_off_entry(entry=entry, by=safety, at=timezone.now())

    assert Entry.objects.live_at(timezone.now()).get().signed_off_by == safety


@pytest.mark.clause("A39")
def test_declaration_is_signed_once_by_the_owner(council: Council):
    done = enter(council, plan(council, row()))
    administrator = make_person("registrar")
    hold_post(council, administrator, PostKind.ADMINISTRATOR)

    with pytest.raises(NotYourPost):
        declare_destroyed(legacy_import=done, by=administrator, at=timezone.now())
    declared = declare_destroyed(legacy_import=done, by=council.owner, at=timezone.now())
    with pytest.raises(AlreadyDone):
        declare_destroyed(legacy_import=done, by=council.owner, at=timezone.now())

    assert declared.declared_by == council.owner
    assert AccessRecord.objects.filter(act=Act.DECLARED).count() == 1


def test_upload_is_kept_sealed_and_discarded_after_a_day(council: Council):
    now = timezone.now()
    content = b"name\r\n" + PLANTED.encode() + b"\r\n\xff"
    keep_upload(content=b"an older one", register=council.register, by=council.owner, at=now)

    kept = keep_upload(content=content, register=council.register, by=council.owner, at=now)

    stored = LegacyUpload.objects.values_list("content", flat=True).get()
    assert content_of(LegacyUpload.objects.get(pk=kept.pk)) == content
    assert PLANTED.encode() not in bytes(stored)
    assert discard_old_uploads(at=now) == 0
    assert discard_old_uploads(at=now + KEPT_FOR) == 1
    assert not LegacyUpload.objects.exists()
