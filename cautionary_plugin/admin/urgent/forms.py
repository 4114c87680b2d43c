"""What is asked before an entry is added ahead of the panel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import ProseField
from cautionary_plugin.forms.panel_entry import QUESTIONS, EntryTermsForm, LevelForm


class UrgentForm(LevelForm, EntryTermsForm):
    """The level, why it cannot wait, and the entry."""

    reasons = ProseField(
        label=_("Why can it not wait for a meeting?"),
        help_text=_("The panel reads this when it ratifies the entry."),
        rows=3,
    )
    absence = ProseField(
        label=_("Why can the chair not decide?"),
        help_text=_("You decide in the absence of the chair; it is recorded."),
        max_length=1000,
        rows=2,
    )

    def __init__(self, *args: Any, for_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_chair:
            del self.fields["absence"]

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions under their headings, without the level, which stands first."""
        plan = [(_("Why at once"), ("absence", "reasons")), *QUESTIONS]
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in plan
        ]


class TurnDownForm(forms.Form):
    """Why a director does not take a report up."""

    reasons = ProseField(label=_("Why is the report not taken up?"), rows=4)
