"""The questions of a report: one form a page. Each field is named as its answer is kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.forms.fields import (
    BirthDateField,
    ColleagueField,
    ColleaguesField,
    LineField,
    ProseField,
    TypedDateField,
)
from cautionary_plugin.models import IncidentReport, Register, Service
from cautionary_plugin.rules.police import Crime
from cautionary_plugin.rules.reporting import (
    BEHAVIOURS,
    PANEL_BEHAVIOURS,
    ROUTES,
    TRIGGERS,
    About,
    Loose,
    Page,
    Whose,
    YesNo,
)
from cautionary_plugin.rules.vocabulary import Route

from .keeping import kept, typed, words

LONGEST = 20000


def _one_of(members: Any, label: Any, **kwargs: Any) -> forms.ChoiceField:
    choices = [(member.value, member.label) for member in members]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class AboutForm(forms.Form):
    """Whom or what it is about; and on which register, where there are several of a kind."""

    about = _one_of(About, _("Who or what is it about?"))
    register = forms.ModelChoiceField(
        Register.objects.none(), label=_("For which register?"), empty_label=None, required=False
    )

    def __init__(self, *args: Any, registers: Iterable[Register], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registers = list(registers)
        routes = {register.route for register in self.registers}
        offered = [each for each in About if each not in ROUTES or ROUTES[each] in routes]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in offered
        ]
        self.fields["register"].queryset = Register.objects.filter(  # type: ignore[attr-defined]
            pk__in=[register.pk for register in self.registers]
        )
        if len(routes) == len(self.registers):
            del self.fields["register"]

    def clean(self) -> dict[str, Any]:
        """The register that the choice leads to; asked for where there are several."""
        cleaned: dict[str, Any] = super().clean() or {}
        about = cleaned.get("about", "")
        if about not in list(ROUTES):
            return cleaned
        fit = [each for each in self.registers if each.route == ROUTES[About(about)]]
        chosen = fit[0] if len(fit) == 1 else cleaned.get("register")
        if chosen not in fit:
            self.add_error("register", _("Choose a register that takes such reports."))
        return {**cleaned, "register": chosen}


class PageForm(forms.Form):
    """What the pages share: their answers, kept and shown again.

    :cvar note: a sentence under the question.
    """

    note: Any = ""

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, as the report keeps it."""
        return {name: kept(value) for name, value in self.cleaned_data.items()}

    @classmethod
    def from_answers(cls, answers: dict[str, Any]) -> "PageForm":
        """The form as it was filled in before."""
        fields = cls.base_fields
        return cls(
            initial={
                name: typed(fields[name], value)
                for name, value in answers.items()
                if name in fields
            }
        )

    @classmethod
    def in_words(cls, answers: dict[str, Any]) -> list[tuple[Any, str]]:
        """Label and answer of each field that was filled in."""
        said = [
            (field.label, words(field, answers.get(name))) for name, field in cls().fields.items()
        ]
        return [(label, text) for label, text in said if text]


class WhoseForm(PageForm):
    note = _("You can type a report for a colleague. It stays theirs, and both of you follow it.")
    whose = _one_of(Whose, _("The report is"))
    colleague = ColleagueField(label=_("If it is a colleague’s: whose?"), required=False)


class TriggerForm(PageForm):
    trigger = _one_of(TRIGGERS, _("What happened, or what do you fear?"))


class WhenForm(PageForm):
    occurred_on = TypedDateField(label=_("Date"))
    occurred_at = LineField(label=_("Time, as well as you know it"), max_length=100, required=False)
    place = ProseField(
        label=_("Place"),
        help_text=_("The address, or the building and the room"),
        max_length=500,
        rows=2,
    )


class SightedForm(PageForm):
    occurred_on = TypedDateField(label=_("Date"))
    occurred_at = LineField(label=_("Time, as well as you know it"), max_length=100, required=False)


class AddressForm(PageForm):
    note = _("The register marks the address, not who lives there. Do not name anybody.")
    address = ProseField(label=_("Address"), max_length=300, rows=3)
    postcode = LineField(label=_("Postcode"), max_length=12, required=False)
    uprn = LineField(
        label=_("UPRN, if you know it"),
        help_text=_("The number of the property in the council’s address list"),
        max_length=20,
        required=False,
    )


class AnimalForm(PageForm):
    animal = LineField(
        label=_("The animal, or the animals"),
        help_text=_("For example: two large dogs"),
        max_length=200,
    )
    whereabouts = LineField(
        label=_("Where on the premises is it kept?"), max_length=200, required=False
    )
    loose = _one_of(Loose, _("Was it loose?"))


class ServiceForm(PageForm):
    note = _("Whoever manages this service is asked to read your report first.")
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label=_("Service"),
        to_field_name="slug",
        empty_label=_("Another, or I am not sure"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.all()  # type: ignore[attr-defined]


class PersonForm(PageForm):
    name = LineField(
        label=_("Full name"),
        help_text=_("If you do not know it: what you know the person by"),
    )
    aliases = ProseField(
        label=_("Other names, one on each line"), max_length=600, rows=2, required=False
    )


class IdentifyForm(PageForm):
    note = _(
        "Fill in what you know. Without a second fact besides the name, nobody can be put on the "
        "register: a namesake might be marked."
    )
    born_on = BirthDateField(
        label=_("Date of birth"), help_text=_("For example 27 3 1984"), required=False
    )
    birth_year = LineField(label=_("Or the year of birth, roughly"), max_length=10, required=False)
    address = ProseField(label=_("Address"), max_length=300, rows=3, required=False)
    postcode = LineField(label=_("Postcode"), max_length=12, required=False)
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    email = LineField(label=_("E-mail"), max_length=254, required=False)
    identifier = LineField(
        label=_("Tenancy, customer or other number"), max_length=100, required=False
    )


class BehaviourForm(PageForm):
    markers = forms.MultipleChoiceField(
        label=_("Choose all that apply"),
        choices=[(member.value, member.label) for member in BEHAVIOURS],
        widget=forms.CheckboxSelectMultiple,
    )


class PanelBehaviourForm(PageForm):
    markers = forms.MultipleChoiceField(
        label=_("Choose all that apply"),
        choices=[(member.value, member.label) for member in PANEL_BEHAVIOURS],
        widget=forms.CheckboxSelectMultiple,
    )


class SeenForm(PageForm):
    note = _(
        "What was done and said, in the order in which it happened. Facts, not opinions about the "
        "person. What others told you has its own page, next."
    )
    seen = ProseField(
        label=_("What I saw and heard"),
        help_text=_("Leave this empty if you saw and heard nothing of it"),
        max_length=LONGEST,
        rows=10,
        required=False,
    )


class ToldForm(PageForm):
    note = _("Leave this page empty if nobody told you anything that counts.")
    told = ProseField(label=_("What I was told"), max_length=LONGEST, rows=8, required=False)
    told_by = LineField(
        label=_("Who told me"),
        help_text=_("Name, and how they can be asked"),
        max_length=300,
        required=False,
    )


class HarmForm(PageForm):
    injuries = ProseField(
        label=_("Injuries and damage"),
        help_text=_("Leave this empty if there was none"),
        max_length=4000,
        rows=5,
        required=False,
    )


class OthersForm(PageForm):
    colleagues = ColleaguesField(
        label=_("Colleagues who were concerned"),
        help_text=_(
            "Their user names or work e-mail addresses, one on each line. Each is asked for an "
            "account of their own."
        ),
        required=False,
    )
    witnesses = ProseField(
        label=_("Other witnesses"),
        help_text=_("Who they are, and how they can be asked"),
        max_length=2000,
        rows=4,
        required=False,
    )


class CrimeForm(PageForm):
    note = _("For example an assault, a threat to kill, damage, or stalking. If in doubt, say yes.")
    crime = _one_of(Crime, _("It was a crime"))


class PoliceForm(PageForm):
    note = _(
        "If a crime was committed, the Police must be informed. Fill in what you know; the rest "
        "can be added before the decision."
    )
    informed = _one_of(YesNo, _("The Police have been informed"))
    informed_on = TypedDateField(label=_("When"), required=False)
    informed_by = LineField(label=_("By whom"), required=False)
    reference = LineField(
        label=_("Crime or incident number of the Police"), max_length=100, required=False
    )


FORMS: dict[Page, type[PageForm]] = {
    Page.WHOSE: WhoseForm,
    Page.TRIGGER: TriggerForm,
    Page.ADDRESS: AddressForm,
    Page.ANIMAL: AnimalForm,
    Page.WHEN: WhenForm,
    Page.SIGHTED: SightedForm,
    Page.SERVICE: ServiceForm,
    Page.PERSON: PersonForm,
    Page.IDENTIFY: IdentifyForm,
    Page.BEHAVIOUR: BehaviourForm,
    Page.SEEN: SeenForm,
    Page.TOLD: ToldForm,
    Page.HARM: HarmForm,
    Page.OTHERS: OthersForm,
    Page.CRIME: CrimeForm,
    Page.POLICE: PoliceForm,
    Page.EVIDENCE: PageForm,  # files are added and removed by themselves
}

PANEL_FORMS = FORMS | {Page.BEHAVIOUR: PanelBehaviourForm}


def form_of(report: IncidentReport, page: Page) -> type[PageForm]:
    """The form of a page: the panel is told of kinds of behaviour that the director is not."""
    of_route = PANEL_FORMS if report.register.route == Route.PANEL else FORMS
    return of_route[page]
