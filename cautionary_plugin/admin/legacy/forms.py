"""Upload a legacy list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.legacy.files import LARGEST_FILE
from cautionary_plugin.models import Register


class UploadForm(forms.Form):
    """A list and the register that it goes into."""

    register = forms.ModelChoiceField(
        Register.objects.none(), label=_("Register"), empty_label=None
    )
    file = forms.FileField(
        label=_("The list"),
        help_text=_("CSV or XLSX, up to 50 MB; the first row names the columns"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = Register.objects.all()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 50 MB."))
        return file
