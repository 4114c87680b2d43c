"""The forms of points of contact and diverts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, LineField, ProseField, TypedDateField
from cautionary_plugin.rules.panel_terms import SpocTerms
from cautionary_plugin.rules.spoc import LONGEST_CONTACT
from cautionary_plugin.rules.vocabulary import Allocation


class SpocForm(forms.Form):
    """Another officer, or other details.

    :param suggested: where the officer would be based, by what is on file (B25).
    """

    officer = ColleagueField(label=_("Officer"))
    contact = ProseField(
        label=_("Contact details"),
        help_text=_("Name, post and telephone number, as the customer reads them"),
        max_length=LONGEST_CONTACT,
    )
    email = LineField(
        label=_("E-mail address"),
        help_text=_("A divert goes to this address, and to no other"),
        max_length=254,
    )
    allocation = forms.ChoiceField(
        label=_("Where is the officer based?"),
        choices=Allocation.choices(),
        widget=forms.RadioSelect,
    )
    override = ProseField(
        label=_("Why elsewhere than suggested?"), max_length=2000, required=False, rows=3
    )
    reasons = ProseField(label=_("Why is it changed?"), max_length=4000)

    def __init__(self, *args: Any, suggested: Allocation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("By what is on file the procedure suggests: %(where)s")
        self.fields["allocation"].help_text = told % {"where": suggested.label}

    def terms(self) -> SpocTerms:
        """What was typed, as the arrangement takes it."""
        typed = dict(self.cleaned_data)
        return SpocTerms(officer=str(typed.pop("officer").pk), **typed)


class ReasonsForm(forms.Form):
    """Why."""

    reasons = ProseField(label=_("Reasons"), max_length=4000, rows=6)


class DivertForm(forms.Form):
    """What is diverted, and why."""

    addresses = ProseField(
        label=_("The customer’s e-mail addresses"), help_text=_("One on each line"), max_length=2000
    )
    reasons = ProseField(label=_("Why is a divert needed?"), max_length=4000)

    def told(self) -> dict[str, Any]:
        """What was typed, with each address by itself."""
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines()]
        return {**self.cleaned_data, "addresses": [line for line in lines if line]}


class CouncillorForm(forms.Form):
    """A ward councillor who was asked."""

    councillor = LineField(label=_("Councillor"), max_length=200)
    email = LineField(label=_("Their council e-mail address"), max_length=254)
    asked_on = TypedDateField(label=_("When were they asked?"))


class AnswerForm(forms.Form):
    """What a councillor answered."""

    wants = forms.TypedChoiceField(
        label=_("Do they want the divert for their own e-mail too?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answered_on = TypedDateField(label=_("When did they answer?"))


class SwitchedForm(forms.Form):
    """The rule that was read, and no other, is switched on."""

    seen = forms.DateTimeField(
        label=_("The rule"),
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"],
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Read it again before you say that it is on.")
        ),
    )

    @staticmethod
    def seen_at(at: Any) -> str:
        """The instant as the form carries it."""
        return at.strftime("%Y-%m-%dT%H:%M:%S.%f%z") if at else ""
