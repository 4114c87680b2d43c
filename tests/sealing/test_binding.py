"""A ciphertext opens in its own place only, and not when it was touched."""

from traceback import TracebackException
from uuid import uuid4

import pytest
from django.db import models, transaction

from cautionary_plugin.rules.errors import CannotOpen, SealingError
from cautionary_plugin.sealing.values import Ciphertext
from tests.sealing.app.models import Dossier, Note, Person


def token_of(person: Person, name: str = "name") -> Ciphertext:
    token = Person.objects.values_list(name, flat=True).get(pk=person.pk)
    assert isinstance(token, Ciphertext)
    return token


def put(row: models.Model, **values: bytes) -> None:
    """Write straight into the columns, as a thief or a slip would."""
    type(row)._base_manager.filter(pk=row.pk).update(
        **{name: Ciphertext(value) for name, value in values.items()}
    )


@pytest.fixture
def neighbour(dossier: Dossier) -> Person:
    return Person.objects.create(dossier=dossier, name="Algernon Ramsbottom")


def test_moved_to_another_row_of_the_same_file_refuses(person: Person, neighbour: Person) -> None:
    put(neighbour, name=token_of(person))

    with pytest.raises(CannotOpen, match=r"sealing_testapp\.Person\.name") as refusal:
        Person.objects.get(pk=neighbour.pk).name  # noqa: B018

    assert "Quagmire" not in str(refusal.value)


def test_moved_to_another_field_refuses(person: Person) -> None:
    put(person, alias=token_of(person))

    with pytest.raises(CannotOpen, match="alias"):
        Person.objects.get(pk=person.pk).alias  # noqa: B018


def test_moved_to_another_model_refuses(person: Person) -> None:
    note = Note.objects.create(id=person.pk, person=person, text="Wears a red hat")
    put(note, text=token_of(person))

    with pytest.raises(CannotOpen):
        Note.objects.get(pk=note.pk).text  # noqa: B018


def test_row_moved_to_another_file_by_the_database_refuses(person: Person) -> None:
    other = Dossier.objects.create()
    Person.objects.update(dossier=other)

    with pytest.raises(CannotOpen):
        Person.objects.get(pk=person.pk).name  # noqa: B018


def test_key_moved_to_another_file_refuses(person: Person) -> None:
    other = Dossier.objects.create()
    theirs = Dossier.objects.values("wrapped_key", "wrapping_key").get(pk=person.dossier_id)
    Dossier.objects.filter(pk=other.pk).update(**theirs)
    Person.objects.update(dossier=other)

    with pytest.raises(CannotOpen, match="belongs to another row"):
        Person.objects.get(pk=person.pk).name  # noqa: B018


@pytest.mark.parametrize("position", [0, 1, 12, 13, 20, -1])
def test_flipped_byte_refuses(person: Person, position: int) -> None:
    token = bytearray(token_of(person))
    token[position] ^= 0x40
    put(person, name=bytes(token))

    with pytest.raises(CannotOpen):
        Person.objects.get(pk=person.pk).name  # noqa: B018


@pytest.mark.parametrize("position", [0, 1, 12, 13, 20, -1])
def test_flipped_byte_of_the_key_refuses(dossier: Dossier, position: int) -> None:
    wrapped = bytearray(dossier.wrapped_key)
    wrapped[position] ^= 0x40
    Dossier.objects.update(wrapped_key=bytes(wrapped))

    with pytest.raises(CannotOpen):
        Dossier.objects.get().summary  # noqa: B018


def test_plaintext_in_the_column_refuses(person: Person) -> None:
    put(person, name=b"Wilhelmina Quagmire and a good many more letters")

    with pytest.raises(CannotOpen):
        Person.objects.get(pk=person.pk).name  # noqa: B018


def test_save_refuses_to_move_shut_values_to_another_file(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)
    read.dossier = Dossier.objects.create()

    with pytest.raises(SealingError, match="moved while"), transaction.atomic():
        read.save()

    assert Person.objects.get().name == "Wilhelmina Quagmire"


def test_save_refuses_to_copy_shut_values_to_another_row(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)
    read.pk, read._state.adding = uuid4(), True

    with pytest.raises(SealingError), transaction.atomic():
        read.save()

    assert Person.objects.get() == person


def test_save_seals_opened_values_anew_for_another_file(person: Person) -> None:
    other = Dossier.objects.create()
    read = Person.objects.get(pk=person.pk)
    assert (read.name, read.alias, read.born_on, read.details) != ()

    read.dossier = other
    read.save()

    moved = Person.objects.get(pk=person.pk)
    assert moved.dossier == other
    assert (moved.name, moved.alias) == ("Wilhelmina Quagmire", "Billie")


def test_spelling_of_the_primary_key_does_not_matter(person: Person) -> None:
    note = Note(id=str(uuid4()), person=person, text="Wears a red hat")
    note.save()

    assert Note.objects.get().text == "Wears a red hat"


def test_traceback_shows_neither_key_nor_name(person: Person) -> None:
    put(person, alias=token_of(person))
    read = Person.objects.select_related("dossier").get(pk=person.pk)
    assert read.name == "Wilhelmina Quagmire"

    with pytest.raises(CannotOpen) as refusal:
        read.alias  # noqa: B018

    shown = "".join(TracebackException.from_exception(refusal.value, capture_locals=True).format())
    assert "token" in shown
    assert repr(person.dossier.file_key.raw) not in shown
    assert "Quagmire" not in shown
