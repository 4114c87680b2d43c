"""What an entry on the schedule says, as the panel and whoever adds at once are asked (B1, B2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms import entry_questions
from cautionary_plugin.forms.fields import ProseField
from cautionary_plugin.models import Service
from cautionary_plugin.rules.panel_terms import EntryTerms
from cautionary_plugin.rules.risk_definitions import DEFINITIONS, NAMES
from cautionary_plugin.rules.vocabulary import Risk

# The questions under their headings, in the order in which staff would read the answers.
QUESTIONS: list[tuple[Any, tuple[str, ...]]] = [
    (_("What staff will see first"), ("handling", "markers", "control_measures")),
    (
        _("What the individual may and may not do"),
        ("restrictions", "no_restrictions", "permitted_contact", "no_contact_limits"),
    ),
    (_("Whom the entry is for"), ("audience", "audience_reasons")),
    (
        _("What it rests on"),
        ("basis", "legal_condition", "second_identifier", "another_person"),
    ),
]


def services() -> list[tuple[str, str]]:
    """Short name and name of each service of the council."""
    return list(Service.objects.values_list("slug", "name"))


class LevelForm(forms.Form):
    """The level of risk, chosen beside the procedure's own words (B18)."""

    risk = forms.ChoiceField(
        label=_("Level of risk"),
        choices=[(risk.value, NAMES[risk]) for risk in Risk],
        widget=forms.RadioSelect,
    )

    @property
    def levels(self) -> list[tuple[Any, str]]:
        """The button of each level, with its definition."""
        return [
            (button, DEFINITIONS[risk].partition(": ")[2])
            for button, risk in zip(self["risk"], Risk, strict=True)
        ]


class EntryTermsForm(forms.Form):
    """The questions of an entry on the schedule; it cleans to :class:`EntryTerms`."""

    handling = entry_questions.handling()
    markers = entry_questions.markers()
    control_measures = entry_questions.control_measures()
    restrictions = entry_questions.restrictions()
    no_restrictions = ProseField(
        label=_("Why is no service restricted?"),
        help_text=_(
            "Only where no service is ticked above; limits on contact restrict none. The customer "
            "reads this in the letter as it stands, so write it to them: “You need every service "
            "that you use.”"
        ),
        max_length=1000,
        rows=2,
        required=False,
    )
    permitted_contact = ProseField(
        label=_("Permitted contact"),
        help_text=_(
            "How the individual may reach the council: for example in writing only. The customer "
            "reads this in the letter."
        ),
        max_length=1000,
        rows=2,
        required=False,
    )
    no_contact_limits = ProseField(
        label=_("Why is contact not limited?"),
        help_text=_(
            "Only where no limit on contact is ticked, and nothing is said above. The customer "
            "reads this in the letter as it stands, so write it to them: “You may ring and write "
            "to us as everybody does.”"
        ),
        max_length=1000,
        rows=2,
        required=False,
    )
    audience = forms.MultipleChoiceField(
        label=_("Services that the entry is for"),
        choices=services,
        widget=forms.CheckboxSelectMultiple,
    )
    audience_reasons = entry_questions.audience_reasons()
    basis = ProseField(
        label=_("What happened, in your own words"),
        help_text=_("Read by those who renew the entry. Facts and dates; name no colleague."),
        max_length=20000,
        rows=5,
    )
    legal_condition = entry_questions.legal_condition()
    second_identifier = ProseField(
        label=_("How was it checked that this is the person?"),
        help_text=_("A name alone marks strangers. Say which other fact was checked, and how."),
        rows=2,
        required=False,
    )
    another_person = ProseField(
        label=_("If somebody on the schedule looks the same: how is it known to be another?"),
        rows=2,
        required=False,
    )

    def entry_terms(self) -> EntryTerms:
        """What was typed, of a valid form."""
        told = self.cleaned_data
        return EntryTerms(
            handling=told["handling"],
            basis=told["basis"],
            legal_condition=told["legal_condition"],
            markers=told["markers"],
            control_measures=told["control_measures"],
            audience=told["audience"],
            audience_reasons=told["audience_reasons"],
            second_identifier=told["second_identifier"],
            another_person=told["another_person"],
            restrictions=told["restrictions"],
            no_restrictions=told["no_restrictions"],
            permitted_contact=told["permitted_contact"],
            no_contact_limits=told["no_contact_limits"],
        )
