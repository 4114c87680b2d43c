"""What is typed at the doors of the second factor."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField
from cautionary_plugin.models.second_factor import ENROLMENT_SIGNS, RECOVERY_SIGNS
from cautionary_plugin.rules.codes import six_digits, tidied
from cautionary_plugin.rules.second_factor import ResetReason


class DigitsForm(forms.Form):
    """The six digits that the phone shows."""

    required_css_class = "c-code"

    code = forms.CharField(label=_("Six-digit code"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        )

    def clean_code(self) -> str:
        digits = six_digits(self.cleaned_data["code"])
        if digits is None:
            raise forms.ValidationError(_("Enter the six digits that your phone shows."))
        return digits


class PaperCodeForm(forms.Form):
    """A code of letters and digits, as it stands on paper."""

    signs: int

    code = forms.CharField(max_length=60, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        )

    def clean_code(self) -> str:
        code = tidied(self.cleaned_data["code"], self.signs)
        if code is None:
            raise forms.ValidationError(
                _("The code has %(signs)s letters and digits. Dashes and spaces do not matter."),
                params={"signs": self.signs},
            )
        return code


class EnrolmentForm(PaperCodeForm):
    """The code that a manager handed over."""

    signs = ENROLMENT_SIGNS

    code = forms.CharField(
        label=_("Enrolment code"),
        max_length=60,
        help_text=_("Your manager gave it to you. It looks like K7QW-2MXB-4RTN"),
    )


class RecoveryForm(PaperCodeForm):
    """One line of the recovery sheet."""

    signs = RECOVERY_SIGNS

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=60,
        help_text=_("From the sheet that you kept. It looks like K7QW-2MXB-4RTN-9CHP"),
    )


class KeptForm(forms.Form):
    """The person says that they have the codes."""

    kept = forms.BooleanField(
        label=_("I have printed these codes or written them down, and put them in a safe place")
    )


class ColleagueForm(forms.Form):
    """Whom a code is for, or whose phone is lost."""

    person = ColleagueField()


class ChosenForm(forms.Form):
    """The colleague who was found, carried to the next step."""

    person: Any = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model()._default_manager.filter(is_active=True)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ResetForm(ChosenForm):
    """Why a second factor is taken away."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=ResetReason.choices(), widget=forms.RadioSelect
    )
