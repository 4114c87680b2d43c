"""Put a fact of an entry right; say why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import BirthDateField, LineField, ProseField, TypedDateField
from cautionary_plugin.rules.corrections import (
    COMPULSORY,
    VOCABULARIES,
    Correctable,
    in_words,
    read_address,
)

DATES = {Correctable.BORN_ON: BirthDateField, Correctable.FACT_ON: TypedDateField}
ADDRESSES = {Correctable.ADDRESS, Correctable.ADDRESSES}
LISTS = {
    Correctable.NAMES,
    Correctable.ADDRESSES,
    Correctable.PHONES,
    Correctable.EMAILS,
    Correctable.IDENTIFIERS,
}
BOXES = {Correctable.HANDLING: 2000, Correctable.PERMITTED_CONTACT: 1000, Correctable.BASIS: 20000}
ADDRESS_HELP = _("House, street, town, postcode; parted by commas. “UPRN 100012345678” if known.")


class ReasonsForm(forms.Form):
    """Why something is done to an entry."""

    reasons = ProseField(label=_("Reasons"), max_length=2000)


class CorrectionForm(forms.Form):
    """The fact as it should stand, and why."""

    def __init__(self, data: Any = None, *, fact: Correctable, now: Any) -> None:
        """:param now: what stands on file, of the type that the fact has."""
        super().__init__(data)
        self.fact = fact
        self.fields["value"] = field_for(fact)
        self.fields["reasons"] = ProseField(
            label=_("Why is it corrected?"),
            help_text=_("How the right fact is known"),
            max_length=2000,
        )
        shown = now if fact in VOCABULARIES or fact in DATES else in_words(fact, now)
        self.initial["value"] = shown

    def clean_value(self) -> Any:
        """The fact, of the type that it has on file."""
        return READERS.get(self.fact, _as_it_is)(self.cleaned_data["value"])


def field_for(fact: Correctable) -> forms.Field:
    """The question that asks for a fact."""
    common: dict[str, Any] = {"label": fact.label, "required": fact in COMPULSORY}
    if fact is Correctable.LEGAL_CONDITION:
        choices = VOCABULARIES[fact].choices()
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if fact in VOCABULARIES:
        choices = VOCABULARIES[fact].choices()
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if fact in DATES:
        return DATES[fact](**common)
    if fact is Correctable.BIRTH_YEAR:
        return forms.IntegerField(min_value=1, max_value=9999, **common)
    if fact in LISTS:
        told = ADDRESS_HELP if fact in ADDRESSES else ""
        return ProseField(help_text=_("One a line. %(told)s") % {"told": told}, **common)
    if fact in BOXES:
        return ProseField(max_length=BOXES[fact], **common)
    if fact in ADDRESSES:
        common["help_text"] = ADDRESS_HELP
    return LineField(max_length=500, **common)


def _as_it_is(value: Any) -> Any:
    return value


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


READERS: dict[Correctable, Callable[[Any], Any]] = {
    Correctable.NAMES: _lines,
    Correctable.PHONES: _lines,
    Correctable.EMAILS: _lines,
    Correctable.IDENTIFIERS: _lines,
    Correctable.ADDRESSES: lambda text: tuple(read_address(line) for line in _lines(text)),
    Correctable.ADDRESS: read_address,
}
