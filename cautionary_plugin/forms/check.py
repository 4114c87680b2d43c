"""What is typed or sent before a visit: the questions of a check."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.lookup.asked import can_be_checked, read
from cautionary_plugin.lookup.dates import can_be
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.rules.vocabulary import Purpose


class CheckForm(forms.Form):
    """One box that takes anything, and separate boxes for who prefers them."""

    anything = forms.CharField(
        label=_("Name, address, postcode, phone or date of birth"),
        help_text=_("Type what you have, in any order. Two facts are better than one."),
        max_length=500,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "words"}
        ),
    )
    name = forms.CharField(label=_("Name or alias"), max_length=200, required=False)
    born_on = forms.CharField(
        label=_("Date of birth"),
        help_text=_("For example 27 3 1984"),
        max_length=40,
        required=False,
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    uprn = forms.CharField(label=_("UPRN"), max_length=20, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=200, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    purpose = forms.ChoiceField(label=_("What is this for?"), choices=Purpose.choices())

    DETAILS = ("name", "born_on", "address", "postcode", "uprn", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.DETAILS:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_postcode(self) -> str:
        """A word in the box of the postcode would speak against everybody."""
        typed: str = self.cleaned_data["postcode"]
        if typed and not any(letter.isdigit() for letter in typed):
            raise forms.ValidationError(
                _("This is not a postcode. Type it like WX1 4AB, or leave it out.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        question = self.question(cleaned)
        asked = read(question)
        if cleaned.get("born_on") and not asked.born:
            self.add_error("born_on", _("This is not a date. Type it like 27 3 1984."))
        elif asked.born and not any(
            can_be(each, today=timezone.localdate()) for each in asked.born
        ):
            box = "born_on" if cleaned.get("born_on") else "anything"
            self.add_error(box, _("Nobody was born on this date. Correct it, or leave it out."))
        elif asked.cut:
            raise forms.ValidationError(
                _(
                    "This is too much to check at once, so nobody was checked. Type the name, the "
                    "address or the date of birth, and leave out the rest."
                )
            )
        elif not can_be_checked(asked):
            raise forms.ValidationError(
                _(
                    "This is too little to check, so nobody was checked. Type a name, an address, "
                    "a postcode, a phone number or a date of birth."
                )
            )
        return cleaned

    def question(self, cleaned: dict[str, Any] | None = None) -> Question:
        """The question that was typed."""
        facts = cleaned if cleaned is not None else self.cleaned_data
        return Question(
            anything=facts.get("anything", ""),
            **{name: facts.get(name, "") for name in self.DETAILS},
        )

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The separate boxes."""
        return [self[name] for name in self.DETAILS]

    @property
    def uses_boxes(self) -> bool:
        """Whether somebody typed into a separate box, so that they stay open."""
        return any(self[name].value() for name in self.DETAILS)
