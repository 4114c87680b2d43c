"""What a thief of the database sees: references, dates, counts."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from tests.sealing.app.models import Dossier, Note, Person

# Words of this test alone: free pages may still hold what other tests put in the open.
PERSONAL = ["Blenkinsop", "Tilly", "1907-02-13", "960777", "mauve bowler", "bellowed"]


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
def test_stolen_database_holds_nothing_personal() -> None:
    dossier = Dossier.objects.create(reference="CPR-2026-0077", summary="bellowed at a caretaker")
    for name in ("Theophania Blenkinsop", "Tilly Blenkinsop"):
        person = Person.objects.create(
            dossier=dossier,
            name=name,
            alias="Tilly",
            born_on=date(1907, 2, 13),
            details={"phones": ["01632 960777"]},
        )
    Note.objects.create(person=person, text="Wears a mauve bowler")
    person.alias = "Tilly the elder"
    person.save()
    Person.objects.exclude(pk=person.pk).get().delete()

    stored = everything_stored()

    assert b"CPR-2026-0077" in stored
    assert [word for word in PERSONAL if word.encode() in stored] == []
    assert Person.objects.get().name == "Tilly Blenkinsop"


@pytest.mark.django_db(transaction=True)
def test_stolen_database_holds_no_key(person: Person) -> None:
    stored = everything_stored()

    assert bytes(Dossier.objects.get().wrapped_key) in stored
    assert person.dossier.file_key.raw not in stored
