"""The register, for those who keep and review it: every entry that has not expired."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.entry_facts import (
    every_fact,
    last_day,
    marked_under_appeal,
    measures_of,
    who_or_where,
)
from cautionary_plugin.access.exclusion import file_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.admin.base import Button, Column, FilterForm, RecordScreen
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import AccessRecord, Entry, PolicyLink, Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, Risk, Route

ANY: list[tuple[str, Any]] = [("", _("Any"))]


class EntryFilters(FilterForm):
    """By register, state and risk."""

    register__slug = forms.ChoiceField(label=_("Register"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[*ANY, *EntryState.choices()], required=False
    )
    risk = forms.ChoiceField(label=_("Risk"), choices=[*ANY, *Risk.choices()], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(register.slug, register.name) for register in Register.objects.all()]
        self.fields["register__slug"].choices = [*ANY, *known]  # type: ignore[attr-defined]


def state_in_words(entry: Any) -> str:
    """Live, or held; whether it is ratified, an appeal is open, or a fact is disputed."""
    told = [EntryState(entry.state).label]
    if entry.provisional and entry.state != EntryState.ENDED:
        told.append(str(_("provisional")))
    if entry.under_appeal:
        told.append(str(_("under appeal")))
    if entry.disputed_at:
        told.append(str(_("accuracy disputed")))
    return ", ".join(told)


class RegisterScreen(RecordScreen):
    """Entries by reference and name; nothing of the list can be exported (A39)."""

    path = "cautionary/register"
    label = _("Entries on the register")
    icon = "warning"
    order = 150
    needs = Power.READ_BASIS
    key = "reference"
    filters = EntryFilters
    empty = _("No entry is on file. Bring in the old list under “Legacy lists”.")
    columns = (
        Column(_("Reference"), lambda entry: entry.reference),
        Column(_("Person or premises"), who_or_where),
        Column(_("Register"), lambda entry: entry.register.name),
        Column(_("Risk"), lambda entry: Risk(entry.risk).label),
        Column(_("State"), state_in_words),
        Column(_("Ends or is reviewed by"), lambda entry: day(last_day(entry))),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Entry]:
        standing = request.standing
        standing.check_may_read()  # a lapsed briefing is told, and not shown as an empty register
        kept = standing.over(Power.READ_BASIS) - {None}
        readable = [register for register in kept if standing.may_read(register)]
        entries = (
            Entry.objects.filter(Q(state=EntryState.HELD) | Q(state=EntryState.LIVE))
            .filter(register__in=readable, expires_at__gt=request.now)
            .filter(Q(register__route=Route.DIRECTOR) | file_not_shut_out(request.user))
            .select_related("register", "case_file__person", "case_file__premises")
            .prefetch_related("audience")
        )
        return marked_under_appeal(entries)

    def links(self, request: GatedRequest) -> list[Button]:
        """The texts that the policy is read with (A4)."""
        kept = [register for register in request.standing.over(Power.READ_BASIS) if register]
        found = PolicyLink.objects.filter(register__in=kept).order_by("text", "url")
        return [Button(str(link), link.url, posts=False) for link in found]

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: Entry) -> None:
        open_for_review(entry=row, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: Entry) -> list[tuple[Any, Any]]:
        made = [
            (_("Risk"), Risk(row.risk).label),
            (_("State"), state_in_words(row)),
            (_("Entered"), f"{instant(row.made_at)}, {name_of(row.made_by)}"),
        ]
        if row.signed_off_at:
            signed = f"{instant(row.signed_off_at)}, {name_of(row.signed_off_by)}"
            made.append((_("Signed off"), signed))
        told = [(fact.label, fact.text) for fact in every_fact(row) if fact.text]
        stay_safe = [
            (_("Person or premises"), who_or_where(row)),
            (_("Handling instructions"), row.handling),
            (_("Control measures"), "\n".join(measures_of(row))),
        ]
        return [(label, text) for label, text in [*stay_safe, *told, *made] if text]

    def history(self, request: GatedRequest, row: Entry) -> list[tuple[Any, str, str]]:
        lines = AccessRecord.objects.filter(reference=row.reference).select_related("user")[:200]
        return [(line.at, name_of(line.user), Act(line.act).label) for line in lines]

    def notice(self, request: GatedRequest, row: Entry) -> Any:
        return _("The accuracy of this entry is disputed.") if row.disputed_at else ""

    def buttons(self, request: GatedRequest, row: Entry) -> list[Button]:
        return [
            *self._sign_off(request, row),
            *self._appeal_and_review(request, row),
            *self._of_the_keeper(request, row),
            *self._of_whoever_shares(request, row),
        ]

    def _sign_off(self, request: GatedRequest, row: Entry) -> list[Button]:
        may_sign = Power.SIGN_OFF_CHILDREN in request.standing.powers(row.register)
        if row.state != EntryState.HELD or not may_sign or row.made_by_id == request.user.pk:
            return []
        url = reverse("cautionary_sign_off", args=[row.reference])
        return [Button(_("Sign off: make the entry live"), url)]

    def _appeal_and_review(self, request: GatedRequest, row: Any) -> list[Button]:
        powers = request.standing.powers(row.register)
        if row.state != EntryState.LIVE:
            return []
        found = []
        if Power.SIGN_REVIEWS in powers and row.register.route == Route.DIRECTOR:
            url = reverse("cautionary_review_open", args=[row.reference])
            found.append(Button(_("Review"), url, posts=False))
        if Power.RECORD_APPEALS in powers and not row.under_appeal:
            url = reverse("cautionary_appeal_record")
            url = f"{url}?{urlencode({'entry': row.reference})}"
            found.append(Button(_("Record an appeal"), url, posts=False))
        return found

    def _of_whoever_shares(self, request: GatedRequest, row: Entry) -> list[Button]:
        if Power.SHARE not in request.standing.powers(row.register):
            return []
        url = reverse("cautionary_entry_sharing", args=[row.reference])
        return [Button(_("Whom it is for"), url, posts=False)]

    def _of_the_keeper(self, request: GatedRequest, row: Entry) -> list[Button]:
        def to(name: str, label: Any, *, posts: bool = False) -> Button:
            return Button(label, reverse(f"cautionary_{name}", args=[row.reference]), posts)

        if Power.DECIDE not in request.standing.powers(row.register):
            return []
        disputed = (
            to("settle", _("Settle the dispute"))
            if row.disputed_at
            else to("dispute", _("Mark as disputed"), posts=True)
        )
        facts = to("corrections", _("Correct a fact"))
        if row.register.route == Route.PANEL:
            return [facts, disputed]  # to end it takes a decision of the panel (B3)
        return [facts, disputed, to("withdraw", _("Withdraw: entered in error"))]
