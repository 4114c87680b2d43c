"""Which fields say something about a person, and whether those are sealed.

A sealed field is personal. Every other field has to be named in its model's ``impersonal``;
what the abstract bases declare adds up. A field that is in neither is a question nobody has
answered yet, and a test fails on it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from cautionary_plugin.sealing.sealed_field import SealedField


def impersonal_names(model: type[Model]) -> set[str]:
    """Return the fields that the model and its bases declare to say nothing about a person."""
    return set().union(*(vars(base).get("impersonal", ()) for base in model.__mro__))


def personal_names(model: type[Model]) -> set[str]:
    """Return the fields that the model and its bases declare, in so many words, personal."""
    return set().union(*(vars(base).get("personal", ()) for base in model.__mro__))


def own_fields(model: type[Model]) -> list[Any]:
    """List the fields with a column or table of this model's own, not of a parent's table."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def unanswered(model: type[Model]) -> Iterator[str]:
    """Yield, as sentences, what is unclear or wrong about the model's personal fields."""
    impersonal, personal = impersonal_names(model), personal_names(model)
    label, names = model._meta.label, {field.name for field in own_fields(model)}
    for field in own_fields(model):
        sealed = isinstance(field, SealedField)
        if sealed and field.name in impersonal:
            yield f"{label}.{field.name} is sealed and yet declared impersonal"
        elif field.name in personal and not sealed:
            yield f"{label}.{field.name} is personal and not sealed"
        elif not sealed and field.name not in impersonal:
            yield f"{label}.{field.name} is not classified"
    for name in sorted((impersonal | personal) - names - _inherited(model)):
        yield f"{label} classifies {name}, which it does not have"


def unanswered_in(app_labels: Iterable[str]) -> list[str]:
    """List what is unclear about the models of these apps; empty when all is declared."""
    wanted = set(app_labels)
    return [
        sentence
        for model in apps.get_models()
        if model._meta.app_label in wanted and not model._meta.proxy
        for sentence in unanswered(model)
    ]


def _inherited(model: type[Model]) -> set[str]:
    return {field.name for parent in model._meta.all_parents for field in own_fields(parent)}
