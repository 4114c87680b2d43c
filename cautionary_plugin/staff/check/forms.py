"""Why an entry is opened, where no check came before."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import Purpose


class PurposeForm(forms.Form):
    """Why the register is opened (L5)."""

    purpose = forms.ChoiceField(
        label=_("What is this for?"), choices=Purpose.choices(), widget=forms.RadioSelect
    )
