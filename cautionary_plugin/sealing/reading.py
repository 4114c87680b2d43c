"""Reading sealed values by the hundred thousand, without making an instance of each row."""

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models import Field, QuerySet

from cautionary_plugin.sealing.contexts import pk_bytes
from cautionary_plugin.sealing.holders import unwrap_key
from cautionary_plugin.sealing.keyrings import get_keyring
from cautionary_plugin.sealing.sealed_field import SealedField
from cautionary_plugin.sealing.sealed_models import SealedModel, holder_of, steps


def open_rows(
    queryset: QuerySet[Any], *names: str, chunk_size: int = 2000
) -> Iterator[tuple[Any, ...]]:
    """Yield ``(pk, value, value, …)`` for each row, sealed fields opened, others as they are.

    One statement, read in chunks, whatever the number of rows. Rows of one file that follow
    one another (``order_by`` the holder) share the unwrapping of its key.

    :param names: fields of the queryset's own model, or anything ``values_list`` knows; sealed
        fields of related models stay shut.
    :raises KeyUnavailable: the keyring is out of reach or lacks a wrapping key.
    :raises CannotOpen: a row was altered; what came before it was sound.
    """
    model: type[SealedModel] = queryset.model
    holder, keyring = holder_of(model), get_keyring()
    way = "".join(f"{step}__" for step in steps(model.sealed_under))
    columns = ("pk", f"{way}pk", f"{way}wrapping_key", f"{way}wrapped_key", *names)
    openers = [_sealed(model, name) for name in names]
    # Closed at once when a row does not open: on PostgreSQL a cursor that is closed only after its
    # transaction has been rolled back spoils the next one.
    found = queryset.values_list(*columns).iterator(chunk_size)
    with closing(cast("Generator[Any, None, None]", found)) as rows:
        for file, rows_of_file in groupby(rows, itemgetter(1, 2, 3)):
            holder_pk, wrapping_key, wrapped_key = file
            key = unwrap_key(keyring, holder, holder_pk, wrapping_key, bytes(wrapped_key))
            for pk, _, _, _, *values in rows_of_file:
                row = pk_bytes(model, pk)
                opened = [
                    value if field is None or value is None else field.open_token(key, value, row)
                    for field, value in zip(openers, values, strict=True)
                ]
                yield (pk, *opened)


def _sealed(model: type[SealedModel], name: str) -> SealedField | None:
    fields: dict[str, Field[Any, Any]] = {
        field.name: field for field in model._meta.concrete_fields
    }
    field = fields.get(name)
    return field if isinstance(field, SealedField) else None
