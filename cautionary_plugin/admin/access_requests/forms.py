"""The forms of subject access requests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.models import PackLine
from cautionary_plugin.rules.access_requests import Choice, Ground


class ReceiveForm(forms.Form):
    """Which file, when, and what was asked."""

    reference = LineField(
        label=_("Reference"),
        max_length=24,
        help_text=_("Of the person’s entry, report or file, for example CPR-2026-0042"),
    )
    received_on = TypedDateField(
        label=_("Received on"),
        help_text=_("The day on which the council got it. Example: 27 3 2027"),
    )
    asked = ProseField(
        label=_("What was asked"),
        required=False,
        help_text=_("In their words, as far as it matters. It is kept sealed."),
    )


class IdentityForm(forms.Form):
    """How somebody knows who asks."""

    how = ProseField(
        label=_("How do you know who asks?"),
        max_length=2000,
        help_text=_("Which documents you saw, or whom you rang back. Keep no copies."),
    )


class WithdrawForm(forms.Form):
    """Why there is no answer."""

    because = ProseField(
        label=_("Why is it not answered?"),
        max_length=2000,
        help_text=_("Such as: they withdrew it, or they are not the person."),
    )


class LineForm(forms.Form):
    """What becomes of one line."""

    choice = forms.ChoiceField(
        label=_("What is the person told?"), choices=Choice.choices(), widget=forms.RadioSelect
    )
    replacement = ProseField(
        label=_("Other words"),
        max_length=20000,
        required=False,
        help_text=_("Where you tell other words: the text without what is about somebody else."),
    )
    ground = forms.ChoiceField(
        label=_("Exemption"),
        choices=[("", _("None")), *Ground.choices()],
        required=False,
        help_text=_("Where you withhold it. The person is told this."),
    )
    reason = ProseField(
        label=_("Why"),
        max_length=2000,
        required=False,
        rows=2,
        help_text=_("Where the line does not show it. For the council alone; it is kept sealed."),
    )

    @staticmethod
    def initial_of(line: PackLine) -> dict[str, Any]:
        """What was said before; the careful answer where nothing was said."""
        if line.choice:
            told = {"replacement": line.replacement, "ground": line.ground, "reason": line.reason}
            return {"choice": line.choice, **told}
        if line.names_others:
            return {"choice": Choice.WITHHOLD, "ground": Ground.OTHERS}
        return {"choice": Choice.KEEP}
