"""Ask for access, and break the glass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.models import Register, Service
from cautionary_plugin.staff.fields import ColleagueField, TypedDateField


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


class ColleagueGrantForm(GrantRequestForm):
    """The same, asked for by a manager."""

    user = ColleagueField()
    field_order = ("user",)


class BreakGlassForm(forms.Form):
    """An hour of read access, with a reason."""

    register = forms.ModelChoiceField(
        Register.objects.none(), label=_("Register"), empty_label=None
    )
    reason = forms.CharField(
        label=_("Why it cannot wait"),
        help_text=_("The owner of the register and the data protection officer are told at once."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = Register.objects.all()  # type: ignore[attr-defined]
