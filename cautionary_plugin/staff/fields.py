"""Form fields that several staff screens use."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.people import find_colleague

DATE_FORMATS = ["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]


class ColleagueField(forms.CharField):
    """A colleague, typed as user name or e-mail address; cleans to the account."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Colleague"))
        kwargs.setdefault("help_text", _("Their user name or work e-mail address"))
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        colleague = find_colleague(typed)
        if colleague is None:
            raise forms.ValidationError(_("No active account has this user name or address."))
        return colleague


class TypedDateField(forms.DateField):
    """A date that is typed, British way round, with any usual separator."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 27 3 2027"))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value
