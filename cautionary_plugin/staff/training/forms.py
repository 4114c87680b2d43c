"""What a manager confirms for a new member of staff (A48)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, ProseField, TypedDateField
from cautionary_plugin.rules.vocabulary import Relevance


class StarterForm(forms.Form):
    """Who, when, what they were told, and what it means for their job."""

    starter = ColleagueField(label=_("New colleague"))
    told_on = TypedDateField(label=_("When did you tell them?"))
    told = forms.MultipleChoiceField(
        label=_("What you have told them"),
        help_text=_("Both"),
        choices=[
            ("purpose", _("What the register is for, and where the policy stands")),
            ("reporting", _("Their duty to report each incident, threat or concern")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    relevance = forms.ChoiceField(
        label=_("How do they meet customers?"),
        choices=Relevance.choices(),
        widget=forms.RadioSelect,
    )
    about_job = ProseField(
        label=_("What the register means for their job"),
        help_text=_("For example: checks before every visit, has asked for access. No customer."),
        max_length=500,
        rows=3,
    )
