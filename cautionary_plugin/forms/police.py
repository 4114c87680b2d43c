"""What is known of a crime and of what the Police were told (A12)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.police import Crime, PoliceFacts

from .fields import LineField, TypedDateField


class PoliceForm(forms.Form):
    """All of it is needed before a decision; what is not known yet may stay empty."""

    crime = forms.ChoiceField(
        label=_("Was a crime committed?"), choices=Crime.choices(), widget=forms.RadioSelect
    )
    informed_on = TypedDateField(
        label=_("When were the Police informed?"),
        help_text=_("Only where there was a crime. For example 27 3 2027"),
        required=False,
    )
    informed_by = LineField(label=_("Who informed them?"), required=False)
    reference = LineField(label=_("The Police's reference"), max_length=80, required=False)

    @staticmethod
    def initial_of(facts: PoliceFacts) -> dict[str, object]:
        """What is known already, as the form shows it."""
        return {
            "crime": facts.crime,
            "informed_on": facts.informed_on,
            "informed_by": facts.informed_by,
            "reference": facts.reference,
        }
