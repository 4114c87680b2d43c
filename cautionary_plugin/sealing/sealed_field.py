"""What the sealed fields share: the way between an instance, its key and the database.

A value opens when the attribute is read, and is sealed when the row is saved.
"""

from base64 import b64encode
from typing import Any

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import NOT_PROVIDED
from django.db.models.query_utils import DeferredAttribute
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.cipher import Key, open_sealed, seal
from cautionary_plugin.sealing.contexts import field_prefix, pk_bytes
from cautionary_plugin.sealing.padding import pad, unpad
from cautionary_plugin.sealing.sealed_models import SealedModel
from cautionary_plugin.sealing.values import (
    Carried,
    Ciphertext,
    OnDemand,
    Opened,
    are_kept_shut,
    kept_shut,
)


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first read; loads it first if it was deferred.

    In a migration the models have no keys: there it stays shut.
    """

    field: "SealedField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__.get(self.field.attname, NOT_PROVIDED)
        if held is NOT_PROVIDED:
            held = super().__get__(instance, cls)
        if type(held) is Opened:
            return held.value
        if type(held) is not Ciphertext or are_kept_shut() or not isinstance(instance, SealedModel):
            return held
        value = self.field.open_for(instance, held)
        place = instance.sealing_place()
        instance.__dict__[self.field.attname] = Opened(value, held, place)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        as_it_is = value is None or isinstance(value, Ciphertext)
        instance.__dict__[self.field.attname] = value if as_it_is else Opened(value)


class SealedField(models.BinaryField):
    """What the family shares. A kind of field says how its values become bytes and back."""

    # For the type checker: what may be assigned, and what reading gives.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    descriptor_class = SealedAttribute
    empty_values = [None, ""]
    default_error_messages = {"not_sealed": _("This is not a sealed value.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def encode(self, value: Any) -> bytes:
        """Write a value as bytes.

        :raises TypeError: not a value of this field.
        """
        raise NotImplementedError

    def decode(self, plaintext: bytes) -> Any:
        """Read the value back from its bytes."""
        raise NotImplementedError

    def normalise(self, value: Any) -> Any:
        """Turn what a form or a caller gave into a value of this field.

        :raises ValidationError: it cannot be one.
        """
        return value

    # Between the instance and the database

    @property
    def context_prefix(self) -> bytes:
        """What a value is bound to, up to the row's primary key."""
        prefix: bytes | None = self.__dict__.get("_context_prefix")
        if prefix is None:
            prefix = field_prefix(self.model._meta.label_lower, self.name)
            self.__dict__["_context_prefix"] = prefix
        return prefix

    def open_token(self, key: Key, token: bytes, row: bytes) -> Any:
        """Open one ciphertext of the row whose primary key is ``row``, as bytes.

        :raises CannotOpen: naming the model and the field.
        """
        try:
            return self.decode(unpad(open_sealed(key, token, context=self.context_prefix + row)))
        except CannotOpen:
            raise CannotOpen(
                f"A value of {self} was altered, moved, or sealed under another key."
            ) from None

    def open_for(self, instance: SealedModel, token: Ciphertext) -> Any:
        """Open a ciphertext of this instance's row."""
        return self.open_token(instance.sealing_key(), token, self._row(instance))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Give what goes to the database: the old ciphertext if nothing changed, else a new one."""
        held = model_instance.__dict__.get(self.attname)
        if not isinstance(model_instance, SealedModel) or type(held) in (type(None), Carried):
            return held
        if type(held) is Ciphertext:
            model_instance.check_not_moved()
            return held
        return self._sealed(model_instance, held)

    def _sealed(self, instance: SealedModel, held: Opened) -> Ciphertext:
        key, place, row = instance.sealing_key(), instance.sealing_place(), self._row(instance)
        if held.token is not None and held.place == place:
            before = self.open_for(instance, held.token)
            if self.encode(before) == self.encode(held.value):
                return held.token
        padded = pad(self.encode(held.value))
        token = Ciphertext(seal(key, padded, context=self.context_prefix + row))
        instance.__dict__[self.attname] = Opened(held.value, token, place)
        return token

    def _row(self, instance: Any) -> bytes:
        return pk_bytes(self.model, instance.pk)

    def from_db_value(self, value: Any, *_: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Ciphertext):
            return value
        raise FieldError(
            f"{self} is sealed: values are written by save() and bulk_create(), "
            "not by update() or bulk_update(), and cannot be searched for."
        )

    # What the database may be asked

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self} is sealed: it can only be asked whether it is null.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self} is sealed: it has no {lookup_name}.")

    # Forms, validation, fixtures, migrations

    def clean(self, value: Any, model_instance: Any) -> Any:
        value = self.normalise(value)
        self.validate(value, model_instance)
        self.run_validators(value)
        return value

    def get_default(self) -> Any:
        default = super().get_default()
        return "" if default == b"" else default

    def value_from_object(self, obj: Any) -> Any:
        with kept_shut():
            held = getattr(obj, self.attname)
        if held is None:
            return None
        if isinstance(held, Ciphertext):
            return OnDemand(lambda: self.open_for(obj, held))
        return OnDemand(lambda: held)

    def value_to_string(self, obj: Any) -> str:
        """Give the ciphertext in base64: a dump is never in the open."""
        return b64encode(self.pre_save(obj, add=False)).decode()

    def to_python(self, value: Any) -> Any:
        """Read what a dump holds. Django also calls this on form input, but not for our fields."""
        if value is None or isinstance(value, Ciphertext):
            return value
        try:
            return Carried.from_base64(value)
        except (ValueError, TypeError):
            raise ValidationError(self.error_messages["not_sealed"], code="not_sealed") from None

    def formfield(self, **kwargs: Any) -> Field | None:
        kwargs.setdefault("show_hidden_initial", False)  # the value stands in the page once
        if self.choices is not None:
            kwargs.setdefault("coerce", self.normalise)
        return super().formfield(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if not self.editable:
            kwargs["editable"] = False
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = super().check(**kwargs)
        if not issubclass(self.model, SealedModel):
            found.append(
                checks.Error(
                    f"{self} is sealed under no key.",
                    hint="Derive the model from SealedModel and set sealed_under.",
                    obj=self,
                    id="cautionary_plugin.E101",
                )
            )
        if self.unique or getattr(self, "db_index", False) or self.has_db_default():
            found.append(
                checks.Error(
                    f"{self} is sealed: it cannot be unique, indexed or have a db_default.",
                    obj=self,
                    id="cautionary_plugin.E102",
                )
            )
        return found

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []
