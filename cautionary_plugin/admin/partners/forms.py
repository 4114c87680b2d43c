"""What is asked about partners, and before something is shared with them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.actions.sharing.offering import Offer
from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from cautionary_plugin.models import Entry, Partner, Service, Site

CONTACT = [
    ("yes", _("Yes: its staff meet the individuals or enter their premises")),
    ("no", _("No, such as grounds maintenance and refuse: nothing is ever shared with it")),
]
INDEMNITY = _(
    "The partner indemnifies the council against all claims, proceedings, fines, damages and "
    "legal fees in the event of its misuse"
)


class PartnerForm(forms.Form):
    """Whether an organisation comes into contact, why, and where it works."""

    name = LineField(label=_("Name of the organisation"))
    has_contact = forms.ChoiceField(
        label=_("Does it come into contact with the individuals?"),
        choices=CONTACT,
        widget=forms.RadioSelect,
    )
    basis = ProseField(
        label=_("On what does that rest?"),
        help_text=_("What its staff do, and where they meet people. Name no individual."),
        max_length=2000,
    )
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        label=_("Sites that it shares with us or with others"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sites"].queryset = Site.objects.all()  # type: ignore[attr-defined]
        if not Site.objects.exists():
            del self.fields["sites"]
        if partner is not None:
            del self.fields["name"]
            self.initial = {
                "has_contact": "yes" if partner.has_contact else "no",
                "basis": partner.basis,
                "sites": list(partner.sites.all()),
            }

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        told = {**self.cleaned_data, "sites": list(self.cleaned_data.get("sites", ()))}
        return told | {"has_contact": told["has_contact"] == "yes"}


class SiteForm(forms.Form):
    """A place that several organisations work at."""

    name = LineField(label=_("Name of the site"), max_length=120)


class ContactForm(forms.Form):
    """Somebody at a partner."""

    name = LineField(label=_("Name"))
    email = LineField(
        label=_("E-mail address"),
        help_text=_("The one that stands in their certificate"),
        max_length=254,
    )


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("The file"))

    def __init__(self, *args: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = help_text

    @property
    def content(self) -> bytes:
        """The bytes that were uploaded."""
        content: bytes = self.cleaned_data["file"].read()
        return content


class ComparedForm(forms.Form):
    """The second person has compared the fingerprint."""

    compared = forms.BooleanField(
        label=_(
            "I have rung the partner on a number that I knew before, and it reads out the same "
            "fingerprint"
        ),
        required=False,
    )


class AgreementForm(forms.Form):
    """A signed agreement, with both terms."""

    follows_policy = forms.BooleanField(
        label=_("The partner follows the council’s policy"), required=False
    )
    indemnifies = forms.BooleanField(label=INDEMNITY, required=False)
    signed_on = TypedDateField(label=_("Signed on"))
    starts_on = TypedDateField(label=_("Binding from"))
    ends_on = TypedDateField(
        label=_("Binding until"), help_text=_("The first day on which it no longer binds")
    )
    file = forms.FileField(label=_("The signed document"), help_text=_("A PDF or a scan"))

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        told = dict(self.cleaned_data)
        file = told.pop("file")
        return {**told, "content": file.file, "name": file.name}


class AcknowledgedForm(forms.Form):
    """When a partner said that it has deleted what was withdrawn."""

    acknowledged_on = TypedDateField(label=_("On which day did the partner confirm it?"))


class ShareForm(forms.Form):
    """With which partners an entry is shared, and why."""

    partners = forms.MultipleChoiceField(label=_("Partners"), widget=forms.CheckboxSelectMultiple)
    reason = ProseField(
        label=_("Why do they need this entry?"),
        help_text=_("How their staff come into contact with this person or place"),
    )

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {each.partner.reference: each.partner for each in offers if not each.missing}
        self.fields["partners"].choices = [  # type: ignore[attr-defined]
            (each.partner.reference, _in_words(each)) for each in offers if not each.missing
        ]

    def chosen(self) -> list[Partner]:
        """The partners that were ticked."""
        return [self.offers[each] for each in self.cleaned_data["partners"]]


def _in_words(offer: Offer) -> Any:
    if not offer.at_site:
        return offer.partner.name
    told = _("%(name)s (works at %(sites)s)")
    return told % {"name": offer.partner.name, "sites": offer.at_site}


class ShareSeveralForm(forms.Form):
    """Which entries are shared with one partner, and why."""

    references = ProseField(
        label=_("References of the entries"),
        help_text=_("One a line, such as CPR-2026-0042. They go in one message."),
        max_length=15_000,
    )
    reason = ProseField(label=_("Why does the partner need them?"))

    def clean_references(self) -> list[Entry]:
        """The entries, each once, in the order of their references."""
        words = {word.upper() for word in self.cleaned_data["references"].split()}
        found = list(
            Entry.objects.filter(reference__in=words)
            .select_related("register", "case_file__person", "case_file__premises")
            .order_by("reference")
        )
        if unknown := sorted(words - {each.reference for each in found}):
            told = _("There is no entry with this reference: %(unknown)s")
            raise forms.ValidationError(told % {"unknown": ", ".join(unknown[:20])})
        return found


class SitesForm(forms.Form):
    """Which shared sites somebody comes to."""

    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(),
        label=_("Shared sites that this person comes to, or that this place is"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sites"].queryset = Site.objects.all()  # type: ignore[attr-defined]


class AudienceForm(forms.Form):
    """For each service, why it needs the entry; blank for those that do not."""

    def __init__(self, *args: Any, reasons: dict[Service, str], **kwargs: Any) -> None:
        """:param reasons: the services that the entry is for now, and why."""
        super().__init__(*args, **kwargs)
        self.services = {each.slug: each for each in Service.objects.all()}
        now = {each.slug: why for each, why in reasons.items()}
        for slug, service in self.services.items():
            self.fields[slug] = ProseField(
                label=service.name,
                help_text=_help(slug, now),
                required=False,
                rows=2,
                initial=now.get(slug, ""),
            )

    def reasons(self) -> dict[Service, str]:
        """Service → reason, for those that have one."""
        told = {slug: self.cleaned_data[slug].strip() for slug in self.services}
        return {self.services[slug]: why for slug, why in told.items() if why}


def _help(slug: str, now: dict[str, str]) -> Any:
    if slug not in now:
        return _("Not in the audience now. Say why it should be, or leave it blank.")
    if not now[slug]:
        return _("In the audience now, with no reason on file. Give one, or it is taken out.")
    return _("In the audience now. Blank takes it out.")
