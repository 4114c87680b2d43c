"""Plan a briefing session, say who is expected, and who came (A49)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.people import name_of
from cautionary_plugin.forms.fields import (
    ColleagueField,
    ColleaguesField,
    LineField,
    TypedDateField,
)
from cautionary_plugin.models import BriefingSession
from cautionary_plugin.rules.briefings import SUBJECTS

SUBJECT_LABELS = {
    "policy": _("The council’s policy"),
    "review_procedures": _("Review procedures"),
    "data_security": _("Data security"),
}


class SessionForm(forms.Form):
    """When and where, and who gives it."""

    held_on = TypedDateField(label=_("Day"))
    at_time = forms.TimeField(
        label=_("Time"),
        help_text=_("For example 14:00. May stay empty."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = LineField(label=_("Place"), help_text=_("A room, or “online”"), max_length=200)
    trainer = ColleagueField(
        label=_("Trainer"),
        help_text=_("Who gives it: their user name or work e-mail address. Empty: you."),
        required=False,
    )


class ExpectForm(forms.Form):
    """Who is expected at a session."""

    people = ColleaguesField(label=_("Colleagues"))


class CloseForm(forms.Form):
    """Who came, and what was covered."""

    came = forms.TypedMultipleChoiceField(
        label=_("Who came"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    covered = forms.MultipleChoiceField(
        label=_("What was covered"),
        help_text=_("All three, or the briefing does not count"),
        choices=[(subject, SUBJECT_LABELS[subject]) for subject in SUBJECTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, session: BriefingSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expected = session.attendances.exclude(user=None).select_related("user")
        came: Any = self.fields["came"]
        came.choices = [(each.pk, name_of(each.user)) for each in expected]
