"""What is typed about letters: own words, dates, an address, reasons, the council's wording."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.letters import OWN_NAMES
from cautionary_plugin.forms.fields import (
    AddressField,
    ColleagueField,
    LineField,
    ProseField,
    TypedDateField,
)
from cautionary_plugin.rules.letters import ITEMS, LONGEST_WORDS, PLACEHOLDERS
from cautionary_plugin.rules.vocabulary import LetterKind


class WordsForm(forms.Form):
    """The writer's own words to this individual; they may be half done.

    What the file says already is not asked: the time and the place of the incident, and why there
    is no single point of contact, no limit on contact, or no restriction (B32–B34).
    """

    why = ProseField(
        label=_("Why"),
        help_text=_(
            "In your own words, to this individual: what happened, when and where, and why it "
            "was not acceptable. Leave out who reported it."
        ),
        max_length=LONGEST_WORDS,
        rows=10,
        required=False,
    )
    incident_at = LineField(
        label=_("At what time it happened"),
        help_text=_("The report does not say. For example: about 10 in the morning"),
        max_length=100,
        required=False,
    )
    incident_place = LineField(
        label=_("Where it happened"),
        help_text=_("The report does not say"),
        max_length=500,
        required=False,
    )
    no_spoc = ProseField(
        label=_("Why there is no single point of contact"),
        help_text=_("The panel has named none, and given no reason"),
        max_length=LONGEST_WORDS,
        rows=3,
        required=False,
    )
    no_contact_limits = ProseField(
        label=_("Why contact is not limited"),
        help_text=_("The panel has limited no contact, and given no reason"),
        max_length=LONGEST_WORDS,
        rows=3,
        required=False,
    )
    no_restrictions = ProseField(
        label=_("Why no service is restricted"),
        help_text=_("The panel has restricted none, and given no reason"),
        max_length=LONGEST_WORDS,
        rows=3,
        required=False,
    )
    addressee = AddressField(
        label=_("Name and address, if the letter goes elsewhere than to the address on file"),
        help_text=_(
            "The name first, then the address, one line each. Leave it empty to use the file."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, kind: LetterKind, lacking: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = {name for item in ITEMS[kind] for name in item.live}
        asked = {OWN_NAMES[name] for name in named if name in OWN_NAMES} & set(lacking)
        if "why" in named:
            asked.add("why")
        for name in {"why", *OWN_NAMES.values()} - asked:
            del self.fields[name]

    @property
    def asks_for_address_alone(self) -> bool:
        """Whether the letter needs no words of the writer's."""
        return list(self.fields) == ["addressee"]

    def clean_addressee(self) -> str:
        """The name and an address: a single line leads no letter anywhere."""
        typed: str = self.cleaned_data["addressee"]
        if len([line for line in typed.splitlines() if line.strip()]) == 1:
            wrong = _("Type the name on the first line, and the address below it.")
            raise forms.ValidationError(wrong)
        return typed


class HandOverForm(forms.Form):
    """Who is to write a letter of the panel instead (B31)."""

    to = ColleagueField(label=_("The Operations Manager who writes it from now on"))


class PostedForm(forms.Form):
    """The day on which a letter went into the post."""

    sent_on = TypedDateField(label=_("Posted on"))


class EmailForm(forms.Form):
    """Where a letter goes by e-mail; said twice, since it cannot be called back."""

    address = LineField(
        label=_("The individual’s e-mail address"),
        help_text=_("Use it only if they have given it to the council for letters."),
        max_length=254,
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["inputmode"] = "email"


class ExemptionForm(forms.Form):
    """Why an individual is not informed (A27)."""

    belief = ProseField(
        label=_("What you believe would happen"),
        help_text=_("The violent reaction that telling them would create"),
        rows=4,
    )
    reasons = ProseField(
        label=_("Your reasons for that belief"),
        help_text=_("What you know, and how you know it"),
        rows=6,
    )
    retest_on = TypedDateField(
        label=_("To be tested again by"),
        help_text=_("At the next review at the latest. For example 27 3 2027"),
    )


class WordingForm(forms.Form):
    """The council's words of one kind of letter: a box for each item."""

    def __init__(self, *args: Any, kind: LetterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS[kind]:
            must_name = ", ".join(f"{{{name}}}" for name in item.live)
            self.fields[item.code] = ProseField(
                label=item.heading or _("Opening"),
                help_text=_("Must name %(names)s") % {"names": must_name} if must_name else "",
                max_length=LONGEST_WORDS,
                rows=6,
                required=item.required,
            )


def placeholders() -> list[tuple[str, str]]:
    """Each placeholder as it is typed, and what it stands for."""
    return [(f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()]
