"""Forms over sealed fields behave as over ordinary ones."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from tests.sealing.app.models import Dossier, Person

pytestmark = pytest.mark.django_db


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("name", "alias", "born_on", "details", "remark")


def posted(**changes: str) -> dict[str, str]:
    return {
        "name": "Wilhelmina Quagmire",
        "alias": "Billie",
        "born_on": "1980-05-17",
        "details": '{"phones": ["01632 960001"]}',
        "remark": "",
        **changes,
    }


def test_fields_are_what_people_expect() -> None:
    fields = PersonForm().fields

    assert type(fields["name"]) is forms.CharField
    assert type(fields["name"].widget) is forms.TextInput
    assert fields["name"].max_length == 40
    assert type(fields["remark"].widget) is forms.Textarea
    assert isinstance(fields["born_on"], forms.DateField)
    assert fields["born_on"].widget.input_type == "text"
    assert isinstance(fields["details"], forms.JSONField)
    assert [name for name, field in fields.items() if field.required] == ["name"]


def test_form_shows_what_is_stored(person: Person) -> None:
    html = PersonForm(instance=Person.objects.get()).as_p()

    assert 'value="Wilhelmina Quagmire"' in html
    assert "{&quot;phones&quot;: [&quot;01632 960001&quot;]}" in html


@pytest.mark.parametrize(("language", "shown"), [("en-gb", "17/05/1980"), ("en-us", "1980-05-17")])
def test_form_shows_dates_as_people_write_them(person: Person, language: str, shown: str) -> None:
    with translation.override(language):
        assert f'value="{shown}"' in PersonForm(instance=Person.objects.get()).as_p()


def test_form_saves_what_is_typed(dossier: Dossier) -> None:
    form = PersonForm(posted(), instance=Person(dossier=dossier))

    assert form.is_valid(), form.errors
    form.save()

    read = Person.objects.get()
    assert (read.name, read.born_on, read.remark) == (
        "Wilhelmina Quagmire",
        date(1980, 5, 17),
        None,
    )
    assert read.details == {"phones": ["01632 960001"]}


def test_form_knows_that_nothing_changed(person: Person) -> None:
    form = PersonForm(posted(), instance=Person.objects.get())

    assert form.is_valid()
    assert form.changed_data == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("name", "W. Quagmire"), ("born_on", "1980-05-18"), ("details", "{}"), ("remark", "x")],
)
def test_form_knows_what_changed(person: Person, name: str, typed: str) -> None:
    form = PersonForm(posted(**{name: typed}), instance=Person.objects.get())

    assert form.is_valid()
    assert form.changed_data == [name]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("name", ""), ("name", "x" * 41), ("born_on", "31/31/1980"), ("details", "{")],
)
def test_form_refuses_what_is_wrong(person: Person, name: str, typed: str) -> None:
    form = PersonForm(posted(**{name: typed}), instance=Person.objects.get())

    assert list(form.errors) == [name]


def test_disabled_fields_keep_their_values(person: Person) -> None:
    form = PersonForm({}, instance=Person.objects.get())
    for field in form.fields.values():
        field.disabled = True

    assert form.is_valid(), form.errors
    form.save()

    read = Person.objects.get()
    assert (read.name, read.born_on) == ("Wilhelmina Quagmire", date(1980, 5, 17))
    assert read.details == {"phones": ["01632 960001"]}


def test_initial_values_are_not_shown_in_reprs(person: Person) -> None:
    form = PersonForm(instance=Person.objects.get())

    assert form.initial["name"] == "Wilhelmina Quagmire"
    assert form.initial["born_on"] == date(1980, 5, 17)
    assert form.initial["remark"] is None
    assert "Quagmire" not in repr(form.initial)
    assert "1980" not in repr(form.initial)
