"""Where a sealed thing belongs, as bytes: the context that the cipher authenticates.

Labels and names hold no NUL and the primary key comes last, so no two places look alike.
"""

from typing import Any
from uuid import UUID

from django.db.models import Model


def pk_bytes(model: type[Model], pk: Any) -> bytes:
    """Write a primary key as bytes, the same for every way in which it may be spelt."""
    if type(pk) is not UUID:
        pk = model._meta.pk.to_python(pk)
    return pk.bytes if type(pk) is UUID else str(pk).encode()


def field_prefix(label: str, field_name: str) -> bytes:
    """Begin the context of a model's sealed field; the row's :func:`pk_bytes` follow."""
    return b"field\0" + label.encode() + b"\0" + field_name.encode() + b"\0"


def key_prefix(label: str) -> bytes:
    """Begin the context of a model's wrapped keys; the row's :func:`pk_bytes` follow."""
    return b"key\0" + label.encode() + b"\0"
