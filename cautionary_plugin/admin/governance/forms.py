"""Confirm a step of the go-live checklist."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import LineField


class StepForm(forms.Form):
    """Where it is kept, or when it was done and by whom."""

    note = LineField(
        label=_("Where it is kept, or when it was done and by whom"),
        help_text=_("About no customer"),
        max_length=500,
    )
