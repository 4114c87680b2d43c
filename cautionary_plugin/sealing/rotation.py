"""Putting new wrapping keys in the place of old ones, under a running site.

The one part of the package beside ``actions`` that writes to the database: see
docs/decisions/0001-rotation-writes.md. It changes how a file's key is wrapped, never the key,
nor anything that people did.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import router, transaction
from django.db.models import Count, Q

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.holders import KeyHolder, holder_models, key_context, unwrap_key
from cautionary_plugin.sealing.keyrings import Keyring, get_keyring

# A key is wrapped a moment before its row is committed. No transaction lasts so long.
REST = timedelta(hours=1)

Progress = Callable[[int, int], None]
_Row = tuple[Any, str, bytes]


def rotate(*, batch: int = 500, progress: Progress = lambda done, total: None) -> int:
    """Add a wrapping key and wrap every file's key with it; return how many were wrapped.

    Killed half way, the next call goes on where it stopped, under the same new key. The old
    key stays in the keyring until :func:`finish` takes it.

    :param batch: rows in one transaction.
    :param progress: called with how many are done and how many there are, batch by batch.
    :raises CannotOpen: some keys do not open; all others are wrapped, and the old key stays.
    """
    keyring = get_keyring()
    if not rows_to_wrap(keyring):
        keyring.add()
    return rewrap_all(keyring, batch=batch, progress=progress)


def rewrap_all(
    keyring: Keyring, *, batch: int = 500, progress: Progress = lambda done, total: None
) -> int:
    """Wrap every key that is not under the current wrapping key; return how many.

    :raises CannotOpen: as :func:`rotate`.
    """
    total, done, broken = rows_to_wrap(keyring), 0, 0
    for model in holder_models():
        last = None
        while rows := _next_rows(keyring, model, last, batch):
            wrapped, unopened = _rewrap(keyring, model, rows)
            done, broken, last = done + wrapped, broken + unopened, rows[-1][0]
            progress(done, total)
    if broken:
        raise CannotOpen(f"{broken} keys could not be wrapped anew; the old wrapping key stays.")
    return done


def rows_to_wrap(keyring: Keyring) -> int:
    """Count the files whose key is not under the current wrapping key."""
    return sum(
        model._base_manager.using(_alias(model)).filter(_stale(keyring)).count()
        for model in holder_models()
    )


def usage() -> dict[str, int]:
    """Count the files under each wrapping key."""
    counts: dict[str, int] = {}
    for model in holder_models():
        rows = model._base_manager.using(_alias(model)).exclude(wrapping_key="")
        for wrapping_key, count in (
            rows.order_by().values_list("wrapping_key").annotate(Count("pk"))
        ):
            counts[wrapping_key] = counts.get(wrapping_key, 0) + count
    return counts


def finish(*, at: datetime, rest: timedelta = REST) -> list[str]:
    """Wrap what came in late under an old key, then forget the old keys; return their ids.

    Safe at any time, and does nothing where no rotation is unfinished: for the daily job.
    """
    keyring = get_keyring()
    rewrap_all(keyring)
    return retire_unused(keyring, at=at, rest=rest)


def retire_unused(keyring: Keyring, *, at: datetime, rest: timedelta = REST) -> list[str]:
    """Forget the wrapping keys that nothing uses any more; return their ids.

    Only once the current key is ``rest`` old: until then a transaction that began before the
    rotation may still commit a row under the old key.
    """
    made_at, current = keyring.made_at(), keyring.current
    if at - made_at[current] < rest:
        return []
    in_use = usage()
    unused = sorted(made_at.keys() - in_use.keys() - {current})
    for wrapping_id in unused:
        keyring.retire(wrapping_id)
    return unused


def _next_rows(keyring: Keyring, model: type[KeyHolder], after: Any, batch: int) -> list[_Row]:
    rows = model._base_manager.using(_alias(model)).filter(_stale(keyring)).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [
        (pk, wrapping_key, bytes(wrapped_key))
        for pk, wrapping_key, wrapped_key in rows.values_list("pk", "wrapping_key", "wrapped_key")[
            :batch
        ]
    ]


def _rewrap(keyring: Keyring, model: type[KeyHolder], rows: list[_Row]) -> tuple[int, int]:
    """Wrap these rows anew where they are still as read; return how many, and how many cannot."""
    alias, done, broken = _alias(model), 0, 0
    with transaction.atomic(using=alias):
        for pk, old_id, wrapped in rows:
            try:
                key = unwrap_key(keyring, model, pk, old_id, wrapped)
            except CannotOpen:
                broken += 1
                continue
            new_id, rewrapped = keyring.wrap(key, context=key_context(model, pk))
            still_as_read = model._base_manager.using(alias).filter(pk=pk, wrapping_key=old_id)
            done += still_as_read.update(wrapping_key=new_id, wrapped_key=rewrapped)
    return done, broken


def _stale(keyring: Keyring) -> Q:
    return ~Q(wrapping_key__in=[keyring.current, ""])


def _alias(model: type[KeyHolder]) -> str:
    return router.db_for_write(model)
