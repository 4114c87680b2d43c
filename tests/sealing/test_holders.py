"""The row that a key hangs on."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from cautionary_plugin.rules.errors import CannotOpen, KeyUnavailable
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KEY_FIELDS, KeyHolder, holder_models
from cautionary_plugin.sealing.keyrings import Keyring
from cautionary_plugin.sealing.sealed_models import SealedModel
from tests.sealing.app.models import Dossier, Person

pytestmark = pytest.mark.django_db


def test_each_file_has_a_key_of_its_own() -> None:
    dossiers = [Dossier.objects.create() for _ in range(3)]

    keys = {dossier.file_key for dossier in dossiers}

    assert [len(key.raw) for key in keys] == [32, 32, 32]


def test_key_is_the_same_after_loading(dossier: Dossier) -> None:
    assert Dossier.objects.get().file_key == dossier.file_key


def test_key_is_stored_wrapped_only(dossier: Dossier, keyring: Keyring) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sealing_testapp_dossier")
        row = cursor.fetchone()

    stored = [bytes(value) for value in row if isinstance(value, bytes | memoryview)]
    assert bytes(dossier.wrapped_key) in stored
    assert not any(dossier.file_key.raw in value for value in stored)
    assert dossier.wrapping_key == keyring.current


def test_key_can_be_used_before_the_row_is_saved() -> None:
    dossier = Dossier()
    key = dossier.file_key

    dossier.save()

    assert Dossier.objects.get().file_key == key


def test_key_is_unwrapped_once_an_instance(
    person: Person, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    unwrap = keyring.unwrap
    monkeypatch.setattr(keyring, "unwrap", lambda *a, **k: calls.append(a) or unwrap(*a, **k))

    read = Person.objects.select_related("dossier").get()

    assert (read.name, read.alias) == ("Wilhelmina Quagmire", "Billie")
    assert len(calls) == 1


def test_bulk_create_gives_each_file_its_key() -> None:
    Dossier.objects.bulk_create(Dossier(summary=f"Summary {n}") for n in range(5))

    read = Dossier.objects.all()

    assert {dossier.summary for dossier in read} == {f"Summary {n}" for n in range(5)}
    assert len({dossier.file_key for dossier in read}) == 5


def test_bulk_create_of_files_and_people_at_once() -> None:
    dossiers = [Dossier() for _ in range(3)]
    people = [Person(dossier=dossier, name=f"Quagmire {n}") for n, dossier in enumerate(dossiers)]

    Dossier.objects.bulk_create(dossiers)
    Person.objects.bulk_create(people)

    names = {person.name for person in Person.objects.select_related("dossier")}
    assert names == {"Quagmire 0", "Quagmire 1", "Quagmire 2"}


def test_nothing_is_saved_without_a_keyring(keyring: Keyring) -> None:
    keyring.file.path.unlink()

    with pytest.raises(KeyUnavailable), transaction.atomic():
        Dossier(summary="Shouted at a caretaker").save()

    assert not Dossier.objects.exists()


def test_nothing_is_read_without_a_keyring(person: Person, keyring: Keyring) -> None:
    keyring.file.path.unlink()

    with pytest.raises(KeyUnavailable):
        Person.objects.get().name  # noqa: B018


def test_forgotten_key_opens_nothing_and_is_not_drawn_anew(person: Person) -> None:
    dossier = Dossier.objects.get()
    assert dossier.summary

    dossier.forget_key()
    dossier.save(update_fields=KEY_FIELDS)

    (row,) = Dossier.objects.values_list("wrapped_key", "wrapping_key")
    assert (bytes(row[0]), row[1]) == (b"", "")
    with pytest.raises(CannotOpen, match="was destroyed"):
        Person.objects.get().name  # noqa: B018
    with pytest.raises(CannotOpen, match="was destroyed"):
        Dossier.objects.get().summary  # noqa: B018
    with pytest.raises(CannotOpen, match="was destroyed"):
        dossier.file_key  # noqa: B018


def test_save_of_an_old_copy_does_not_undo_forgetting(dossier: Dossier) -> None:
    old_copy = Dossier.objects.get()
    dossier.forget_key()
    dossier.save(update_fields=KEY_FIELDS)

    old_copy.reference = "CPR-2026-0099"
    old_copy.save()

    row = Dossier.objects.values("reference", "wrapping_key").get()
    assert row == {"reference": "CPR-2026-0099", "wrapping_key": ""}


def test_save_needs_no_other_statement(dossier: Dossier, django_assert_num_queries: Any) -> None:
    read = Dossier.objects.get()

    with django_assert_num_queries(1):
        read.save()


def test_holder_models_are_found() -> None:
    assert Dossier in holder_models()
    assert Person not in holder_models()


def test_models_of_the_test_application_pass_their_checks() -> None:
    models_there = apps.get_app_config("sealing_testapp").get_models()

    assert [found for model in models_there for found in model.check()] == []


@isolate_apps("tests.sealing.app")
def test_checks_find_a_sealed_field_without_a_key() -> None:
    class Loose(models.Model):
        name = SealedTextField()

        class Meta:
            app_label = "sealing_testapp"

        def __str__(self) -> str:
            return "loose"

    assert [error.id for error in Loose.check()] == ["cautionary_plugin.E101"]


@isolate_apps("tests.sealing.app")
def test_checks_find_a_sealed_field_that_the_database_should_search() -> None:
    class Searched(KeyHolder):
        name = SealedTextField(unique=True)

        class Meta:
            app_label = "sealing_testapp"

    assert [error.id for error in Searched.check()] == ["cautionary_plugin.E102"]


@isolate_apps("tests.sealing.app")
def test_checks_find_a_primary_key_that_is_not_known_in_time() -> None:
    class Numbered(KeyHolder):
        id = models.BigAutoField(primary_key=True)

        class Meta:
            app_label = "sealing_testapp"

    assert [error.id for error in Numbered.check()] == ["cautionary_plugin.E103"]


@isolate_apps("tests.sealing.app")
@pytest.mark.parametrize("path", ["nothing", "self", "text", "text.more"])
def test_checks_find_a_path_that_leads_to_no_key(path: str) -> None:
    class Lost(SealedModel):
        sealed_under = path
        text = SealedTextField()

        class Meta:
            app_label = "sealing_testapp"

    assert [error.id for error in Lost.check()] == ["cautionary_plugin.E104"]


@isolate_apps("tests.sealing.app")
def test_checks_find_a_missing_path() -> None:
    class Silent(SealedModel):
        text = SealedTextField()

        class Meta:
            app_label = "sealing_testapp"

    assert [error.id for error in Silent.check()] == ["cautionary_plugin.E104"]
