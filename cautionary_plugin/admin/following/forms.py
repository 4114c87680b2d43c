"""What whoever keeps the schedule notes about what follows a decision (B38–B40, B51)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, LineField, ProseField, TypedDateField


def case_field() -> LineField:
    """The case by its reference."""
    return LineField(
        label=_("Reference of the case"),
        help_text=_("For example UBC-2026-0042"),
        max_length=24,
    )


class ReturnForm(forms.Form):
    """A questionnaire came back (B38, B39)."""

    returned_on = TypedDateField(label=_("When did it come back?"))
    new_issues = forms.TypedChoiceField(
        label=_("Does it tell of underlying issues that were not known before?"),
        choices=[("yes", _("Yes: a specialist colleague is to be asked")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    words = ProseField(
        label=_("What bears on the approach"),
        help_text=_(
            "Only where it tells of something new: what the council should do differently. No "
            "clinical details."
        ),
        required=False,
        rows=5,
    )


class SpecialistForm(forms.Form):
    """Which specialist colleague is asked what (B21, B39)."""

    specialist = ColleagueField(label=_("Specialist colleague"))
    asked = ProseField(
        label=_("What you ask them"),
        help_text=_(
            "They are shown this and nothing else. Tell them what they must know to advise, and no "
            "more."
        ),
        rows=8,
    )


class FollowUpForm(forms.Form):
    """What is to be done, by whom and by when (B40)."""

    case = case_field()
    what = ProseField(label=_("What is to be done"), max_length=2000, rows=4)
    colleague = ColleagueField(label=_("By whom"))
    due_on = TypedDateField(label=_("By when"))


class DoneForm(forms.Form):
    """What came of an action."""

    result = ProseField(label=_("What came of it"), rows=4)


class SummonsForm(forms.Form):
    """Who was summoned, and who supports them (B51)."""

    case = case_field()
    employee = ColleagueField(label=_("The employee who was summoned"))
    line_manager = ColleagueField(label=_("Their line manager"))
    hearing_on = TypedDateField(label=_("Day of the hearing"))
