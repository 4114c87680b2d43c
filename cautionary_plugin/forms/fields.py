"""Form fields that several screens use."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.people import find_colleague

from .typed_dates import FORMATS, latest, nearest, typed_days


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


class ColleaguesField(forms.CharField):
    """Several colleagues, one a line; cleans to a list of accounts, each once."""

    MOST = 20

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Their user names or work e-mail addresses, one on each line")
        )
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
        super().__init__(max_length=self.MOST * 255, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        words = list(dict.fromkeys(filter(None, map(str.strip, typed.splitlines()))))
        if len(words) > self.MOST:
            raise forms.ValidationError(
                _("Name at most %(most)s colleagues.") % {"most": self.MOST}
            )
        found: dict[Any, Any] = {}
        for line in words:
            person = find_colleague(line)
            if person is None:
                said = _("No active account has this user name or address: %(line)s")
                raise forms.ValidationError(said, params={"line": line})
            found[person.pk] = person
        return list(found.values())


class TypedDateField(forms.DateField):
    """A date that is typed, British way round, in any of the usual ways: 2/12/26, 2 Dec 2026.

    Of two figures for the year the century that is nearest to today is meant. The calendar's last
    days are refused as slips: there is no day after them to reckon with.
    """

    FIRST, LAST = date(1800, 1, 1), date(2999, 12, 31)
    default_error_messages = {"invalid": _("This is not a date. Write it like 21/11/2026.")}
    century = staticmethod(nearest)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 27 3 2027"))
        wrong = _("Check the year of this date.")
        kwargs["validators"] = [
            MinValueValidator(self.FIRST, wrong),
            MaxValueValidator(self.LAST, wrong),
        ]
        super().__init__(input_formats=FORMATS, **kwargs)
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            days = typed_days(value) if isinstance(value, str) else []
            if not days:
                raise
            return self.century(days, timezone.localdate())

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value


class BirthDateField(TypedDateField):
    """A date of birth: of two figures for the year, the last century that has seen the day."""

    century = staticmethod(latest)


class ProseField(forms.CharField):
    """Sentences, in a box. Signs that nobody sees are taken out: they hide or turn what is read."""

    def __init__(self, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value) or "", keep="\n\t")


class AddressField(ProseField):
    """An address, line by line: no more lines than the window of an envelope shows."""

    def __init__(self, *, most: int = 7, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 500, "rows": most, **kwargs})
        self.most = most

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len([line for line in value.splitlines() if line.strip()]) > self.most:
            raise forms.ValidationError(_("At most %(most)s lines.") % {"most": self.most})


class LineField(forms.CharField):
    """A line of text: what would break it in two becomes a space (no header is forged)."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        return " ".join(visible(super().to_python(value) or "", keep="").split())


def visible(text: str, *, keep: str) -> str:
    """The text without control, bidirectional and zero-width signs; line ends become ``\\n``.

    NUL stays, for the field to refuse.

    :param keep: control signs that stay; others become spaces.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_shown(sign, keep) for sign in text)


def _shown(sign: str, keep: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ""
    return " " if kind in ("Cc", "Zl", "Zp") and sign not in keep + "\0" else sign
