"""Sealed fields on a model: what goes in comes out, and only there."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import isolate_apps
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import SealingError
from cautionary_plugin.sealing.fields import SealedTextField
from cautionary_plugin.sealing.holders import KeyHolder
from cautionary_plugin.sealing.values import Ciphertext
from tests.sealing.app.models import Dossier, Note, Person

pytestmark = pytest.mark.django_db

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
).filter(lambda value: value is not None)
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def columns(person: Person) -> dict[str, Any]:
    """The row as the database has it, without any help of the model."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sealing_testapp_person")
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def by_way_of_the_column(name: str, value: Any) -> Any:
    """Seal a value as ``save`` does, and read it as a loaded instance does."""
    person = Person(dossier=Dossier(), **{name: value})
    token = Person._meta.get_field(name).pre_save(person, True)
    read = Person(id=person.pk, dossier=person.dossier, **{name: Ciphertext(token)})
    return getattr(read, name)


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


@given(ANY_TEXT)
def test_any_text_round_trips(text: str) -> None:
    assert by_way_of_the_column("name", text) == text


@given(JSON)
def test_any_json_round_trips(value: Any) -> None:
    assert by_way_of_the_column("details", value) == value


@given(st.dates())
def test_any_date_round_trips(day: date) -> None:
    assert by_way_of_the_column("born_on", day) == day


def test_columns_hold_ciphertext_and_null(person: Person) -> None:
    stored = columns(person)

    for name in ("name", "alias", "born_on", "details"):
        assert bytes(stored[name])[:1] == b"\x01"
        assert len(stored[name]) >= 29 + 32
    assert stored["remark"] is None
    assert b"Quagmire" not in b"".join(bytes(v) for v in stored.values() if isinstance(v, bytes))


def test_blank_text_is_sealed_too(dossier: Dossier) -> None:
    Person.objects.create(dossier=dossier, name="")

    stored = columns(Person.objects.get())

    assert len(stored["name"]) == len(stored["alias"]) == 29 + 32


def test_length_of_a_name_does_not_show(dossier: Dossier) -> None:
    Person.objects.create(dossier=dossier, name="Li", alias="Maximiliana Featherstone")

    stored = columns(Person.objects.get())

    assert len(stored["name"]) == len(stored["alias"])


def test_null_is_refused_where_the_field_needs_a_value(dossier: Dossier) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(dossier=dossier, name=None)


@pytest.mark.parametrize("text", [mark_safe("Quagmire"), gettext_lazy("Quagmire")])
def test_kinds_of_text_are_text(dossier: Dossier, text: Any) -> None:
    person = Person.objects.create(dossier=dossier, name=text)

    read = Person.objects.get(pk=person.pk)

    assert read.name == "Quagmire"
    assert type(read.name) is str


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", 7), ("name", b"Quagmire"), ("born_on", "1980-05-17"), ("details", {1, 2})],
)
def test_values_of_another_type_are_refused(dossier: Dossier, name: str, value: Any) -> None:
    person = Person(dossier=dossier, **{name: value})

    with pytest.raises(TypeError), transaction.atomic():
        person.save()

    assert not Person.objects.exists()


def test_save_keeps_the_ciphertext_of_what_was_not_opened(person: Person) -> None:
    before = columns(person)
    read = Person.objects.get(pk=person.pk)

    read.seen = 7
    read.save()

    after = columns(person)
    assert after.pop("seen") == 7
    assert after == {name: value for name, value in before.items() if name != "seen"}


def test_save_keeps_the_ciphertext_of_what_did_not_change(person: Person) -> None:
    before = columns(person)
    read = Person.objects.get(pk=person.pk)

    assert read.name
    assert read.details
    read.save()

    assert columns(person) == before


def test_save_seals_what_changed_and_that_only(person: Person) -> None:
    before = columns(person)
    read = Person.objects.get(pk=person.pk)

    read.name = "Wilhelmina Ramsbottom"
    read.save()

    after = columns(person)
    assert after["name"] != before["name"]
    assert after["alias"] == before["alias"]
    assert Person.objects.get().name == "Wilhelmina Ramsbottom"


def test_save_notices_json_changed_in_place(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)

    read.details["phones"].append("01632 960002")
    read.save()

    assert Person.objects.get().details == {"phones": ["01632 960001", "01632 960002"]}


def test_save_can_empty_a_value(person: Person) -> None:
    person.born_on = None
    person.save(update_fields=["born_on"])

    assert Person.objects.get().born_on is None


def test_bulk_create_seals(dossier: Dossier) -> None:
    Person.objects.bulk_create(
        Person(dossier=dossier, name=f"Quagmire {number}") for number in range(5)
    )

    assert {person.name for person in Person.objects.all()} == {
        f"Quagmire {number}" for number in range(5)
    }


def test_values_give_ciphertext_only(person: Person) -> None:
    (row,) = Person.objects.values("name", "born_on", "remark")
    (name,) = Person.objects.values_list("name", flat=True)

    assert type(row["name"]) is type(row["born_on"]) is type(name) is Ciphertext
    assert row["remark"] is None
    assert b"Quagmire" not in name


def test_ciphertext_shows_nothing(person: Person) -> None:
    (name,) = Person.objects.values_list("name", flat=True)

    assert repr(name) == str(name) == f"{name}" == "<sealed>"


def test_instance_shows_nothing(person: Person) -> None:
    read = Person.objects.get(pk=person.pk)

    assert "<sealed>" in repr(vars(read))
    assert read.name == "Wilhelmina Quagmire"
    assert "Quagmire" not in repr(vars(read))
    assert "Quagmire" not in repr(vars(person))


@pytest.mark.parametrize(
    "lookup",
    ["name", "name__exact", "name__icontains", "name__in", "name__gt", "name__startswith"],
)
def test_lookups_are_refused(person: Person, lookup: str) -> None:
    with pytest.raises(FieldError, match="only be asked whether it is null") as refusal:
        Person.objects.filter(**{lookup: "Quagmire"})

    assert "Quagmire" not in str(refusal.value)


@pytest.mark.parametrize(
    "lookup", ["born_on__year", "born_on__year__gt", "details__phones", "dossier__summary__lower"]
)
def test_transforms_are_refused(person: Person, lookup: str) -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(**{lookup: 1980})


def test_isnull_can_be_asked(person: Person) -> None:
    assert Person.objects.filter(remark__isnull=True, name__isnull=False).count() == 1
    assert Person.objects.filter(remark__isnull=False).count() == 0


def test_update_cannot_write_in_the_open(person: Person) -> None:
    with pytest.raises(FieldError, match=r"by save\(\)") as refusal, transaction.atomic():
        Person.objects.update(name="Ramsbottom")

    assert "Ramsbottom" not in str(refusal.value)
    assert Person.objects.get().name == "Wilhelmina Quagmire"


def test_bulk_update_cannot_write_in_the_open(person: Person) -> None:
    person.name = "Ramsbottom"

    with pytest.raises(FieldError), transaction.atomic():
        Person.objects.bulk_update([person], ["name"])

    assert Person.objects.get().name == "Wilhelmina Quagmire"


def test_update_can_empty_a_value(person: Person) -> None:
    Person.objects.update(born_on=None)

    assert Person.objects.get().born_on is None


def test_full_clean_checks_the_length(dossier: Dossier) -> None:
    person = Person(dossier=dossier, name="x" * 41)

    with pytest.raises(ValidationError) as refusal:
        person.full_clean()

    assert list(refusal.value.message_dict) == ["name"]


def test_full_clean_misses_what_is_blank(dossier: Dossier) -> None:
    with pytest.raises(ValidationError) as refusal:
        Person(dossier=dossier).full_clean()

    assert list(refusal.value.message_dict) == ["name"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("born_on", "the seventeenth"),
        ("born_on", 1980),
        ("born_on", datetime(1980, 5, 17, tzinfo=UTC)),
        ("details", {1, 2}),
        ("details", {"weight": float("nan")}),
    ],
)
def test_full_clean_refuses_what_cannot_be_sealed(person: Person, name: str, value: Any) -> None:
    setattr(person, name, value)

    with pytest.raises(ValidationError) as refusal:
        person.full_clean()

    assert list(refusal.value.message_dict) == [name]
    assert "seventeenth" not in str(refusal.value)


def test_full_clean_reads_a_date_as_machines_write_it(person: Person) -> None:
    person.born_on = "1981-06-18"

    person.full_clean()

    assert person.born_on == date(1981, 6, 18)


@isolate_apps("tests.sealing.app")
def test_choices_are_offered_and_enforced() -> None:
    class Chosen(KeyHolder):
        colour = SealedTextField(choices={"r": "Red", "b": "Blue"}, null=True, blank=True)

        class Meta:
            app_label = "sealing_testapp"

    field = Chosen._meta.get_field("colour")
    form_field = field.formfield()

    assert isinstance(form_field, forms.TypedChoiceField)
    assert (form_field.clean("b"), form_field.clean("")) == ("b", None)
    assert Chosen(colour="r").get_colour_display() == "Red"
    with pytest.raises(ValidationError):
        Chosen(colour="g").clean_fields()


def test_full_clean_accepts_what_is_right(person: Person) -> None:
    Person.objects.get(pk=person.pk).full_clean()
    person.dossier.full_clean()
    Dossier(reference="CPR-2026-0043", summary="Threw a shoe").full_clean()

    assert person.name == "Wilhelmina Quagmire"


def test_row_without_its_file_has_no_key() -> None:
    with pytest.raises(SealingError, match="has no dossier"):
        Person(name="Quagmire").save()


def test_ciphertext_copied_by_the_database_does_not_open(person: Person) -> None:
    Person.objects.update(alias=F("name"))

    with pytest.raises(SealingError):
        Person.objects.get().alias  # noqa: B018 - reading opens
