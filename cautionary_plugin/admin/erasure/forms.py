"""Place a legal hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField


class HoldForm(forms.Form):
    """Which file, why, and until when."""

    reference = LineField(
        label=_("Reference"),
        max_length=24,
        help_text=_("Of the entry, the report or the file, for example CPR-2026-0042"),
    )
    reason = ProseField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("Which proceedings the file is kept for. It is kept sealed."),
    )
    ends_on = TypedDateField(
        label=_("Keep it until"),
        help_text=_("The day from which it may be erased; two years at most. Example: 27 3 2027"),
    )
