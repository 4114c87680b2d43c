"""The list of single points of contact, and the page of each."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.contact.lapsing import ends_on
from cautionary_plugin.actions.contact.reading import open_arrangement
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AccessRecord, Person, SinglePointOfContact
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act, Allocation


def divert_lines(arrangement: SinglePointOfContact) -> list[tuple[str, str, str]]:
    """Reference, state and address of the page of each divert."""
    return [
        (each.reference, DivertState(each.state).label, _url("divert", each.reference))
        for each in arrangement.diverts.all()
    ]


class SpocScreen(RecordScreen):
    """Every arrangement that the person keeps, those that stand first; no customer is named."""

    path = "cautionary/contacts"
    label = _("Points of contact")
    icon = "user"
    order = 470
    needs = Power.KEEP_SCHEDULE
    empty = _(
        "Nobody has a single point of contact. The panel decides on one with a case, with an entry "
        "or without."
    )
    page = "cautionary_plugin/admin/contact/arrangement.html"
    columns = (
        Column(_("Case"), lambda each: each.case.reference),
        Column(_("Officer"), lambda each: name_of(each.delegate or each.officer)),
        Column(_("State"), lambda each: _state_of(each)),
        Column(_("Divert"), lambda each: _divert_of(each)),
        Column(_("Entry"), lambda each: each.entry.reference if each.entry else _("None")),
        Column(_("From"), lambda each: day(each.starts_on)),
    )

    def rows(self, request: GatedRequest) -> QuerySet[SinglePointOfContact]:
        kept = request.standing.over(Power.KEEP_SCHEDULE) - {None}
        found = SinglePointOfContact.objects.filter(
            not_shut_out(request.user, case="case"), register__in=kept
        )
        related = "case", "entry", "register", "officer", "delegate", "case_file__person"
        ordered = found.order_by(F("ended_at").desc(nulls_first=True), "-starts_on", "pk")
        return ordered.select_related(*related).prefetch_related("diverts")

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: SinglePointOfContact) -> None:
        open_arrangement(arrangement=row, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: SinglePointOfContact) -> list[tuple[Any, Any]]:
        told = [
            (_("Customer"), _customer(row)),
            (_("Case"), row.case.reference),
            (_("Entry on the schedule"), row.entry.reference if row.entry else _("None")),
            (_("Officer"), name_of(row.officer)),
            (_("Delegated to"), name_of(row.delegate)),
            (_("Contact details"), row.contact),
            (_("E-mail address"), row.email),
            (_("Based in"), Allocation(row.allocation).label),
            (_("Suggested"), _suggested(row)),
            (_("Why elsewhere than suggested"), row.override),
            (_("Why there is one"), row.reasons),
            (_("From"), day(row.starts_on)),
            (_("Stands until"), _until(row)),
            (_("Why it ended"), row.ended_because),
        ]
        return [(label, text) for label, text in told if text]

    def more(self, request: GatedRequest, row: SinglePointOfContact) -> dict[str, Any]:
        return {"diverts": divert_lines(row), "stands": row.ended_at is None}

    def history(
        self, request: GatedRequest, row: SinglePointOfContact
    ) -> list[tuple[Any, str, str]]:
        references = [row.case.reference, *(each.reference for each in row.diverts.all())]
        references += [row.entry.reference] if row.entry else []
        wanted = [Act.SPOC, Act.DIVERT]
        lines = AccessRecord.objects.filter(reference__in=references, act__in=wanted)
        lines = lines.select_related("user").order_by("-at")[:200]
        return [(line.at, name_of(line.user), Act(line.act).label) for line in lines]

    def buttons(self, request: GatedRequest, row: SinglePointOfContact) -> list[Button]:
        if row.ended_at is not None:
            return []
        ways = [("spoc_replace", _("Change it")), ("spoc_end", _("End it"))]
        if all(each.state == DivertState.ENDED for each in row.diverts.all()):
            ways.insert(1, ("divert_prepare", _("Prepare an e-mail divert")))
        return [Button(label, _url(name, row.pk), posts=False) for name, label in ways]


def _customer(row: SinglePointOfContact) -> str:
    subject = row.case_file.subject
    if isinstance(subject, Person):
        return subject.identity.names[0]
    return subject.identity.address.in_one_line


def _suggested(row: SinglePointOfContact) -> str:
    return "" if row.suggested == row.allocation else Allocation(row.suggested).label


def _state_of(row: SinglePointOfContact) -> Any:
    if row.ended_at is None:
        return _("Stands")
    return _("Ended %(day)s") % {"day": day(timezone.localdate(row.ended_at))}


def _until(row: SinglePointOfContact) -> Any:
    if row.ended_at is not None:
        return day(timezone.localdate(row.ended_at))
    if row.entry is not None:
        return _("%(day)s, with the entry") % {"day": day(last_day(row.entry))}
    return _("%(day)s, unless it is made anew") % {"day": day(ends_on(row))}


def _divert_of(row: SinglePointOfContact) -> Any:
    open_ones = [each for each in row.diverts.all() if each.state != DivertState.ENDED]
    return DivertState(open_ones[0].state).label if open_ones else _("None")


def _url(name: str, key: Any) -> str:
    return reverse(f"cautionary_{name}", args=[key])
