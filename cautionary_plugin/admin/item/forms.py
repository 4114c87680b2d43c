"""What is typed at an item: the first question, the findings, the motion, the vote."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ColleagueField, LineField, ProseField
from cautionary_plugin.forms.panel_entry import QUESTIONS, EntryTermsForm, LevelForm
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.panel_terms import MotionTerms, SpocTerms
from cautionary_plugin.rules.spoc import LONGEST_CONTACT
from cautionary_plugin.rules.vocabulary import (
    Adjustment,
    Allocation,
    Choice,
    Health,
    LetterFirst,
    System,
)

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No"))]


class YesNoField(forms.TypedChoiceField):
    """A question that is answered with yes or no, and never by leaving a box alone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_OR_NO,
            widget=forms.RadioSelect,
            coerce=lambda answer: answer == YES,
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


class StepForm(forms.Form):
    """One of several forms on a page: each has ids of its own, or labels would point astray."""

    step: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.step}_%s"} | kwargs)


class HealthForm(StepForm):
    """The panel's first question (B20, B21)."""

    step = "health"

    health = forms.ChoiceField(
        label=_("Health, conditions or disabilities"),
        choices=Health.choices(),
        widget=forms.RadioSelect,
    )
    words = ProseField(
        label=_("What was considered"),
        help_text=_("What the panel looked at. No diagnosis and nothing clinical."),
        rows=3,
    )
    adjustments = ProseField(
        label=_("Changes to the approach"),
        help_text=_("As agreed with specialist colleagues; where there are some."),
        rows=2,
        required=False,
    )


class ConsultForm(StepForm):
    """What a system told, without a word of it (B22)."""

    step = "consult"

    system = forms.ChoiceField(
        label=_("Which system?"), choices=System.choices(), widget=forms.RadioSelect
    )
    relevant = YesNoField(label=_("Does it bear on the approach?"))
    adjustments = forms.MultipleChoiceField(
        label=_("Changes to the approach"),
        choices=Adjustment.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nothing else is recorded: no free text, so that nothing clinical is copied."),
    )


class FindingsForm(StepForm):
    """Criteria, exceptional circumstances, the letter first, the SPOC, legal advice."""

    step = "findings"

    criteria_met = YesNoField(label=_("Does the behaviour meet the criteria for unreasonable?"))
    criteria = ProseField(label=_("Why, or why not?"), rows=3)
    exceptional = ProseField(
        label=_("What are the exceptional circumstances?"),
        help_text=_("The schedule is for exceptional circumstances. Say so where there are none."),
        rows=3,
        required=False,
    )
    letter_first = forms.ChoiceField(
        label=_("Was a letter of expected behaviour tried first?"),
        choices=LetterFirst.choices(),
        widget=forms.RadioSelect,
        required=False,
    )
    letter_reasons = ProseField(label=_("When was it tried, or why not?"), rows=2, required=False)
    spoc_needed = YesNoField(label=_("Is a single point of contact needed at this stage?"))
    spoc_reasons = ProseField(
        label=_("Why a single point of contact, or why not?"),
        help_text=_("The customer reads this in the letter, where they have none."),
        rows=2,
    )
    legal_advice = ProseField(
        label=_("Advice of Legal Services"),
        help_text=_("Where a representative advised; they have no vote."),
        rows=2,
        required=False,
    )


class MotionForm(StepForm):
    """What every motion takes; each outcome adds its own questions."""

    step = "motion"
    headings: ClassVar[list[tuple[Any, tuple[str, ...]]]] = []

    reasons = ProseField(
        label=_("Reasons"),
        help_text=_("As they stand in the decision. Name no colleague."),
        max_length=10000,
        rows=4,
    )

    def __init__(
        self,
        *args: Any,
        suggested: Allocation | None = None,
        has_spoc: bool = False,
        **kwargs: Any,
    ) -> None:
        """The questions of a motion.

        :param suggested: where a single point of contact would be based; None where none is needed.
        :param has_spoc: whether the customer has one already, and the questions may stay empty.
        """
        super().__init__(*args, **kwargs)
        if suggested is not None:
            self.fields.update({name: spoc_field(name) for name in SPOC_FIELDS})
            told = _("Suggested: %(where)s.") % {"where": suggested.label}
            self.fields["allocation"].help_text = told
            self.initial.setdefault("allocation", suggested.value)
            if has_spoc:
                for name in SPOC_FIELDS:
                    self.fields[name].required = False

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions under their headings; those that are not asked are left out."""
        plan = [*self.headings, (_("Single point of contact"), SPOC_FIELDS)]
        plan.append((_("The motion"), ("reasons",)))
        shown = [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in plan
        ]
        return [(heading, fields) for heading, fields in shown if fields]

    def level(self) -> str:
        """The level, where the outcome has one."""
        return str(self.cleaned_data.get("risk", ""))

    def terms(self) -> MotionTerms:
        """What would follow from the motion, of a valid form."""
        return MotionTerms(spoc=self.spoc_terms())

    def spoc_terms(self) -> SpocTerms | None:
        """The single point of contact, where one was named."""
        told = self.cleaned_data
        if not told.get("officer"):
            return None
        return SpocTerms(
            officer=str(told["officer"].pk),
            contact=told["contact"],
            email=told["email"],
            allocation=told["allocation"],
            reasons=told["spoc_reasons"],
            override=told["override"],
        )

    def clean(self) -> dict[str, Any]:
        """Details without an officer would be lost, and so are refused."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        typed = any(told.get(name) for name in ("contact", "email", "spoc_reasons"))
        if typed and "officer" in told and not told["officer"]:
            self.add_error("officer", _("Say who the single point of contact is."))
        return told

    def clean_spoc_reasons(self) -> str:
        """Reasons of its own, which are not those of the motion."""
        text: str = self.cleaned_data["spoc_reasons"]
        if text or self.fields["spoc_reasons"].required:
            try:
                check_reason(text, field="spoc_reasons")
            except BadInput as problem:
                raise forms.ValidationError(problem.problems["spoc_reasons"]) from None
        return text


class EntryMotionForm(LevelForm, EntryTermsForm, MotionForm):
    """A motion for an entry on the schedule."""

    headings = QUESTIONS

    def terms(self) -> MotionTerms:
        return MotionTerms(entry=self.entry_terms(), spoc=self.spoc_terms())


SPOC_FIELDS = ("officer", "contact", "email", "allocation", "override", "spoc_reasons")


def spoc_field(name: str) -> forms.Field:
    """A question about the single point of contact (B23–B26)."""
    return {
        "officer": lambda: ColleagueField(label=_("Service Manager who is the point of contact")),
        "contact": lambda: ProseField(
            label=_("Contact details, as the individual is told them"),
            help_text=_(
                "Name, post, telephone and hours, at most 500 characters. The customer reads this "
                "in the letter."
            ),
            max_length=LONGEST_CONTACT,
            rows=3,
        ),
        "email": lambda: LineField(
            label=_("E-mail address of the point of contact"),
            help_text=_(
                "A divert goes here, and to no other address. The customer reads this in the "
                "letter."
            ),
            max_length=254,
            validators=[validate_email],
        ),
        "allocation": lambda: forms.ChoiceField(
            label=_("Where are they based?"),
            choices=Allocation.choices(),
            widget=forms.RadioSelect,
        ),
        "override": lambda: ProseField(
            label=_("Why elsewhere than suggested?"), max_length=2000, rows=2, required=False
        ),
        "spoc_reasons": lambda: ProseField(label=_("Why this point of contact?"), rows=2),
    }[name]()


class VoteForm(forms.Form):
    """How a member votes."""

    choice = forms.ChoiceField(
        label=_("Your vote"), choices=Choice.choices(), widget=forms.RadioSelect
    )
    motion = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput)


class AdjournForm(StepForm):
    """Why an item goes to another meeting."""

    step = "adjourn"

    reasons = ProseField(
        label=_("Why is the item adjourned?"),
        help_text=_("It stands in the minutes: name nobody."),
        max_length=2000,
        rows=2,
    )


class SeenForm(StepForm):
    """A button, and nothing to type; it tells which motion stood on the page."""

    step = "seen"

    seen = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """Why a decision must be put right."""

    reasons = ProseField(
        label=_("What is wrong with the decision?"),
        help_text=_("The panel decides anew; the decision itself stays as it was recorded."),
        rows=4,
    )
