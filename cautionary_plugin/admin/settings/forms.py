"""The settings of a register that its owner keeps."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import AddressField, LineField, ProseField, TypedDateField
from cautionary_plugin.models import Register
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.panel_settings import BOUNDS
from cautionary_plugin.rules.vocabulary import Nation, PolicyText, Route

MOST_CLOSURES = 400


class DaysField(forms.IntegerField):
    """A number of working days."""

    def __init__(self, *, most: int = 60, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=most, **kwargs)


class LinkField(forms.URLField):
    """Where a text lies on the intranet; may stay empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=500, assume_scheme="https", **kwargs)


class SettingsForm(forms.Form):
    """One register's settings."""

    council_name = LineField(label=_("Name of the council"), max_length=120, required=False)
    letter_address = AddressField(label=_("Address for the letterhead"), most=6, required=False)
    appeal_contact = ProseField(
        label=_("Where to appeal and complain"),
        help_text=_("As it stands in letters: an address, an e-mail address, a telephone number"),
        max_length=500,
        rows=5,
        required=False,
    )
    nation = forms.ChoiceField(label=_("Bank holidays of"), choices=Nation.choices())
    closure_days = ProseField(
        label=_("Days on which the council is closed besides"),
        help_text=_("One a line, for example 29 December 2026. They do not count as working days."),
        max_length=8000,
        rows=6,
        required=False,
    )
    notice_days = DaysField(label=_("Working days to tell staff and to write to the individual"))
    countersign_days = DaysField(label=_("Working days to countersign"))
    statement_days = DaysField(label=_("Working days for an employee’s account"))
    appeal_days = DaysField(label=_("Working days to lodge an appeal"), most=260)
    hearing_days = DaysField(label=_("Working days to decide an appeal"), most=260)
    link_lone_working = LinkField(label=_("Link to the lone working procedures"))
    link_risk_assessment = LinkField(label=_("Link to the team risk assessments"))
    link_health_and_safety = LinkField(
        label=_("Link to the health and safety policy, section C, part 8")
    )

    texts = PolicyText.for_route(Route.DIRECTOR)

    def clean_closure_days(self) -> list[date]:
        lines = [line.strip() for line in self.cleaned_data["closure_days"].splitlines()]
        typed = [line for line in lines if line]
        if len(typed) > MOST_CLOSURES:
            raise forms.ValidationError(_("These are more than 400 days."))
        return [_day(line) for line in typed]

    @property
    def links(self) -> dict[PolicyText, str]:
        """The texts that the policy is read with, each with what was typed (A4)."""
        return {text: self.cleaned_data[f"link_{text.value}"] for text in self.texts}


class PanelNumberField(forms.IntegerField):
    """One of the panel's own settings, within its bounds."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        least, most = BOUNDS[name]
        super().__init__(min_value=least, max_value=most, **kwargs)


class PanelSettingsForm(SettingsForm):
    """The settings of a register on which a panel decides (B6, B7, B18, B19, B52)."""

    texts = PolicyText.for_route(Route.PANEL)

    quorum = PanelNumberField(
        "quorum",
        label=_("Members who must be present to decide"),
        help_text=_("The policy says four."),
    )
    votes_needed = PanelNumberField(
        "votes_needed",
        label=_("Votes for that a motion needs"),
        help_text=_("The policy says four, however many are present."),
    )
    meeting_days = PanelNumberField(
        "meeting_days",
        label=_("Days between meetings, at most"),
        help_text=_("After more days than these, a gap is shown."),
    )
    renewal_days = PanelNumberField(
        "renewal_days",
        label=_("Days before its end that an entry comes up for renewal"),
    )
    link_hse_guidance = LinkField(
        label=_("Link to the HSE guidance on threatening behaviour (Appendix A)")
    )


def form_for(register: Register) -> type[SettingsForm]:
    """The form with the settings that this register has."""
    return PanelSettingsForm if register.route == Route.PANEL else SettingsForm


def settings_of(register: Register) -> dict[str, Any]:
    """What stands in the boxes before anything is typed."""
    facts = {
        name: getattr(register, name)
        for name in form_for(register).base_fields
        if hasattr(register, name) and name != "closure_days"
    }
    links = {f"link_{link.text}": link.url for link in register.policy_links.all()}
    days = "\n".join(plain_day(closure.day) for closure in register.closure_days.all())
    return {**facts, **links, "closure_days": days}


def _day(line: str) -> date:
    try:
        return TypedDateField().clean(line)  # type: ignore[no-any-return]
    except forms.ValidationError:
        raise forms.ValidationError(
            _("“%(line)s” is not a day. Write it as 29 December 2026."), params={"line": line[:40]}
        ) from None
