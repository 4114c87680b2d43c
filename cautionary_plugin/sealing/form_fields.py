"""Form fields that open a sealed initial value where Django's own would trip over it."""

from typing import Any

from django import forms

from cautionary_plugin.sealing.values import OnDemand


def _opened(value: Any) -> Any:
    return value.open() if isinstance(value, OnDemand) else value


class OnDemandDateField(forms.DateField):
    """A date to be typed."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(_opened(value))

    def to_python(self, value: Any) -> Any:
        return super().to_python(_opened(value))


class OnDemandJSONField(forms.JSONField):
    """JSON in a box."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(_opened(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(_opened(initial), data)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_opened(value))
