"""The forms of appeals and complaints."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.variations import LEVELS, LIMITS
from cautionary_plugin.rules.vocabulary import (
    AppealOutcome,
    ControlMeasure,
    Marker,
    Restriction,
    Risk,
    Vocabulary,
)


class LodgeForm(forms.Form):
    """An appeal as it came in."""

    entry = LineField(
        label=_("Reference of the entry"),
        max_length=24,
        help_text=_("As in the letter, for example CPR-2026-0042"),
    )
    lodged_on = TypedDateField(label=_("When did the appeal come in?"))
    grounds = ProseField(label=_("What does the individual say?"), max_length=20000, rows=10)
    late_reasons = ProseField(
        label=_("Why is a late appeal heard?"),
        help_text=_("Only where the time to appeal was over."),
        max_length=2000,
        required=False,
    )


class ReasonsForm(forms.Form):
    """Why."""

    reasons = ProseField(label=_("Reasons"), max_length=4000, rows=6)


class HearersForm(forms.Form):
    """Who hears an appeal or a review.

    :param label: who they are, such as members of CMT.
    :param candidates: pairs of primary key and name.
    """

    users = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(
        self, *args: Any, label: Any, candidates: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].label = label
        self.fields["users"].choices = candidates  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """A signature under the proposal that was read, and no other."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    @staticmethod
    def seen_at(at: datetime | None) -> str:
        """The instant of the proposal, as the form carries it."""
        return at.strftime("%Y-%m-%dT%H:%M:%S.%f%z") if at else ""


@dataclass(frozen=True, repr=False)
class Section:
    """Some questions under one heading."""

    heading: Any
    lead: Any
    fields: list[Any]


class OutcomeForm(forms.Form):
    """What the hearers decide, and what changes of the entry.

    Only what does not worsen the individual's position can be chosen.
    """

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=AppealOutcome.choices(), widget=forms.RadioSelect
    )
    reasons = ProseField(
        label=_("Reasons"),
        help_text=_(
            "What the individual said, and what you make of it. The letter is written from it."
        ),
        max_length=10000,
        rows=8,
    )
    risk = forms.ChoiceField(label=_("Risk"), required=False)
    last_day = TypedDateField(
        label=_("Last day"), help_text=_("The same day, or an earlier one."), required=False
    )
    handling = ProseField(label=_("Handling instructions"), max_length=2000, required=False)
    markers = forms.MultipleChoiceField(label=_("What it is about"), required=False)
    control_measures = forms.MultipleChoiceField(label=_("Control measures"), required=False)
    restrictions = forms.MultipleChoiceField(label=_("Service restrictions"), required=False)
    audience = forms.MultipleChoiceField(label=_("For"), required=False)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        services = list(entry.audience.all())
        kwargs["initial"] = {
            "risk": entry.risk,
            "last_day": last_day(entry),
            "handling": entry.handling,
            "markers": entry.markers,
            "control_measures": entry.control_measures,
            "restrictions": entry.restrictions,
            "audience": [service.slug for service in services],
        }
        super().__init__(*args, **kwargs)
        levels = LEVELS[: LEVELS.index(Risk(entry.risk)) + 1]
        open_measures = [
            each for each in ControlMeasure if each in entry.control_measures or each not in LIMITS
        ]
        self._offer("risk", _pairs(levels))
        self._offer("markers", _pairs(Marker(code) for code in entry.markers))
        self._offer("control_measures", _pairs(open_measures))
        self._offer("restrictions", _pairs(Restriction(code) for code in entry.restrictions))
        self._offer("audience", [(service.slug, service.name) for service in services])
        if not entry.restrictions:
            del self.fields["restrictions"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.widget = forms.CheckboxSelectMultiple()
        field.choices = choices

    @property
    def sections(self) -> list[Section]:
        """The outcome first; what changes after it."""
        decided = ("outcome", "reasons")
        return [
            Section(_("The outcome"), "", [self[name] for name in decided]),
            Section(
                _("What changes"),
                _(
                    "Only for the outcome “The entry is changed”. Nothing can be made worse for "
                    "the individual: take away, lower, or shorten."
                ),
                [field for field in self if field.name not in decided],
            ),
        ]

    def variation(self) -> dict[str, Any]:
        """The facts as they were typed, for the outcome that changes the entry."""
        typed = dict(self.cleaned_data)
        if typed["outcome"] != AppealOutcome.VARIED:
            return {}
        facts = {name: typed[name] for name in self.fields if name not in ("outcome", "reasons")}
        facts["last_day"] = typed["last_day"].isoformat() if typed["last_day"] else None
        blank = {"risk": "", "last_day": None}  # left as they are; handling must say something
        return {name: value for name, value in facts.items() if value != blank.get(name, ...)}


class ComplaintForm(forms.Form):
    """A complaint as it came in."""

    about = LineField(
        label=_("Reference of the entry or the report"),
        max_length=24,
        help_text=_("For example CPR-2026-0042"),
    )
    received_on = TypedDateField(label=_("When did the complaint come in?"))
    text = ProseField(label=_("What does it say?"), max_length=20000, rows=10)


class AcknowledgeForm(forms.Form):
    """When a complaint was acknowledged."""

    acknowledged_on = TypedDateField(label=_("When was it acknowledged?"))


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    answered_on = TypedDateField(label=_("When was it answered?"))
    answer = ProseField(label=_("The answer"), max_length=20000, rows=10)


def _pairs(members: Any) -> list[tuple[str, Any]]:
    codes: list[Vocabulary] = list(members)
    return [(member.value, member.label) for member in codes]
