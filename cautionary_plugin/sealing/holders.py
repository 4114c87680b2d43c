"""The row that a key hangs on: with it go all values that were sealed under it."""

from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.cipher import Key, new_key
from cautionary_plugin.sealing.contexts import key_prefix, pk_bytes
from cautionary_plugin.sealing.keyrings import Keyring, get_keyring
from cautionary_plugin.sealing.sealed_models import SealedModel


class _KeptByRotation:
    """Written once, when the row is inserted; after that only a rotation writes it.

    A process that loaded the row before a rotation would otherwise put the old wrapping back
    with its next save.
    """

    attname: str

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        if not isinstance(model_instance, KeyHolder):
            return super().pre_save(model_instance, add)  # type: ignore[misc]
        if add:
            model_instance.wrap_key()
        if add or model_instance.key_is_forgotten:
            return super().pre_save(model_instance, add)  # type: ignore[misc]
        return models.F(self.attname)


class WrappedKeyField(_KeptByRotation, models.BinaryField):
    """The file's key, wrapped by the keyring."""


class WrappingKeyField(_KeptByRotation, models.CharField):
    """Which of the keyring's keys wrapped it."""


KEY_FIELDS = ("wrapped_key", "wrapping_key")


class KeyHolder(SealedModel):
    """A file with a key of its own.

    A key is drawn when the first value is sealed and stored, wrapped, with the row. Deleting
    the row ends every value sealed under it, wherever copies of them may be.
    """

    sealed_under = "self"
    impersonal: ClassVar[set[str]] = {*KEY_FIELDS}

    wrapped_key = WrappedKeyField(default=b"", blank=True, editable=False)
    wrapping_key = WrappingKeyField(
        max_length=40, default="", blank=True, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    @property
    def file_key(self) -> Key:
        """The 256-bit key; unwrapped once per instance.

        :raises KeyUnavailable: the keyring is out of reach.
        :raises CannotOpen: the key was forgotten, altered or belongs to another row.
        """
        key: Key | None = self.__dict__.get("_file_key")
        if key is None:
            key = self.__dict__["_file_key"] = self._find_key()
        return key

    @property
    def key_is_forgotten(self) -> bool:
        """Whether the row stands without its key."""
        return not self.wrapped_key and not self._state.adding

    def forget_key(self) -> None:
        """Drop the key for good; nothing sealed under it opens again.

        The caller saves ``KEY_FIELDS``: the other fields could no longer be sealed.
        """
        self.wrapped_key = b""
        self.wrapping_key = ""
        self.__dict__.pop("_file_key", None)

    def wrap_key(self) -> None:
        """See to it that the row carries its key, wrapped."""
        if not self.wrapped_key:
            self.wrapping_key, self.wrapped_key = get_keyring().wrap(
                self.file_key, context=key_context(type(self), self.pk)
            )

    def _find_key(self) -> Key:
        if self._state.adding and not self.wrapped_key:
            return new_key()
        return unwrap_key(
            get_keyring(), type(self), self.pk, self.wrapping_key, bytes(self.wrapped_key)
        )

    def __getstate__(self) -> dict[str, Any]:
        if "_file_key" in self.__dict__:
            self.wrap_key()
        state = super().__getstate__()
        state.pop("_file_key", None)
        return state


def key_context(model: type[KeyHolder], pk: Any) -> bytes:
    """Say what a holder's wrapped key is bound to: its table and its row."""
    return _table_prefix(model) + pk_bytes(model, pk)


@cache
def _table_prefix(model: type[KeyHolder]) -> bytes:
    table = model._meta.get_field("wrapped_key").model
    return key_prefix(table._meta.label_lower)


def unwrap_key(
    keyring: Keyring, model: type[KeyHolder], pk: Any, wrapping_key: str, wrapped_key: bytes
) -> Key:
    """Unwrap the key of a row that is known by its columns.

    :raises KeyUnavailable: the keyring is out of reach or lacks the wrapping key.
    :raises CannotOpen: the key was forgotten, altered or belongs to another row.
    """
    if not wrapped_key:
        raise CannotOpen(f"The key of this row of {model._meta.label} was destroyed.")
    try:
        return keyring.unwrap(wrapping_key, wrapped_key, context=key_context(model, pk))
    except CannotOpen:
        raise CannotOpen(
            f"The key of a row of {model._meta.label} was altered or belongs to another row."
        ) from None


def holder_models() -> list[type[KeyHolder]]:
    """List every table of the site that holds keys."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, KeyHolder) and model._meta.get_field("wrapped_key").model is model
    ]
