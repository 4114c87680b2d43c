"""How the value of a form's field is kept in a report, typed again, and said in words."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.formats import date_format

from cautionary_plugin.access.people import active_people, name_of
from cautionary_plugin.forms.fields import ColleagueField, ColleaguesField, TypedDateField
from cautionary_plugin.models import Service


def kept(value: Any) -> Any:
    """The value as JSON keeps it; a colleague by their key, a service by its short name."""
    if isinstance(value, list):
        return [kept(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Service):
        return value.slug
    if isinstance(value, get_user_model()):
        return str(value.pk)
    return value or ""


def typed(field: Any, value: Any) -> Any:
    """The value as somebody would type it into the field."""
    if isinstance(field, TypedDateField):
        return date.fromisoformat(value) if value else None
    if isinstance(field, ColleagueField | ColleaguesField):
        return "\n".join(person.get_username() for person in _people(value))
    return value


def words(field: Any, value: Any) -> str:
    """The value for the page on which the answers are checked."""
    if isinstance(field, TypedDateField):
        return date_format(date.fromisoformat(value), "j F Y") if value else ""
    if isinstance(field, ColleagueField | ColleaguesField):
        return "\n".join(name_of(person) for person in _people(value))
    if isinstance(field, forms.ModelChoiceField):
        return str(Service.objects.filter(slug=value).first() or field.empty_label)
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        choices: Any = field.choices
        return "\n".join(str(label) for code, label in choices if code in chosen)
    return str(value or "")


def _people(value: Any) -> list[Any]:
    return active_people(value if isinstance(value, list) else [value] if value else [])
