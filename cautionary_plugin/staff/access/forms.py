"""Break the glass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.models import Register


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
