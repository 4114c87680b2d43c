"""What a thief of the database sees: references, dates, counts."""

from pathlib import Path

import pytest
from django.db import connection

from tests.sealing.app.models import Dossier, Note, Person

PERSONAL = [b"Quagmire", b"Billie", b"1980-05-17", b"01632", b"caretaker", b"red hat", b"phones"]


def everything_stored() -> bytes:
    """All bytes of the database: the files of SQLite as they are, or each row of PostgreSQL."""
    if connection.vendor == "sqlite":
        path = str(connection.settings_dict["NAME"])
        return b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            rows += cursor.fetchall()
    values = [value for row in rows for value in row]
    return b"\n".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values
    )


@pytest.mark.django_db(transaction=True)
def test_stolen_database_holds_nothing_personal(person: Person) -> None:
    Note.objects.create(person=person, text="Wears a red hat")
    person.alias = "Billie the elder"
    person.save()
    Person.objects.get().delete()
    Person.objects.create(dossier=person.dossier, name="Wilhelmina Quagmire", alias="Billie")

    stored = everything_stored()

    assert b"CPR-2026-0042" in stored
    assert [word for word in PERSONAL if word in stored] == []
    assert Person.objects.get().name == "Wilhelmina Quagmire"


@pytest.mark.django_db(transaction=True)
def test_stolen_database_holds_no_key(person: Person) -> None:
    stored = everything_stored()

    assert bytes(Dossier.objects.get().wrapped_key) in stored
    assert person.dossier.file_key.raw not in stored
