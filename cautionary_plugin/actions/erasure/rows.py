"""Delete everything that hangs on case files, in few statements, and count it.

What hangs on a file is read from the models themselves: every foreign key that cascades, however
deep. So a model that is added later is erased too, a host's own included.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CASCADE, SET_NULL, ForeignObjectRel, Model

from cautionary_plugin.access.families import Family
from cautionary_plugin.actions.base import write_alias
from cautionary_plugin.models import (
    AccessRequest,
    Appeal,
    CaseFile,
    Complaint,
    EmailDivert,
    Entry,
    IncidentReport,
    OutboxMessage,
    PanelCase,
)

AT_ONCE = 500  # values in one statement
REFERENCED: tuple[type[Model], ...] = (
    CaseFile,
    Entry,
    IncidentReport,
    Appeal,
    Complaint,
    PanelCase,
    EmailDivert,
    AccessRequest,
)

Owners = dict[Any, UUID]  # primary key of a row → the file that it goes with


class Link(NamedTuple):
    """A foreign key that leads towards the case file."""

    model: type[Model]
    field: str
    to: type[Model]
    cascades: bool


def remove_rows(family: Family) -> dict[UUID, Counter[str]]:
    """Delete the files with all that hangs on them.

    :returns: for each file that others go with, how many rows of which model.
    """
    alias = write_alias()
    owners = rows_on(family)
    references = references_of(owners)
    owners.setdefault(OutboxMessage, {}).update(_mail_about(references))
    for link in _links():
        if not link.cascades:
            for some in _chunks(owners[link.to]):
                rows = link.model._base_manager.using(alias).filter(**{f"{link.field}__in": some})
                rows.update(**{link.field: None})
    counts: dict[UUID, Counter[str]] = {root: Counter() for root in family.values()}
    children_first: list[type[Model]] = [*reversed(_parents_first()), CaseFile]
    for model in children_first:
        for root in owners[model].values():
            counts[root][model.__name__] += 1
        for some in _chunks(owners[model]):
            model._base_manager.using(alias).filter(pk__in=some)._raw_delete(alias)
    return counts


def rows_on(family: Family) -> dict[type[Model], Owners]:
    """Every row that hangs on the files, by model: each model after those that it hangs on."""
    owners: dict[type[Model], Owners] = {CaseFile: dict(family)}
    for model in _parents_first():
        owners[model] = _rows_of(model, owners)
    return owners


def _rows_of(model: type[Model], owners: dict[type[Model], Owners]) -> Owners:
    found: Owners = {}
    for link in _links():
        if link.model is not model or not link.cascades:
            continue
        parents = owners[link.to]
        for some in _chunks(parents):
            rows = model._base_manager.using(write_alias()).filter(**{f"{link.field}__in": some})
            for pk, parent in rows.order_by().values_list("pk", link.field):
                found.setdefault(pk, parents[parent])
    return found


def references_of(owners: dict[type[Model], Owners]) -> dict[str, UUID]:
    """The public references of what is erased."""
    found: dict[str, UUID] = {}
    for model in REFERENCED:
        for some in _chunks(owners[model]):
            rows = model._base_manager.using(write_alias()).filter(pk__in=some).order_by()
            found |= {text: owners[model][pk] for pk, text in rows.values_list("pk", "reference")}
    return found


def _mail_about(references: dict[str, UUID]) -> Owners:
    """Messages that name one of the references, whether they wait or were delivered."""
    found: Owners = {}
    for some in _chunks(references):
        rows = OutboxMessage.objects.filter(reference__in=some).order_by()
        found |= {pk: references[text] for pk, text in rows.values_list("pk", "reference")}
    return found


@cache
def _links() -> tuple[Link, ...]:
    """The foreign keys towards case files, from the nearest to the furthest."""
    found: list[Link] = []
    reached: list[type[Model]] = [CaseFile]
    for parent in reached:
        for relation in parent._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ForeignObjectRel):
                continue
            on_delete, child = relation.on_delete, relation.related_model
            if on_delete not in (CASCADE, SET_NULL) or child is CaseFile:
                continue
            found.append(Link(child, relation.field.name, parent, on_delete is CASCADE))
            if on_delete is CASCADE and child not in reached:
                reached.append(child)
    return tuple(found)


@cache
def _parents_first() -> tuple[type[Model], ...]:
    """The models that hang on a case file, each after all those that it hangs on."""
    above: dict[type[Model], set[type[Model]]] = {}
    for link in _links():
        if link.cascades:
            above.setdefault(link.model, set()).add(link.to)
    placed: list[type[Model]] = [CaseFile]
    while waiting := [model for model in above if model not in placed]:
        ready = [model for model in waiting if above[model] <= set(placed)]
        if not ready:
            raise TypeError("Models hang on one another in a circle, so none can be erased first.")
        placed += ready
    return tuple(placed[1:])


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
