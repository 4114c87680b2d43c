"""The agenda as one person may see it; of a case that they are shut out of, its reference (B11)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.panel.agenda import ON_AGENDA
from cautionary_plugin.actions.panel.papers import has_papers_or_statement
from cautionary_plugin.actions.panel.referring import SETTLED_OTHERWISE
from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AgendaItem, ConflictDeclaration, Meeting
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import CaseKind, Risk

from .seats import Room

Conflicts = dict[Any, list[ConflictDeclaration]]


@dataclass(frozen=True, repr=False)
class Row:
    """One item. No ``repr``: it tells names of members.

    :ivar stands: the state of the item, which ``state`` says in words.
    :ivar url: the page on which the item is run, for whoever is at the table; else empty.
    :ivar conflicts: what was declared, in words; for whoever runs the meeting.
    :ivar more: what is seldom done.
    """

    number: int
    reference: str
    kind: str
    state: str
    stands: str
    url: str
    facts: list[str]
    conflicts: list[str]
    buttons: list[Button]
    more: list[Button]


@dataclass(frozen=True, repr=False)
class Agenda:
    """The agenda.

    :ivar closed: what is said of the cases that the person is shut out of.
    :ivar kept_back: how many items have papers still to be released by this person.
    :ivar not_ready: how many have neither papers nor a statement.
    :ivar is_done: whether every item was dealt with, and there was one.
    """

    rows: list[Row]
    closed: list[str]
    kept_back: int
    not_ready: int
    is_done: bool


def agenda_of(meeting: Meeting, room: Room, *, request: GatedRequest, runs: bool) -> Agenda:
    """The agenda of a meeting, with what the person may do at each item."""
    items = list(
        meeting.items.exclude(state=ItemState.REMOVED)
        .select_related("case__register", "case__presenter", "case_file")
        .order_by("position", "pk")
    )
    for item in items:  # as it is in hand already
        item.meeting = meeting
        item.case.case_file = item.case_file
    apart = shut_out_of_each([item.case_id for item in items])
    conflicts, onward = _conflicts(items), _onward(items)
    mine = request.user.pk
    opened = [item for item in items if mine not in apart[item.case_id]]
    shown = [item for item in opened if runs or _concerns(item, room, request)]
    parts = _Parts(meeting, room, apart, conflicts, onward, request, runs, len(items))
    waiting = [item for item in opened if item.state in ON_AGENDA]
    return Agenda(
        rows=[parts.row(item, number) for number, item in enumerate(items, 1) if item in shown],
        closed=[_closed(item, conflicts, mine) for item in items if mine in apart[item.case_id]],
        kept_back=len([item for item in waiting if item.papers_at is None]),
        not_ready=len([item for item in waiting if not has_papers_or_statement(item)]),
        is_done=bool(items) and not any(item.state in ON_AGENDA for item in items),
    )


def _concerns(item: AgendaItem, room: Room, request: GatedRequest) -> bool:
    """Members see the agenda; presenters and Legal what they are asked to come for."""
    if Power.SIT_ON_PANEL in request.standing.powers(item.meeting.register):
        return True
    return item.case_id in room.own_cases


def _conflicts(items: list[AgendaItem]) -> Conflicts:
    found: Conflicts = {}
    declared = ConflictDeclaration.objects.filter(case__in=[item.case_id for item in items])
    for each in declared.select_related("user").order_by("declared_at"):
        found.setdefault(each.case_id, []).append(each)
    return found


def _onward(items: list[AgendaItem]) -> dict[Any, str]:
    """Key of each adjourned case → the reference of the last other meeting that it went to."""
    adjourned = {item.case_id: item.pk for item in items if item.state == ItemState.ADJOURNED}
    others = AgendaItem.objects.filter(case__in=adjourned).exclude(pk__in=adjourned.values())
    later = others.exclude(state=ItemState.REMOVED).order_by("listed_at")
    return dict(later.values_list("case", "meeting__reference"))


def _went_to(item: AgendaItem, meeting: str) -> str:
    """Where an adjourned case is now."""
    if meeting:
        return _("Went to the meeting %(meeting)s") % {"meeting": meeting}
    if item.case.state == CaseState.WAITING:
        return _("Waits for the next meeting")
    return CaseState(item.case.state).label


def _closed(item: AgendaItem, conflicts: Conflicts, mine: Any) -> str:
    waits = any(each.excluded is None and each.user_id == mine for each in conflicts[item.case_id])
    told = (
        _("%(reference)s: your conflict of interest waits for a decision.")
        if waits
        else _("%(reference)s: you are excluded.")
    )
    return told % {"reference": item.case.reference}


@dataclass(frozen=True, repr=False)
class _Parts:
    """What the rows are made from."""

    meeting: Meeting
    room: Room
    apart: Any
    conflicts: Conflicts
    onward: dict[Any, str]
    request: GatedRequest
    runs: bool
    last: int

    def row(self, item: AgendaItem, number: int) -> Row:
        return Row(
            number=number,
            reference=item.case.reference,
            kind=CaseKind(item.case.kind).label,
            state=ItemState(item.state).label,
            stands=item.state,
            url=self._address(item),
            facts=list(filter(None, self._facts(item))),
            conflicts=[_in_words(each) for each in self.conflicts.get(item.case_id, [])]
            if self.runs
            else [],
            buttons=self._buttons(item, number),
            more=self._more(item),
        )

    def _facts(self, item: AgendaItem) -> list[str]:
        case = item.case
        facts = [_("%(level)s risk, as presented") % {"level": Risk(case.risk).label}]
        if case.proceedings:
            facts.append(_("Legal proceedings were intimated"))
        if case.decide_by:
            facts.append(_("To be decided by %(day)s") % {"day": day(case.decide_by)})
        facts.append(
            _("Presented by %(who)s") % {"who": name_of(case.presenter)}
            if case.presenter
            else _("Nobody is named to present it")
        )
        facts.append(_papers(item))
        if item.state == ItemState.ADJOURNED:
            facts.append(_went_to(item, self.onward.get(item.case_id, "")))
        if self.meeting.state == MeetingState.OPEN and item.state in ON_AGENDA:
            seats = len(self.room.seated(excluded=self.apart[item.case_id]))
            told = {"seats": seats, "quorum": self.room.quorum}
            facts.append(_("Seats at this item now: %(seats)s of %(quorum)s needed") % told)
        return facts

    def _buttons(self, item: AgendaItem, number: int) -> list[Button]:
        reference = item.case.reference
        address = self._address(item)
        buttons = [Button(_("Go to the item"), address, False)] if address else []
        if self._reads(item):
            papers = reverse("cautionary_panel_papers", args=[reference])
            buttons.append(Button(_("Read the papers"), papers, False))
        powers = self.request.standing.powers(self.meeting.register)
        if item.state in ON_AGENDA and (self.runs or Power.SIT_ON_PANEL in powers):
            declare = reverse("cautionary_conflict_declare", args=[reference])
            buttons.append(Button(_("Declare a conflict of interest"), declare, False))
        if self.runs and item.state == ItemState.LISTED:
            if number > 1:
                buttons.append(_step(item, "up", _("Up")))
            if number < self.last:
                buttons.append(_step(item, "down", _("Down")))
            if item.papers_at is None:
                buttons.append(_step(item, "release", _("Release its papers")))
        return buttons

    def _more(self, item: AgendaItem) -> list[Button]:
        """What becomes of a case besides a decision; on the agenda still, and not yet turned to."""
        if not self.runs or item.state != ItemState.LISTED:
            return []
        reference, kind = item.case.reference, item.case.kind
        buttons = []
        if kind == CaseKind.REFERRAL:
            join = reverse("cautionary_case_join", args=[reference])
            buttons.append(Button(_("On the schedule already?"), join, False))
        buttons.append(_step(item, "off", _("Take off")))
        if kind not in SETTLED_OTHERWISE:
            withdraw = reverse("cautionary_case_withdraw", args=[reference])
            buttons.append(Button(_("Withdraw the case"), withdraw, False))
        return buttons

    def _address(self, item: AgendaItem) -> str:
        """For those at the table: presenters and Legal read the papers, and come when called."""
        powers = self.request.standing.powers(self.meeting.register)
        at_the_table = self.runs or Power.SIT_ON_PANEL in powers
        return reverse("cautionary_item", args=[item.pk]) + "#now" if at_the_table else ""

    def _reads(self, item: AgendaItem) -> bool:
        """Without asking the database for each item: the page that opens looks again."""
        if item.state not in ON_AGENDA:
            return self.runs
        return self.runs or item.papers_at is not None or item.case_id in self.room.own_cases


def _in_words(conflict: ConflictDeclaration) -> str:
    told = {"who": name_of(conflict.user)}
    if conflict.excluded is None:
        return _("%(who)s: conflict of interest, to be decided") % told
    if conflict.excluded:
        return _("%(who)s: excluded") % told
    return _("%(who)s: may take part") % told


def _papers(item: AgendaItem) -> str:
    if item.papers_at:
        released = day(timezone.localdate(item.papers_at))
        return _("Papers released %(day)s") % {"day": released}
    if item.case.statement.strip():
        return _("Papers not released; the Operations Manager's statement is there")
    return _("Neither papers nor a statement: release the papers, or the item cannot open")


def _step(item: AgendaItem, step: str, label: Any) -> Button:
    return Button(label, reverse("cautionary_agenda_step", args=[item.pk, step]))
