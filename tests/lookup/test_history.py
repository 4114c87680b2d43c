"""The register of now is not taken for the register that this process has seen (L4, L7)."""

from typing import Any

import pytest
from django.db import transaction

from cautionary_plugin.actions.lookup_state import begin_anew
from cautionary_plugin.lookup import register as lookup_register
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.lookup.register import bring_up_to_date, search
from cautionary_plugin.models import CaseFile, Entry, LookupState
from cautionary_plugin.rules.errors import LookupOutOfStep
from tests.council import Council, found_council, list_entries, row
from tests.lookup.test_register import elsewhere

PEOPLE = {
    "Ada Fenwick": "WX2 1AA",
    "Wilfreda Stoneycroft": "WX3 1AA",
    "Osric Pellinore": "WX4 1AA",
    "Hepzibah Lockswain": "WX5 1AA",
    "Cuthbert Inglemere": "WX6 1AA",
}
ADA, WILFREDA, OSRIC, HEPZIBAH, CUTHBERT = PEOPLE


@pytest.fixture
def council(transactional_db: None) -> Council:
    return found_council()


def listed(council: Council, *names: str) -> list[Entry]:
    """Bring people in one by one: each is a change of its own."""
    return [
        list_entries(council, row(name=name, postcode=PEOPLE[name], address="1 Low Row"))[0]
        for name in names
    ]


def found(name: str) -> list[Any]:
    question = Question(name=name, postcode=PEOPLE[name])
    return [match.key for match in search(question, limit=5, visible=set).matches]


def test_numbers_given_again_after_a_backup_are_other_changes(council: Council) -> None:
    """As many entries as were lost come back under their numbers, and one more."""
    listed(council, ADA)
    backup = LookupState.objects.values("epoch", "stamp", "number", "entries").get()
    lost = listed(council, WILFREDA, OSRIC)
    assert found(OSRIC) == [lost[1].pk]

    CaseFile.objects.filter(entries__in=lost).delete()
    LookupState.objects.update(**backup)
    since = listed(council, HEPZIBAH, CUTHBERT, WILFREDA)

    assert [found(name) for name in (HEPZIBAH, CUTHBERT, WILFREDA)] == [[e.pk] for e in since]
    assert found(OSRIC) == []


def test_numbers_given_again_after_a_rollback_are_other_changes(council: Council) -> None:
    """Somebody looked in a transaction that was taken back; others have changed things since."""
    listed(council, ADA)
    with transaction.atomic():
        listed(council, WILFREDA)
        assert len(found(WILFREDA)) == 1
        transaction.set_rollback(True)

    since = elsewhere(lambda: listed(council, OSRIC, HEPZIBAH))

    assert [found(name) for name in (OSRIC, HEPZIBAH)] == [[entry.pk] for entry in since]
    assert found(WILFREDA) == []


def test_correction_that_was_taken_back_is_not_remembered(council: Council) -> None:
    first, second = listed(council, ADA, WILFREDA)
    backup = LookupState.objects.values("epoch", "stamp", "number", "entries").get()
    person = first.case_file.person
    with transaction.atomic():
        person.identity_sealed = {**person.identity_sealed, "names": [OSRIC]}
        person.save()
        Entry.objects.filter(pk=first.pk).update(changed=backup["number"] + 1)
        LookupState.objects.update(number=backup["number"] + 1)
        assert len(bring_up_to_date()) == 2
        transaction.set_rollback(True)

    elsewhere(lambda: listed(council, HEPZIBAH, CUTHBERT))

    assert found(ADA) == [first.pk]
    assert found(WILFREDA) == [second.pk]


def test_another_epoch_is_another_register(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(council, ADA, WILFREDA)
    bring_up_to_date()
    opened: list[Any] = []
    real = lookup_register.facts_of_person
    monkeypatch.setattr(
        lookup_register, "facts_of_person", lambda *facts: opened.append(facts) or real(*facts)
    )

    assert begin_anew() == (2, 2)

    assert len(bring_up_to_date()) == len(opened) == 2


def test_entry_that_no_action_has_numbered_fails_though_it_is_counted_again(
    council: Council,
) -> None:
    listed(council, ADA)
    Entry.objects.update(changed=0)

    begin_anew(count_again=True)

    with pytest.raises(LookupOutOfStep):
        found(ADA)


def test_numbers_of_entries_that_are_ahead_are_gone_on_from(council: Council) -> None:
    """The row was lost and made anew by the next change, with a number that was long given."""
    made = listed(council, ADA, WILFREDA, OSRIC)
    LookupState.objects.all().delete()
    made += listed(council, HEPZIBAH)
    with pytest.raises(LookupOutOfStep):
        found(ADA)

    assert begin_anew(count_again=True) == (1, 4)

    assert [found(name) for name in (ADA, WILFREDA, OSRIC, HEPZIBAH)] == [[e.pk] for e in made]


def test_commits_that_never_cease_are_no_fault(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the database is followed by somebody's commit, nine times over."""
    real, families = lookup_register.history.snapshot, ["Fenwick", *"abcdefghi"]

    def commit() -> None:
        list_entries(council, row(name=f"Ada {families.pop() * 5}"))

    def snapshot() -> Any:
        read = real()
        if families:
            elsewhere(commit)
        return read

    commit()
    monkeypatch.setattr(lookup_register.history, "snapshot", snapshot)

    assert len(bring_up_to_date()) == 10


class Replica:
    """Sends readers to a database that is not there."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "replica"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"


def test_a_replica_that_may_lag_behind_is_never_asked(council: Council, settings: Any) -> None:
    (entry,) = listed(council, ADA)
    lookup_register.forget()
    settings.DATABASE_ROUTERS = ["tests.lookup.test_history.Replica"]

    assert found(ADA) == [entry.pk]
