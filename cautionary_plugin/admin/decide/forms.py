"""What the director answers: each factor on its own, then what the outcome needs (A13–A19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms import entry_questions
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.models import IncidentReport, Service
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.factors import Factor, factors_for
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import (
    DecisionOutcome,
    Risk,
    SubjectKind,
)

YES, NO = "yes", "no"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Section:
    """Questions under one heading.

    :ivar names: of the fields; those that this form does not have are passed over.
    """

    heading: Any
    names: tuple[str, ...]


@dataclass(frozen=True)
class ShownSection:
    """The same, with the form's own fields."""

    heading: Any
    fields: list[forms.BoundField]


class DecisionForm(forms.Form):
    """What each decision takes: the factors, each on its own, and the reasons."""

    before: ClassVar[Sequence[Section]] = ()
    after: ClassVar[Sequence[Section]] = ()

    reasons = ProseField(
        label=_("Reasons for the decision"),
        help_text=_("Kept on the file. Weigh the factors; name no colleague."),
        max_length=10000,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        report: IncidentReport,
        beside: Mapping[Factor, list[str]],
        looks_the_same: bool,
        today: date,
    ) -> None:
        super().__init__(data)
        self.report, self.today = report, today
        self.factors = factors_for(report.case_file.kind)
        for factor in self.factors:
            facts = " ".join(beside.get(factor, []))
            self.fields[factor.value] = ProseField(label=factor.label, help_text=facts, rows=3)
        self.fit(looks_the_same=looks_the_same)
        self.order_fields([name for section in self.plan() for name in section.names])

    def fit(self, *, looks_the_same: bool) -> None:
        """Leave out what is not asked here, and fill in what is known."""

    def plan(self) -> list[Section]:
        """The sections, in the order of the page."""
        factors = Section(_("The factors"), tuple(factor.value for factor in self.factors))
        return [*self.before, factors, *self.after, Section(_("The decision"), ("reasons",))]

    def sections(self) -> list[ShownSection]:
        """What the page shows: headings with their questions."""
        shown = [
            ShownSection(
                section.heading, [self[name] for name in section.names if name in self.fields]
            )
            for section in self.plan()
        ]
        return [section for section in shown if section.fields]

    def finding(self) -> Finding:
        """What was found, of a valid form."""
        told = self.cleaned_data
        return Finding(
            reasons=told["reasons"],
            factors={factor.value: told[factor.value] for factor in self.factors},
            second_identifier=told.get("second_identifier", ""),
            another_person=told.get("another_person", ""),
        )

    def proposal(self) -> dict[str, Any]:
        """What the outcome needs besides, as the action takes it."""
        return {}


class JoinForm(DecisionForm):
    """A report about somebody who is on the register."""

    before = (Section(_("Which entry"), ("join_to", "second_identifier")),)

    join_to = LineField(
        label=_("Reference of the entry"), help_text=_("For example CPR-2027-0042"), max_length=24
    )
    second_identifier = ProseField(
        label=_("How was it checked that this is the same person or place?"), rows=3
    )


class AddForm(DecisionForm):
    """A new entry."""

    before = (Section(_("Is it this person?"), ("second_identifier", "another_person")),)
    after = (
        Section(_("The risk"), ("credible", "credible_risk", "risk")),
        Section(
            _("What staff will see"),
            (
                "markers",
                "handling",
                "control_measures",
                "restrictions",
                "permitted_contact",
                "spoc",
            ),
        ),
        Section(_("Whom the entry is for"), ("audience", "audience_reasons")),
        Section(_("How long"), ("expires_on", "term_reasons")),
        Section(_("What it rests on"), ("basis", "legal_condition")),
    )

    second_identifier = ProseField(
        label=_("How was it checked that this is the person?"),
        help_text=_("A name alone marks strangers. Say which other fact was checked, and how."),
        rows=3,
    )
    another_person = ProseField(
        label=_("How do you know that this is not who is on the register already?"),
        help_text=_("An entry looks the same: see above. If it is the same, go back and join it."),
        rows=3,
    )
    credible = forms.ChoiceField(
        label=_("Is there a credible risk of violence or injury to staff?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
    )
    credible_risk = ProseField(label=_("Why is the risk credible?"))
    risk = forms.ChoiceField(
        label=_("Level of risk"), choices=Risk.choices(), widget=forms.RadioSelect
    )
    markers = entry_questions.markers()
    handling = entry_questions.handling()
    control_measures = entry_questions.control_measures()
    restrictions = entry_questions.restrictions()
    permitted_contact = ProseField(
        label=_("Permitted contact"), max_length=1000, rows=2, required=False
    )
    spoc = LineField(
        label=_("Single point of contact"),
        help_text=_("Name of the post, phone and e-mail address"),
        max_length=500,
        required=False,
    )
    audience = forms.ModelMultipleChoiceField(
        Service.objects.none(),
        label=_("Services that the entry is for"),
        widget=forms.CheckboxSelectMultiple,
    )
    audience_reasons = entry_questions.audience_reasons()
    expires_on = TypedDateField(label=_("Last day of the entry"))
    term_reasons = ProseField(
        label=_("Why must it last longer than the standard?"),
        help_text=_("Only where it does; and only at high risk"),
        rows=2,
        required=False,
    )
    basis = ProseField(
        label=_("What happened, in your own words"),
        help_text=_("Read by those who review the entry. Facts and dates; name no colleague."),
        max_length=20000,
        rows=6,
    )
    legal_condition = entry_questions.legal_condition()

    def fit(self, *, looks_the_same: bool) -> None:
        if self.report.case_file.kind == SubjectKind.PREMISES:
            del self.fields["second_identifier"]
        if not looks_the_same:
            del self.fields["another_person"]
        audience: Any = self.fields["audience"]
        audience.queryset = Service.objects.all()
        self.initial["markers"] = self.report.markers
        self.initial["audience"] = [self.report.service_id] if self.report.service_id else []
        register, end = self.report.register, self._standard_last_day()
        self.initial["expires_on"] = end
        self.fields["expires_on"].help_text = _(
            "It counts until midnight of this day. The standard term is %(months)s months, until "
            "%(end)s."
        ) % {"months": register.term_months, "end": f"{end.day} {end:%B %Y}"}

    def _standard_last_day(self) -> date:
        return months_after(self.today, self.report.register.term_months) - ONE_DAY

    def proposal(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        told["expires_on"] += ONE_DAY  # people name the last day, rules the first without it
        return {
            "addition": Addition(
                credible=told["credible"] == YES,
                **{name: told[name] for name in ADDITION_FIELDS},
            )
        }


ADDITION_FIELDS = (
    "credible_risk",
    "risk",
    "legal_condition",
    "expires_on",
    "handling",
    "basis",
    "audience",
    "audience_reasons",
    "markers",
    "control_measures",
    "term_reasons",
    "restrictions",
    "permitted_contact",
    "spoc",
)

FORMS: dict[DecisionOutcome, type[DecisionForm]] = {
    DecisionOutcome.ADD: AddForm,
    DecisionOutcome.JOIN: JoinForm,
    DecisionOutcome.WARNING: DecisionForm,
    DecisionOutcome.DECLINE: DecisionForm,
}
