"""The declaration of personal fields: every slip in it is told."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.personal import unanswered
from tests.sealing.app.models import Dossier, Note, Person


@pytest.mark.parametrize("model", [Dossier, Person, Note])
def test_complete_declaration_leaves_no_question(model: type[models.Model]) -> None:
    assert list(unanswered(model)) == []


@isolate_apps("tests.sealing.app")
def test_plain_model_has_to_declare_all() -> None:
    class Plain(models.Model):
        number = models.IntegerField()

        class Meta:
            app_label = "sealing_testapp"

        def __str__(self) -> str:
            return "plain"

    assert list(unanswered(Plain)) == [
        "sealing_testapp.Plain.id is not classified",
        "sealing_testapp.Plain.number is not classified",
    ]


@isolate_apps("tests.sealing.app", "django.contrib.contenttypes")
def test_relations_have_to_be_declared() -> None:
    class Related(KeyHolder):
        one = models.ForeignKey("self", on_delete=models.CASCADE)
        many = models.ManyToManyField("self")

        class Meta:
            app_label = "sealing_testapp"

    assert list(unanswered(Related)) == [
        "sealing_testapp.Related.one is not classified",
        "sealing_testapp.Related.many is not classified",
    ]


@isolate_apps("tests.sealing.app")
def test_personal_field_has_to_be_sealed() -> None:
    class Leaky(KeyHolder):
        personal = {"name"}
        name = models.TextField()

        class Meta:
            app_label = "sealing_testapp"

    assert list(unanswered(Leaky)) == ["sealing_testapp.Leaky.name is personal and not sealed"]


@isolate_apps("tests.sealing.app")
def test_sealed_field_is_not_impersonal() -> None:
    class Torn(KeyHolder):
        impersonal = {"name"}
        name = SealedTextField()

        class Meta:
            app_label = "sealing_testapp"

    assert list(unanswered(Torn)) == [
        "sealing_testapp.Torn.name is sealed and yet declared impersonal"
    ]


@isolate_apps("tests.sealing.app")
def test_declaration_of_a_field_that_is_gone_is_told() -> None:
    class Stale(KeyHolder):
        impersonal = {"number"}

        class Meta:
            app_label = "sealing_testapp"

    assert list(unanswered(Stale)) == [
        "sealing_testapp.Stale classifies number, which it does not have"
    ]


@isolate_apps("tests.sealing.app")
def test_fields_of_a_parents_table_are_the_parents() -> None:
    class Parent(KeyHolder):
        impersonal = {"number"}
        number = models.IntegerField()

        class Meta:
            app_label = "sealing_testapp"

    class Child(Parent):
        impersonal = {"parent_ptr"}

        class Meta:
            app_label = "sealing_testapp"

    assert list(unanswered(Child)) == []
