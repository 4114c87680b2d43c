"""Read back what was typed before it is recorded.

The confirm page carries what was typed in hidden inputs of the form itself: nothing of it is
kept on the server or in the session meanwhile, and what was posted besides is dropped.
"""

from datetime import date
from enum import StrEnum, auto
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

STEP = "step"


class Step(StrEnum):
    """What the button that was pressed asks for."""

    READ_BACK = auto()
    CHANGE = auto()
    RECORD = auto()


def step_of(posted: Any) -> Step:
    """The step of a POST; anything unknown is read back, and never recorded."""
    wanted = posted.get(STEP, "")
    return Step(wanted) if wanted in list(Step) else Step.READ_BACK


def carried(form: forms.Form) -> list[tuple[str, str]]:
    """Name and value of each of the form's own fields, as they were posted."""
    data: Any = form.data
    return [(field.html_name, value) for field in form for value in data.getlist(field.html_name)]


def read_back(form: forms.Form) -> list[tuple[Any, str]]:
    """Label and text of each field that was filled in, of a valid form."""
    told = [(field.label, in_words(field.field, _cleaned(form, field.name))) for field in form]
    return [(label, text) for label, text in told if text]


def in_words(field: forms.Field, value: Any) -> str:
    """A cleaned value as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, QuerySet | list | tuple):
        return "\n".join(in_words(field, each) for each in value)
    if isinstance(field, forms.ChoiceField) and not isinstance(value, Model):
        return str(dict(field.choices).get(value, ""))  # type: ignore[arg-type]
    return "" if value is None else str(value)


def _cleaned(form: forms.Form, name: str) -> Any:
    return form.cleaned_data.get(name)
