"""The forms of the access record and of its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.enrolment import ACCOUNT
from cautionary_plugin.admin.base import FilterForm
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.rules.vocabulary import Act, Outcome

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class RecordFilters(FilterForm):
    """By what was done, how a check ended, the reference, whose account, and the day.

    An account is named by its number, as "Who looked" links to it: no name stands in an address.
    """

    act = forms.ChoiceField(label=_("What"), choices=[*ANY, *Act.choices()], required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[*ANY, *Outcome.choices()], required=False
    )
    reference = LineField(label=_("Reference"), max_length=48, required=False)
    user_key = LineField(
        label=_("Account number"),
        help_text=_("The names in “Who looked” lead here with it"),
        max_length=64,
        required=False,
    )
    day = TypedDateField(label=_("Day"), required=False)

    def clean_reference(self) -> str:
        """References are written in capitals, but for accounts, as a message names them."""
        typed = str(self.cleaned_data["reference"]).strip()
        return typed if typed.startswith(ACCOUNT) else typed.upper()

    def wanted(self) -> dict[str, Any]:
        """The day is one of the clock on the wall."""
        wanted = super().wanted()
        if day := wanted.pop("day", None):
            wanted["at__date"] = day
        return wanted


class SignUsageForm(forms.Form):
    """What was asked, and found."""

    notes = ProseField(
        label=_("What did you ask, and what did you find?"),
        help_text=_(
            "Needed where there was unusual use. Write references, and no name of anybody on the "
            "register."
        ),
        max_length=4000,
        required=False,
    )
