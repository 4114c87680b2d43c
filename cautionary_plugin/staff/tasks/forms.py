"""What a colleague says to a task of theirs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ProseField, TypedDateField


class AdviceForm(forms.Form):
    """A specialist's advice."""

    advice = ProseField(
        label=_("Your advice"),
        help_text=_(
            "How the council should deal with this customer, and what it should change. Leave out "
            "clinical details: the panel needs to know what to do, and not the diagnosis."
        ),
        max_length=4000,
        rows=10,
    )


class ResultForm(forms.Form):
    """What came of a follow-up action."""

    result = ProseField(label=_("What came of it"), max_length=4000, rows=5)


class OfferForm(forms.Form):
    """Which support was offered to a witness."""

    offered_on = TypedDateField(label=_("When did you offer your support?"))
    note = ProseField(
        label=_("What was arranged"),
        help_text=_("For example: time off to prepare, somebody to go with them, a visit before"),
        max_length=4000,
        rows=5,
    )
