"""Can this process open what is stored? Asked on each request, before anything is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from cautionary_plugin.rules.errors import CannotOpen, SealingError
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.holders import KeyHolder, holder_models, unwrap_key
from cautionary_plugin.sealing.keyring_file import Stamp
from cautionary_plugin.sealing.keyrings import Keyring, get_keyring

SECONDS = 5.0
SAMPLE = 3

_Row = tuple[Any, str, bytes]


@dataclass(frozen=True)
class _Outcome:
    keyring: Keyring
    stamp: Stamp
    at: float
    error: SealingError | None


_last: _Outcome | None = None


def check_opens(*, clock: Callable[[], float] = monotonic) -> None:
    """Refuse to go on where the register could not be read or written.

    Tries a row under each wrapping key that is in use, and the current wrapping key. The
    outcome holds for five seconds, or until the keyring's file changes.

    :raises KeyUnavailable: the keyring is missing, lacks a key, or KMS does not answer.
    :raises CannotOpen: the keyring's keys are not those that the stored keys are wrapped with.
    """
    global _last
    keyring = get_keyring()
    stamp, now, last = keyring.stamp(), clock(), _last
    if (
        last is None
        or last.keyring is not keyring
        or last.stamp != stamp
        or now >= last.at + SECONDS
    ):
        last = _last = _Outcome(keyring, stamp, now, _try(keyring))
    if last.error is not None:
        raise type(last.error)(str(last.error))


def _try(keyring: Keyring) -> SealingError | None:
    try:
        keyring.wrap(new_key(), context=b"health")
        for model in holder_models():
            for rows in _rows_by_wrapping_key(model):
                _open_one(keyring, model, rows)
    except SealingError as error:
        return error
    return None


def _open_one(keyring: Keyring, model: type[KeyHolder], rows: list[_Row]) -> None:
    """Open one of these, so that a single spoilt row does not close the whole register."""
    *others, last = rows
    for row in others:
        try:
            unwrap_key(keyring, model, *row)
        except CannotOpen:
            continue
        return
    unwrap_key(keyring, model, *last)


def _rows_by_wrapping_key(model: type[KeyHolder]) -> Iterator[list[_Row]]:
    """Skip from one wrapping key to the next along the index: two statements as a rule."""
    rows = model._base_manager.order_by("wrapping_key").values_list(
        "pk", "wrapping_key", "wrapped_key"
    )
    wrapping_key = ""
    while found := list(rows.filter(wrapping_key__gt=wrapping_key)[:SAMPLE]):
        wrapping_key = found[0][1]
        yield [(pk, key, bytes(wrapped)) for pk, key, wrapped in found if key == wrapping_key]
