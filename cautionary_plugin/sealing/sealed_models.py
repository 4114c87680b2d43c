"""The base of every model that keeps something personal."""

from functools import cache
from typing import Any, ClassVar
from uuid import uuid4

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from cautionary_plugin.rules.errors import SealingError
from cautionary_plugin.sealing.cipher import Key
from cautionary_plugin.sealing.values import Opened, kept_shut

SELF = "self"


@cache
def steps(sealed_under: str) -> tuple[str, ...]:
    """Split the path to the key holder into attributes; none for a holder's own fields."""
    return () if sealed_under == SELF else tuple(sealed_under.split("."))


class SealedModel(models.Model):
    """A row whose sealed fields open with the key of one :class:`~.holders.KeyHolder`.

    :cvar sealed_under: the way from a row to its holder through foreign keys, such as
        ``"case_file"`` or ``"entry.case_file"``; ``"self"`` where the row is the holder.
    :cvar impersonal: names of the fields that say nothing about a person (see ``personal``).

    Reading many rows, ``select_related`` the holder, or use ``reading.open_rows``.
    """

    sealed_under: ClassVar[str]
    impersonal: ClassVar[set[str]] = {"id"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    def __getstate__(self) -> dict[str, Any]:
        """Pickle and copy ciphertexts only; what is new is sealed for that."""
        for field in self._meta.concrete_fields:
            if isinstance(self.__dict__.get(field.attname), Opened):
                field.pre_save(self, add=False)
        state: dict[str, Any] = super().__getstate__()
        shut = {k: v.token for k, v in state.items() if isinstance(v, Opened)}
        return {**state, **shut}

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **kwargs: Any) -> Any:
        instance = super().from_db(db, field_names, values, **kwargs)
        instance.__dict__["_sealed_place"] = instance.sealing_place()
        return instance

    def sealing_key(self) -> Key:
        """Return the key that this row's sealed fields open with.

        :raises SealingError: the row is not tied to the file that it hangs on.
        :raises KeyUnavailable: the keyring cannot open that file's key.
        """
        holder: Any = self
        for step in steps(self.sealed_under):
            try:
                holder = getattr(holder, step)
            except models.ObjectDoesNotExist:
                holder = None
            if holder is None:
                raise SealingError(
                    f"A row of {self._meta.label} has no {self.sealed_under}, so it has no key."
                )
        key: Key = holder.file_key
        return key

    def sealing_place(self) -> tuple[Any, Any]:
        """Return what this row's ciphertexts are bound to, as far as the row itself knows."""
        path = steps(self.sealed_under)
        return self.pk, self.__dict__.get(f"{path[0]}_id") if path else None

    def check_not_moved(self) -> None:
        """Refuse to store unopened values under a new primary key or another file.

        They would never open again. Read them first, and they are sealed anew.

        :raises SealingError: the row moved since it was loaded.
        """
        loaded_at = self.__dict__.get("_sealed_place")
        if loaded_at is not None and loaded_at != self.sealing_place():
            raise SealingError(
                f"A row of {self._meta.label} moved while its sealed values were shut."
            )

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """Reload without opening anything."""
        with kept_shut():
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        if fields is None:
            self.__dict__["_sealed_place"] = self.sealing_place()

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = super().check(**kwargs)
        if isinstance(cls._meta.pk, models.AutoField):
            found.append(
                checks.Error(
                    f"{cls._meta.label} is sealed: its key must be known before it is saved.",
                    obj=cls,
                    id="cautionary_plugin.E103",
                )
            )
        try:
            holder = holder_of(cls)
        except (AttributeError, FieldDoesNotExist):
            holder = None
        if holder is None or not hasattr(holder, "file_key"):
            found.append(
                checks.Error(
                    f"{cls._meta.label}.sealed_under does not lead to a KeyHolder.",
                    hint="Name the foreign keys on the way, or 'self'.",
                    obj=cls,
                    id="cautionary_plugin.E104",
                )
            )
        return found


def holder_of(model: type[SealedModel]) -> Any:
    """Walk ``sealed_under`` from model to model: the one at its end holds the keys."""
    reached: Any = model
    for step in steps(model.sealed_under):
        reached = reached._meta.get_field(step).related_model
    return reached
