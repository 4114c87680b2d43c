"""Propose somebody for a post; ask for access for a colleague; record a briefing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.models import Post
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.staff.fields import ColleagueField, TypedDateField
from cautionary_plugin.staff.grant_form import GrantRequestForm


class AppointmentForm(forms.Form):
    """Who holds which post, or deputises, from when."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"))
    user = ColleagueField()
    as_deputy = forms.BooleanField(label=_("As deputy"), required=False)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("Until (may stay empty)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.all()  # type: ignore[attr-defined]


class ColleagueGrantForm(GrantRequestForm):
    """The same, asked for by a manager."""

    user = ColleagueField()
    field_order = ("user",)


SUBJECT_LABELS = {
    "policy": _("The council's policy"),
    "review_procedures": _("Review procedures"),
    "data_security": _("Data security"),
}


class BriefingForm(forms.Form):
    """Who was briefed on what, and when (A49)."""

    user = ColleagueField()
    briefed_on = TypedDateField(label=_("Briefed on"))
    covered = forms.MultipleChoiceField(
        label=_("What was covered"),
        help_text=_("All three, or the briefing does not count"),
        choices=[(subject, SUBJECT_LABELS[subject]) for subject in SUBJECTS],
        widget=forms.CheckboxSelectMultiple,
    )
