"""The forms of the screens as JSON: what they ask becomes the schema, and they judge what came.

So a call and a screen cannot differ in what they ask for or refuse. Nothing that was sent comes
back in a complaint.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from cautionary_plugin.forms.fields import ColleaguesField, TypedDateField
from cautionary_plugin.rules.errors import BadInput

from .problems import WHOLE

CHOOSE = "Choose one of those that the document of this interface lists."


class Text(serializers.CharField):
    """Text, and not a number that looks like it."""

    default_error_messages = {"invalid": "Send text."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_blank": True, "trim_whitespace": False, **options})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Choice(serializers.ChoiceField):
    """One of a closed list of codes."""

    default_error_messages = {"invalid_choice": CHOOSE}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input="")
        return super().to_internal_value(data)


class Strict(serializers.Serializer):
    """An object that refuses what it does not know: a misspelt field would go unasked."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and set(data) - set(self.fields):
            known = ", ".join(self.fields)
            raise ValidationError({WHOLE: [f"Send no other fields than these: {known}."]})
        return super().to_internal_value(data)


def object_of(form: type[forms.Form], name: str, *, without: Collection[str] = ()) -> type[Strict]:
    """The JSON object that a form asks for.

    :param without: fields that are asked elsewhere.
    """
    asked = {
        field: _field_of(each) for field, each in form.base_fields.items() if field not in without
    }
    return type(name, (Strict,), {"__doc__": (form.__doc__ or "").partition("\n")[0], **asked})


def cleaned(form: type[forms.Form], sent: Mapping[str, Any], **options: Any) -> Any:
    """The form, filled in with what was sent, and judged.

    :raises BadInput: under its fields, in its own words.
    """
    filled = form({name: _typed(value) for name, value in sent.items()}, **options)
    if not filled.is_valid():
        raise BadInput(complaints(filled))
    return filled


def complaints(form: forms.Form) -> dict[str, list[str]]:
    """What a form complains of, without what was typed."""
    said = form.errors.as_data()
    return {
        WHOLE if field == "__all__" else field: [_sentence(each) for each in errors]
        for field, errors in said.items()
    }


def _sentence(error: Any) -> str:
    params = error.params or {}
    told = {name: "…" if isinstance(value, str) else value for name, value in params.items()}
    return str(error.message % told if told else error.message)


def _typed(value: Any) -> Any:
    """A value as the form's field takes it."""
    return value.isoformat() if isinstance(value, date) else value


def _field_of(field: forms.Field) -> serializers.Field:
    options: dict[str, Any] = {"required": field.required, "label": str(field.label or "")}
    if field.help_text:
        options["help_text"] = str(field.help_text)
    if isinstance(field, ColleaguesField):
        return Lines(**options)
    if isinstance(field, TypedDateField):
        return serializers.DateField(
            input_formats=["iso-8601"], allow_null=not field.required, **options
        )
    if isinstance(field, forms.MultipleChoiceField):
        choices: Any = field.choices
        return serializers.ListField(child=Choice(choices=choices), max_length=20, **options)
    if isinstance(field, forms.ModelChoiceField):
        return Text(max_length=60, **options)
    if isinstance(field, forms.ChoiceField):
        return Choice(choices=field.choices, **options)
    return Text(max_length=getattr(field, "max_length", None), **options)


class Lines(serializers.ListField):
    """Several colleagues, each by user name or work e-mail address; typed one on each line."""

    child = Text(max_length=254)

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=ColleaguesField.MOST, **options)

    def to_internal_value(self, data: Any) -> Any:
        return "\n".join(super().to_internal_value(data))
