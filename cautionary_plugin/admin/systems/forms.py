"""What is asked about a system before it is named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import LineField, TypedDateField
from cautionary_plugin.models import Register, Service
from cautionary_plugin.rules.systems import MOST_AN_HOUR, Doing
from cautionary_plugin.rules.vocabulary import Purpose


class SystemForm(forms.Form):
    """What a system is, what it may do, from where and until when."""

    name = LineField(
        label=_("Name"), help_text=_("For example “Diary of the repairs service”"), max_length=120
    )
    slug = forms.SlugField(
        label=_("Short name"),
        help_text=_("It stands in the access record: small letters, figures and hyphens"),
        max_length=40,
    )
    doings = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=Doing.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    registers = forms.ModelMultipleChoiceField(
        Register.objects.none(),
        label=_("On which registers?"),
        widget=forms.CheckboxSelectMultiple,
    )
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label=_("For which service?"),
        help_text=_("Entries are shown as a reader of this service sees them"),
    )
    purpose = forms.ChoiceField(
        label=_("What does it check for?"), choices=Purpose.choices(), widget=forms.RadioSelect
    )
    networks = forms.CharField(
        label=_("From which networks does it call?"),
        help_text=_("One on each line, such as 10.20.30.0/24, or one address"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    rate = forms.IntegerField(
        label=_("How many checks and reports an hour, at most?"),
        help_text=_("As many as its work takes: more than that stops it"),
        min_value=1,
        max_value=MOST_AN_HOUR,
    )
    ends_on = TypedDateField(
        label=_("Until when?"),
        help_text=_(
            "The first day on which it may call no more; a year at most. For example 27 3 2027"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["registers"].queryset = Register.objects.all()
        fields["service"].queryset = Service.objects.all()
