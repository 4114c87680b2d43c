"""Sealed fields on a model: what goes in comes out, and nothing else does."""

from datetime import date

from tests.sealing.app.models import Dossier, Note, Person


def test_values_round_trip(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)

    assert (read.name, read.alias, read.born_on, read.details, read.remark) == (
        "Wilhelmina Quagmire",
        "Billie",
        date(1980, 5, 17),
        {"phones": ["01632 960001"]},
        None,
    )


def test_values_two_steps_from_the_key_round_trip(person: Person) -> None:
    note = Note.objects.create(person=person, text="Wears a red hat")

    assert Note.objects.get(pk=note.pk).text == "Wears a red hat"


def test_holder_seals_its_own_fields(dossier: Dossier) -> None:
    assert Dossier.objects.get(pk=dossier.pk).summary == "Shouted at a caretaker"
