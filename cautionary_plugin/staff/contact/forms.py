"""To whom a contact is delegated, and how the customer reaches them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, LineField, ProseField
from cautionary_plugin.rules.spoc import LONGEST_CONTACT


class DelegateForm(forms.Form):
    """Another officer, at one's own discretion (B24)."""

    to = ColleagueField(label=_("To which officer?"))
    contact = ProseField(
        label=_("Contact details"),
        help_text=_("Name, post and telephone number, as the customer reads them"),
        max_length=LONGEST_CONTACT,
    )
    email = LineField(label=_("E-mail address"), max_length=254)
