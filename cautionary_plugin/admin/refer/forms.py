"""What an Operations Manager says when they put a case before the panel (B12–B14, B17, B18)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.panel.referring import LONGEST_LETTERS, LONGEST_STATEMENT
from cautionary_plugin.forms.fields import ColleagueField, LineField, ProseField
from cautionary_plugin.models import Register
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import Risk


class ReferForm(forms.Form):
    """The case as it is presented; the panel decides on its own."""

    register = forms.ModelChoiceField(
        Register.objects.none(), label=_("Before which panel?"), empty_label=None
    )
    statement = ProseField(
        label=_("Your statement"),
        help_text=_(
            "What has happened, over which time, what the service has done about it, and what it "
            "asks of the panel. The panel decides on it where other papers are missing."
        ),
        max_length=LONGEST_STATEMENT,
        rows=10,
    )
    letter_tried = ProseField(
        label=_("A letter of expected behaviour before"),
        help_text=_("When it was sent and what came of it. If there was none: why not."),
        max_length=LONGEST_LETTERS,
        rows=4,
    )
    risk = forms.ChoiceField(
        label=_("The level of risk, as you see it"),
        choices=[(each.value, f"{each.label}. {DEFINITIONS[each]}") for each in Risk],
        widget=forms.RadioSelect,
    )
    proceedings = forms.BooleanField(
        label=_("Legal proceedings were intimated, by either side"),
        help_text=_("Legal Services are then invited to advise the panel, as at high risk."),
        required=False,
    )
    presenter = ColleagueField(
        label=_("Who presents the case at the meeting"),
        help_text=_(
            "User name or work e-mail address of an Operations Manager or Head of Service. They "
            "are invited, and do not vote."
        ),
    )

    def __init__(self, *args: Any, panels: list[Register], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panels = panels
        self.fields["register"].queryset = Register.objects.filter(  # type: ignore[attr-defined]
            pk__in=[each.pk for each in panels]
        )
        if len(panels) == 1:
            del self.fields["register"]

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as the act takes it."""
        return {"register": self.panels[0], **self.cleaned_data}


class SendBackForm(forms.Form):
    """What the reporter is to put right."""

    reasons = ProseField(
        label=_("What should be put right?"),
        help_text=_("The reporter reads this. Write nothing here that they should not read."),
    )


class WithdrawForm(forms.Form):
    """Why a case is taken back before the panel has decided."""

    reasons = ProseField(label=_("Why the case is withdrawn"), max_length=2000)


class FindForm(forms.Form):
    """A report to a director, by its reference."""

    reference = LineField(
        label=_("Reference of the report"),
        help_text=_("For example INC-2026-0042"),
        max_length=24,
    )
