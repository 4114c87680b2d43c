"""Instances that are copied, pickled, refreshed or loaded in part: nothing leaks or breaks."""

import copy
import pickle
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

from cautionary_plugin.sealing.fields import SealedDateField, SealedJSONField, SealedTextField
from cautionary_plugin.sealing.values import Ciphertext
from tests.sealing.app.models import Dossier, Note, Person

pytestmark = pytest.mark.django_db
NAMES = ["Quagmire", "Billie", "01632 960001"]


@pytest.mark.parametrize("opened", [True, False])
def test_pickle_holds_ciphertext_and_opens_again(person: Person, opened: bool) -> None:
    read = Person.objects.select_related("dossier").get(pk=person.pk)
    if opened:
        assert read.name == "Wilhelmina Quagmire"

    pickled = pickle.dumps(read)

    assert not any(name.encode() in pickled for name in NAMES)
    assert person.dossier.file_key.raw not in pickled
    again = pickle.loads(pickled)  # noqa: S301 - made a line above
    assert (again.name, again.alias) == ("Wilhelmina Quagmire", "Billie")


def test_pickle_of_an_unsaved_instance_seals_first() -> None:
    person = Person(dossier=Dossier(summary="Shouted"), name="Wilhelmina Quagmire")

    pickled = pickle.dumps(person)

    assert b"Quagmire" not in pickled
    assert b"Shouted" not in pickled
    assert person.dossier.file_key.raw not in pickled
    again = pickle.loads(pickled)  # noqa: S301 - made a line above
    again.dossier.save()
    again.save()
    assert Person.objects.get().name == "Wilhelmina Quagmire"


@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_copy_can_be_read_and_saved(person: Person, copier: Any) -> None:
    read = Person.objects.get(pk=person.pk)
    read.name = "Wilhelmina Ramsbottom"

    copied = copier(read)
    copied.save()

    assert (copied.name, copied.alias) == ("Wilhelmina Ramsbottom", "Billie")
    assert Person.objects.get().name == "Wilhelmina Ramsbottom"


def test_refresh_reads_anew(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)
    assert read.name == "Wilhelmina Quagmire"
    person.name = "Wilhelmina Ramsbottom"
    person.save()

    read.refresh_from_db()

    assert read.name == "Wilhelmina Ramsbottom"


def test_refresh_opens_nothing(person: Person, django_assert_num_queries: Any) -> None:
    read = Person.objects.get(pk=person.pk)

    with django_assert_num_queries(1):
        read.refresh_from_db()

    assert type(vars(read)["name"]) is Ciphertext


def test_refresh_of_some_fields_leaves_the_others(person: Person) -> None:
    person.name, person.alias = "changed", "changed too"

    person.refresh_from_db(fields=["name"])

    assert (person.name, person.alias) == ("Wilhelmina Quagmire", "changed too")


def test_deferred_field_is_loaded_when_read(person: Person, django_assert_num_queries: Any) -> None:
    read = Person.objects.select_related("dossier").defer("name").get(pk=person.pk)

    with django_assert_num_queries(0):
        assert read.alias == "Billie"
    with django_assert_num_queries(1):
        assert read.name == "Wilhelmina Quagmire"


def test_deferred_field_is_not_written(person: Person) -> None:
    read = Person.objects.only("seen").get(pk=person.pk)

    read.seen = 3
    read.save()

    assert Person.objects.get().name == "Wilhelmina Quagmire"


def test_select_related_opens_without_another_query(
    person: Person, django_assert_num_queries: Any
) -> None:
    Note.objects.create(person=person, text="Wears a red hat")

    with django_assert_num_queries(1):
        note = Note.objects.select_related("person__dossier").get()
        assert (note.text, note.person.name) == ("Wears a red hat", "Wilhelmina Quagmire")


def test_value_is_opened_once(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)

    assert read.details is read.details


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        (SealedTextField(max_length=40, blank=True), {"max_length": 40, "blank": True}),
        (SealedJSONField(default=dict, editable=False), {"default": dict, "editable": False}),
        (SealedDateField(null=True), {"null": True}),
    ],
)
def test_field_deconstructs_into_what_made_it(
    field: "models.Field[Any, Any]", arguments: dict[str, Any]
) -> None:
    _, path, positional, keywords = field.deconstruct()

    assert path == f"cautionary_plugin.sealing.fields.{type(field).__name__}"
    assert (positional, keywords) == ([], arguments)
    assert type(field)(**keywords).deconstruct()[1:] == (path, positional, keywords)
    assert "cautionary_plugin.sealing.fields" in MigrationWriter.serialize(field)[0]


def test_models_of_migrations_hand_over_ciphertext(person: Person) -> None:
    state = ProjectState()
    for model in (Dossier, Person):
        state.add_model(ModelState.from_model(model))
    old_person = state.apps.get_model("sealing_testapp", "Person")
    old_dossier = state.apps.get_model("sealing_testapp", "Dossier")

    (row,) = old_person.objects.all()
    assert type(row.name) is Ciphertext
    row.seen = 9
    row.save()
    (file,) = old_dossier.objects.all()
    file.reference = "CPR-2026-0099"
    file.save()

    read = Person.objects.get()
    assert (read.seen, read.name) == (9, "Wilhelmina Quagmire")
    assert read.dossier.reference == "CPR-2026-0099"


def test_column_is_binary() -> None:
    expected = {"sqlite": "BLOB", "postgresql": "bytea"}[connection.vendor]

    assert Person._meta.get_field("name").db_type(connection) == expected
