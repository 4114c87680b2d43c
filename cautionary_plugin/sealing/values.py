"""What an instance holds for a sealed field: shut, opened, or on its way through a fixture.

None of these shows its content in a ``repr``, so neither does a traceback or a debug page.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_kept_shut: ContextVar[bool] = ContextVar("cautionary_sealed_values_kept_shut", default=False)


class Ciphertext(bytes):
    """A sealed value as the database holds it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class Carried(Ciphertext):
    """A sealed value out of a fixture: stored as it is, and opened only once read back.

    ``loaddata`` reads every attribute on its way to the database, before the row that holds
    the key need be there.
    """

    __slots__ = ()

    @classmethod
    def from_base64(cls, text: str) -> "Carried":
        """Read what ``dumpdata`` wrote.

        :raises ValueError: not base64.
        """
        return cls(b64decode(text, validate=True))


class Opened:
    """A value in the open, with the ciphertext it came from, or None while it has none.

    :ivar place: what the ciphertext is bound to; a row that moved is sealed anew.
    """

    __slots__ = ("place", "token", "value")

    def __init__(self, value: Any, token: Ciphertext | None = None, place: Any = None) -> None:
        self.value = value
        self.token = token
        self.place = place


class OnDemand:
    """Stands for a field's value in form initials, and opens it when it is shown or compared.

    Django hands the same thing to serialisers, which must not see it in the open.
    """

    __slots__ = ("open",)

    def __init__(self, open_it: Callable[[], Any]) -> None:
        self.open = open_it

    def __str__(self) -> str:
        return str(self.open())

    def __eq__(self, other: object) -> bool:
        theirs = other.open() if isinstance(other, OnDemand) else other
        return bool(self.open() == theirs)

    def __bool__(self) -> bool:
        return bool(self.open())

    def __hash__(self) -> int:
        return hash(self.open())

    def __repr__(self) -> str:
        return "<sealed>"


@contextmanager
def kept_shut() -> Iterator[None]:
    """Let attribute access hand over ciphertexts, where Django copies from row to row."""
    before = _kept_shut.set(True)
    try:
        yield
    finally:
        _kept_shut.reset(before)


def are_kept_shut() -> bool:
    """Whether attribute access is handing over ciphertexts just now."""
    return _kept_shut.get()
