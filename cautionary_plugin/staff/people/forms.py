"""Propose somebody for a post; ask for access for a colleague; record a briefing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, TypedDateField
from cautionary_plugin.models import Post, Register
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.staff.grant_form import GrantRequestForm


class AppointmentForm(forms.Form):
    """Who holds which post, or deputises, from when."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"))
    user = ColleagueField()
    as_deputy = forms.BooleanField(label=_("As deputy"), required=False)
    starts_on = TypedDateField(label=_("From"))
    ends_on = TypedDateField(label=_("Until (may stay empty)"), required=False)

    def __init__(self, *args: Any, posts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(pk__in=posts)  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """A post of the council, and what it may do here (A5, B5)."""

    kind = forms.ChoiceField(label=_("What it may do"), choices=PostKind.choices())
    title = forms.CharField(
        label=_("Title"), help_text=_("As the council calls the post"), max_length=120
    )
    register = forms.ModelChoiceField(Register.objects.none(), label=_("Register"), required=False)

    def __init__(self, *args: Any, registers: set[Register | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register: Any = self.fields["register"]
        register.queryset = Register.objects.filter(pk__in=[each.pk for each in registers if each])
        register.required = None not in registers
        register.empty_label = None if register.required else _("Every register")


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
