"""The forms of the panel's meetings."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.people import name_of
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import MeetingMode

# Where a complaint about the instants belongs on the form.
PLACES = {"starts_at": "day", "ends_at": "ends"}


class ClockField(forms.TimeField):
    """A time of day, as people type it: 14:00, 14.00 or 1400."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 14:00"))
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H%M"], **kwargs)
        self.widget.attrs.update({"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class MeetingForm(forms.Form):
    """When, how and where the panel meets."""

    day = TypedDateField(label=_("Day"))
    begins = ClockField(label=_("Begins at"))
    ends = ClockField(label=_("Ends at"), help_text=_("On the same day. For example 16:00"))
    mode = forms.ChoiceField(
        label=_("How does the panel meet?"),
        choices=MeetingMode.choices(),
        widget=forms.RadioSelect,
    )
    place = LineField(
        label=_("Place"),
        help_text=_("Building and room. It stands in the calendar entry: no names, please."),
        required=False,
    )
    link = forms.URLField(
        label=_("Link to the online meeting"),
        help_text=_("Beginning with https://. Only those who are invited get it."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("The link begins with https://."))
        return link

    def facts(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return {
            "starts_at": _instant(typed["day"], typed["begins"]),
            "ends_at": _instant(typed["day"], typed["ends"]),
            "mode": MeetingMode(typed["mode"]),
            "place": typed["place"],
            "link": typed["link"],
        }

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What stands in the boxes before a change."""
        begins = timezone.localtime(meeting.starts_at)
        return {
            "day": begins.date(),
            "begins": begins.time(),
            "ends": timezone.localtime(meeting.ends_at).time(),
            "mode": meeting.mode,
            "place": meeting.place,
            "link": meeting.link,
        }


class DeputyForm(forms.Form):
    """Which of a post's deputies comes."""

    user = forms.ChoiceField(label=_("Who comes?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = choices_of(people)  # type: ignore[attr-defined]


class DeclareForm(forms.Form):
    """A conflict of interest.

    :param people: whose it may be; one person needs no question.
    """

    member = forms.ChoiceField(label=_("Whose conflict of interest is it?"))
    reasons = ProseField(
        label=_("What is the conflict?"),
        help_text=_(
            "A sentence will do: that you are implicated in what happened, or how you are related "
            "to the customer. Only whoever decides reads it."
        ),
        rows=5,
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(people) == 1:
            del self.fields["member"]
        else:
            choices = [("", _("Choose a member")), *choices_of(people)]
            self.fields["member"].choices = choices  # type: ignore[attr-defined]


class DecideConflictForm(forms.Form):
    """Whether somebody may take part."""

    excluded = forms.ChoiceField(
        label=_("May they take part?"),
        choices=[
            ("yes", _("No: they stay excluded from this case")),
            ("no", _("Yes: they may read the papers, take part and vote")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = ProseField(label=_("Reasons"), rows=5)


class JoinForm(forms.Form):
    """Which entry a referral is about, and how that was checked (L3)."""

    entry = forms.ChoiceField(label=_("Which entry is about the customer?"))
    checked = ProseField(
        label=_("How was it checked that this is the same person?"),
        help_text=_("A name alone marks strangers. Say which other fact was checked, and how."),
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, alike: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.entry.reference, f"{each.entry.reference}: {each.title}") for each in alike]
        self.fields["entry"].widget = forms.RadioSelect()
        self.fields["entry"].choices = named  # type: ignore[attr-defined]


def choices_of(people: Iterable[Any]) -> list[tuple[str, str]]:
    """Pairs of primary key and name."""
    return [(str(person.pk), name_of(person)) for person in people]


def in_boxes(problem: BadInput) -> BadInput:
    """The complaint, under the boxes of the form."""
    return BadInput({PLACES.get(name, name): told for name, told in problem.problems.items()})


def _instant(day: Any, clock: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
