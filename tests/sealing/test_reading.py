"""Reading many rows at once."""

import tracemalloc
from datetime import date
from typing import Any

import pytest

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.reading import open_rows
from cautionary_plugin.sealing.values import Ciphertext
from tests.sealing.app.models import Dossier, Note, Person

pytestmark = pytest.mark.django_db


def test_rows_come_opened_beside_plain_columns(person: Person) -> None:
    rows = list(
        open_rows(Person.objects.all(), "name", "born_on", "remark", "seen", "dossier__reference")
    )

    assert rows == [(person.pk, "Wilhelmina Quagmire", date(1980, 5, 17), None, 0, "CPR-2026-0042")]


def test_rows_two_steps_from_the_key(person: Person) -> None:
    note = Note.objects.create(person=person, text="Wears a red hat")

    assert list(open_rows(Note.objects.all(), "text")) == [(note.pk, "Wears a red hat")]


def test_rows_of_the_holder_itself(dossier: Dossier) -> None:
    rows = list(open_rows(Dossier.objects.all(), "summary"))

    assert rows == [(dossier.pk, "Shouted at a caretaker")]


def test_rows_of_related_models_stay_shut(person: Person) -> None:
    ((_, summary),) = open_rows(Person.objects.all(), "dossier__summary")

    assert type(summary) is Ciphertext


def test_rows_respect_the_queryset(person: Person) -> None:
    assert list(open_rows(Person.objects.filter(seen=1), "name")) == []


def test_many_rows_take_one_query(django_assert_num_queries: Any) -> None:
    dossiers = Dossier.objects.bulk_create(Dossier() for _ in range(20))
    Person.objects.bulk_create(
        Person(dossier=dossier, name=f"Quagmire {n}") for dossier in dossiers for n in range(3)
    )

    with django_assert_num_queries(1):
        names = [name for _, name in open_rows(Person.objects.order_by("dossier"), "name")]

    assert sorted(names) == sorted(f"Quagmire {n}" for n in range(3) for _ in range(20))


def test_rows_of_one_file_share_the_unwrapping(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.bulk_create(Person(dossier=dossier, name="Quagmire") for _ in range(10))
    calls: list[Any] = []
    from cautionary_plugin.sealing import reading

    unwrap_key = reading.unwrap_key
    monkeypatch.setattr(reading, "unwrap_key", lambda *a: calls.append(a) or unwrap_key(*a))

    assert len(list(open_rows(Person.objects.all(), "name"))) == 10
    assert len(calls) == 1


def test_altered_row_refuses(person: Person) -> None:
    Person.objects.update(name=Ciphertext(b"\x01" + bytes(60)))

    with pytest.raises(CannotOpen, match=r"Person\.name"):
        list(open_rows(Person.objects.all(), "name"))


def test_memory_does_not_grow_with_the_rows(dossier: Dossier) -> None:
    Person.objects.bulk_create(
        Person(dossier=dossier, name="Quagmire " * 4, remark="long " * 400) for _ in range(3000)
    )

    tracemalloc.start()
    for _ in open_rows(Person.objects.all(), "name", "remark", chunk_size=100):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 3_000_000  # the rows hold more than 6 MB
