"""The form with which read access is asked for, for oneself or for a colleague (A40)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import TypedDateField
from cautionary_plugin.models import Register, Service


class GrantRequestForm(forms.Form):
    """Read access for a job and a time (A40)."""

    register = forms.ModelChoiceField(
        Register.objects.none(), label=_("Register"), empty_label=None
    )
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service"))
    job_basis = forms.CharField(
        label=_("How the job meets or visits customers"),
        help_text=_("One sentence. Do not name any customer."),
        max_length=200,
    )
    ends_on = TypedDateField(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = Register.objects.all()  # type: ignore[attr-defined]
        self.fields["service"].queryset = Service.objects.all()  # type: ignore[attr-defined]
