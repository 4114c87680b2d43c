"""Model fields whose values are sealed with the key of the file that they hang on.

A model that has any derives from :class:`~.sealed_models.SealedModel`. Values open when the
attribute is read, and are sealed when the row is saved, bound to model, primary key and field:
copied to another row or column they do not open. Renaming a model or a sealed field therefore
takes a data migration that seals anew.

The database can only tell whether there is a value. ``values()`` gives ciphertexts; any lookup
but ``isnull`` is refused; ``update()`` and ``bulk_update()`` cannot seal and are refused too.
"""

import json
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, Field, Textarea
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.sealing.form_fields import OnDemandDateField, OnDemandJSONField
from cautionary_plugin.sealing.sealed_field import SealedField


class SealedTextField(SealedField):
    """Sealed text; ``max_length`` counts characters and is validated, not stored.

    Text with a ``max_length`` gets one line in a form, without one a box.
    """

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def encode(self, value: Any) -> bytes:
        if isinstance(value, Promise):
            value = str(value)
        if not isinstance(value, str):
            raise TypeError(f"{self} takes text.")
        return value.encode("utf-8", "surrogatepass")

    def decode(self, plaintext: bytes) -> str:
        return plaintext.decode("utf-8", "surrogatepass")

    def normalise(self, value: Any) -> str | None:
        return value if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Field | None:
        if self.choices is None:
            kwargs = {"form_class": CharField, "max_length": self.max_length, **kwargs}
            if self.max_length is None:
                kwargs.setdefault("widget", Textarea)
        if self.null:
            kwargs.setdefault("empty_value", None)
        return super().formfield(**kwargs)


class SealedJSONField(SealedField):
    """Sealed lists and objects of JSON. None is stored as NULL, not as JSON's null."""

    empty_strings_allowed = False
    empty_values = [None, [], {}]
    default_error_messages = {"invalid": _("Value must be valid JSON.")}

    def encode(self, value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")

    def decode(self, plaintext: bytes) -> Any:
        return json.loads(plaintext.decode("utf-8", "surrogatepass"))

    def normalise(self, value: Any) -> Any:
        if value is None:
            return None
        try:
            return self.decode(self.encode(value))
        except (TypeError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"form_class": OnDemandJSONField, **kwargs})


class SealedDateField(SealedField):
    """A sealed date; in a form it is typed, as ``31/12/1980``."""

    _pyi_private_set_type: date
    _pyi_private_get_type: date

    empty_strings_allowed = False
    default_error_messages = {"invalid": _("Enter a valid date.")}

    def encode(self, value: Any) -> bytes:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise TypeError(f"{self} takes a date.")
        return value.isoformat().encode()

    def decode(self, plaintext: bytes) -> date:
        return date.fromisoformat(plaintext.decode())

    def normalise(self, value: Any) -> date | None:
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{"form_class": OnDemandDateField, **kwargs})
