"""Confirm a report, or send it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ProseField
from cautionary_plugin.rules.vocabulary import CountersignOutcome

CHOICES = [
    (CountersignOutcome.CONFIRMED.value, _("Confirm: it may go to the director for a decision")),
    (CountersignOutcome.RETURNED.value, _("Send it back to the reporter, with reasons")),
]


class CountersignForm(forms.Form):
    """What the countersigner says, and why (A8)."""

    outcome = forms.ChoiceField(
        label=_("What do you say to this report?"), choices=CHOICES, widget=forms.RadioSelect
    )
    reasons = ProseField(
        label=_("Reasons"),
        help_text=_(
            "Needed to send it back: what should be put right? Write nothing here that the "
            "reporter should not read."
        ),
        required=False,
    )
