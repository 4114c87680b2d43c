"""The forms of the access record and of its review."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.admin.base import FilterForm
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.rules.vocabulary import Act, Outcome

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class RecordFilters(FilterForm):
    """By what was done, how a check ended, the reference, whose account, and the day.

    An account is named by its number, as "Who looked" links to it: no name stands in an address.
    """

    act = forms.ChoiceField(label=_("What"), choices=[*ANY, *Act.choices()], required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[*ANY, *Outcome.choices()], required=False
    )
    reference = LineField(label=_("Reference"), max_length=48, required=False)
    user_key = LineField(label=_("Account number"), max_length=64, required=False)
    day = TypedDateField(label=_("Day"), required=False, help_text="")

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_valid():
            return rows
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        if day := wanted.pop("day", None):
            wanted["at__date"] = day
        return rows.filter(**wanted)


class SignUsageForm(forms.Form):
    """What was asked, and found."""

    notes = ProseField(
        label=_("What did you ask, and what did you find?"),
        help_text=_(
            "Needed where there was unusual use. Write references, and no name of anybody on the "
            "register."
        ),
        max_length=4000,
        required=False,
    )
