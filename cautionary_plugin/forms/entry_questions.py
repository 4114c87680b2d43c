"""The questions that every entry answers, whoever decides on it: fields in the same words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.rules.vocabulary import ControlMeasure, LegalCondition, Marker, Restriction

from .fields import ProseField


def handling() -> ProseField:
    """What staff are told first (A1, B1)."""
    return ProseField(
        label=_("Handling instructions"),
        help_text=_("What staff read first: “Do not visit alone. Phone first.”"),
        max_length=2000,
        rows=3,
    )


def markers() -> forms.MultipleChoiceField:
    """What the entry is about, in the policy's vocabulary."""
    return forms.MultipleChoiceField(
        label=_("What it is about"),
        choices=Marker.choices(),
        widget=forms.CheckboxSelectMultiple,
    )


def control_measures() -> forms.MultipleChoiceField:
    """How staff stay safe."""
    return forms.MultipleChoiceField(
        label=_("Control measures"),
        choices=ControlMeasure.choices(),
        widget=forms.CheckboxSelectMultiple,
    )


def restrictions() -> forms.MultipleChoiceField:
    """Which services are restricted; those that never may be are not among them (L11)."""
    return forms.MultipleChoiceField(
        label=_("Service restrictions"),
        choices=Restriction.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Emergency, safeguarding, elections, complaints and access to their own data are "
            "never restricted."
        ),
    )


def audience_reasons() -> ProseField:
    """Why the services of the audience need the entry (L1)."""
    return ProseField(
        label=_("Why these services?"),
        help_text=_("Whom the work of these services brings into contact, and how"),
        rows=2,
    )


def legal_condition() -> forms.ChoiceField:
    """On which condition of the law the entry rests (L9)."""
    return forms.ChoiceField(
        label=_("Legal condition"), choices=LegalCondition.choices(), widget=forms.RadioSelect
    )
