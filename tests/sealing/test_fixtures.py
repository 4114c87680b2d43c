"""dumpdata and loaddata: a dump is as sealed as the database, and reads back."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializationError

from cautionary_plugin.sealing.keyrings import Keyring
from tests.sealing.app.models import Dossier, Note, Person

pytestmark = pytest.mark.django_db
FORMATS = ["json", "jsonl", "xml"]
IN_THE_OPEN = ["Quagmire", "Billie", "1980", "01632", "caretaker", "red hat"]


def dump(form: str) -> str:
    out = StringIO()
    call_command("dumpdata", "sealing_testapp", format=form, stdout=out)
    return out.getvalue()


@pytest.fixture
def note(person: Person) -> Note:
    return Note.objects.create(person=person, text="Wears a red hat")


@pytest.mark.parametrize("form", FORMATS)
def test_dump_is_sealed(note: Note, form: str) -> None:
    dumped = dump(form)

    assert "CPR-2026-0042" in dumped
    assert not [text for text in IN_THE_OPEN if text in dumped]


@pytest.mark.parametrize("form", FORMATS)
def test_dump_reads_back(note: Note, tmp_path: Path, form: str) -> None:
    (tmp_path / f"dump.{form}").write_text(dump(form))
    Dossier.objects.all().delete()
    assert not Note.objects.exists()

    call_command("loaddata", tmp_path / f"dump.{form}", verbosity=0)

    read = Note.objects.select_related("person__dossier").get()
    assert (read.text, read.person.name) == ("Wears a red hat", "Wilhelmina Quagmire")
    assert (read.person.born_on, read.person.remark) == (date(1980, 5, 17), None)
    assert read.person.details == {"phones": ["01632 960001"]}
    assert read.person.dossier.summary == "Shouted at a caretaker"


def test_dump_reads_back_over_what_is_there(note: Note, tmp_path: Path) -> None:
    (tmp_path / "dump.json").write_text(dump("json"))
    note.text = "Wears a blue hat"
    note.save()

    call_command("loaddata", tmp_path / "dump.json", verbosity=0)

    assert Note.objects.get().text == "Wears a red hat"


def test_dump_reads_back_with_the_children_first(note: Note, tmp_path: Path) -> None:
    rows = json.loads(dump("json"))
    Dossier.objects.all().delete()
    (tmp_path / "dump.json").write_text(json.dumps(rows[::-1]))

    call_command("loaddata", tmp_path / "dump.json", verbosity=0)

    assert Note.objects.get().text == "Wears a red hat"


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_dump_needs_no_key(note: Note, keyring: Keyring, form: str) -> None:
    keyring.file.path.unlink()

    assert "CPR-2026-0042" in dump(form)


def test_dump_opens_nothing(note: Note, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        dump("json")


@pytest.mark.parametrize("value", ["Wilhelmina Quagmire", 7, ["x"]])
def test_load_refuses_what_is_not_sealed(note: Note, tmp_path: Path, value: Any) -> None:
    rows = json.loads(dump("json"))
    rows[-1]["fields"]["text"] = value
    (tmp_path / "dump.json").write_text(json.dumps(rows))

    with pytest.raises(DeserializationError):
        call_command("loaddata", tmp_path / "dump.json", verbosity=0)
