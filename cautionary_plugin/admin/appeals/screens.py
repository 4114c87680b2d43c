"""The lists of appeals, of appeals to hear, and of complaints."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cautionary_plugin.access.exclusion import schedule_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.appeals import open_appeal
from cautionary_plugin.actions.complaints import open_complaint
from cautionary_plugin.admin.base import Button, Column, RecordScreen
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AccessRecord, Appeal, Complaint
from cautionary_plugin.rules.appeals import HEARS
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import Act, HeardBy

from .papers import papers_of
from .told import (
    BODIES,
    OPEN,
    changes_of,
    complaint_due,
    due_of,
    hearers_of,
    in_use,
    is_about_something,
    kind_of,
    outcome_facts,
    state_of,
    timeline,
)


def _link(name: str, row: Any, label: Any) -> Button:
    return Button(label, reverse(f"cautionary_{name}", args=[row.reference]), posts=False)


def _lines(reference: str, *, but: Sequence[Act] = ()) -> list[tuple[Any, str, str]]:
    lines = AccessRecord.objects.filter(reference=reference).exclude(act__in=but)
    lines = lines.select_related("user")[:200]
    return [(line.at, name_of(line.user), Act(line.act).label) for line in lines]


def _reads(request: GatedRequest, row: Appeal) -> bool:
    """Whether the person may know the entry and whom it concerns; whoever only clerks may not."""
    return Power.READ_BASIS in request.standing.powers(row.entry.register)


class AppealScreen(RecordScreen):
    """Every appeal of the registers whose appeals the person keeps; no name is in the list."""

    path = "cautionary/appeals"
    label = _("Appeals")
    icon = "form"
    order = 500
    needs = Power.RECORD_APPEALS
    key = "reference"
    empty = _("No appeal is on file. When one comes in, record it here on the same day.")
    page = "cautionary_plugin/admin/appeals/appeal.html"
    columns = (
        Column(_("Appeal"), lambda appeal: appeal.reference),
        Column(_("Kind"), lambda appeal: kind_of(appeal)),
        Column(_("Against"), lambda appeal: appeal.entry.reference),
        Column(_("Came in"), lambda appeal: day(appeal.lodged_on)),
        Column(_("State"), lambda appeal: state_of(appeal, at=timezone.now())),
        Column(_("To be decided"), lambda appeal: due_of(appeal, at=timezone.now())),
        Column(_("Hearers"), lambda appeal: appeal.named),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Appeal]:
        kept = request.standing.over(Power.RECORD_APPEALS) - {None}
        appeals = Appeal.objects.filter(entry__register__in=kept).filter(
            schedule_not_shut_out(request.user, of="entry__", case_file="entry__case_file")
        )
        counted = appeals.annotate(named=Count("hearers")).order_by("-recorded_at", "pk")
        return counted.select_related("entry__register", "case_file")

    def links(self, request: GatedRequest) -> list[Button]:
        return [Button(_("Record an appeal"), reverse("cautionary_appeal_record"), posts=False)]

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: Appeal) -> None:
        open_appeal(appeal=row, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: Appeal) -> list[tuple[Any, Any]]:
        hearers = [name_of(hearer.user) for hearer in hearers_of(row)]
        told = [
            (_("Kind"), kind_of(row)),
            (_("Against"), row.entry.reference),
            (_("Register"), row.entry.register.name),
            (_("State"), state_of(row, at=request.now)),
            (_("To be decided"), due_of(row, at=request.now)),
            (_("Heard by"), BODIES[HeardBy(row.heard_by)]),
            (_("Hearers"), "\n".join(hearers) or _("None named yet.")),
        ]
        if in_use(row, at=request.now):
            told += [
                (_("What the individual says"), row.grounds),
                (_("Why a late appeal is heard"), row.late_reasons),
                *outcome_facts(row),
            ]
        return [(label, text) for label, text in told if text]

    def more(self, request: GatedRequest, row: Appeal) -> dict[str, Any]:
        reads = _reads(request, row) and in_use(row, at=request.now)
        return {
            "changes": changes_of(row) if reads else [],
            "timeline": timeline(row, names_employees=_reads(request, row)),
        }

    def history(self, request: GatedRequest, row: Appeal) -> list[tuple[Any, str, str]]:
        if _reads(request, row):
            return _lines(row.reference)
        return _lines(row.reference, but=[Act.STATEMENT])

    def buttons(self, request: GatedRequest, row: Appeal) -> list[Button]:
        if row.state not in OPEN:
            return []
        withdraw = _link("appeal_withdraw", row, _("Record a withdrawal"))
        if not is_about_something(row, at=request.now):
            return [withdraw]
        return [_link("appeal_hearers", row, _("Name the hearers")), withdraw]


class HearingScreen(RecordScreen):
    """The appeals that the person is named to hear, and no other (A25)."""

    path = "cautionary/hearings"
    label = _("Appeals to hear")
    icon = "group"
    order = 510
    needs = HEARS
    key = "reference"
    empty = _("You are not named to hear an appeal. You get an e-mail when you are.")
    page = "cautionary_plugin/admin/appeals/hearing.html"
    columns = (
        Column(_("Appeal"), lambda appeal: appeal.reference),
        Column(_("Kind"), lambda appeal: kind_of(appeal)),
        Column(_("Register"), lambda appeal: appeal.entry.register.name),
        Column(_("State"), lambda appeal: state_of(appeal, at=timezone.now())),
        Column(_("To be decided"), lambda appeal: due_of(appeal, at=timezone.now())),
        Column(
            _("Your signature"),
            lambda appeal: _("Given") if appeal.signed_by_me else _("Not given"),
        ),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Appeal]:
        heard = {each for power in HEARS for each in request.standing.over(power)} - {None}
        mine = Appeal.objects.filter(entry__register__in=heard, hearers__user=request.user)
        return mine.annotate(signed_by_me=F("hearers__signed_at")).select_related(
            "entry__register",
            "entry__case_file__person",
            "entry__case_file__premises",
            "case_file",
        )

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def facts(self, request: GatedRequest, row: Appeal) -> list[tuple[Any, Any]]:
        hearers = [name_of(hearer.user) for hearer in hearers_of(row)]
        told = [
            (_("Kind"), kind_of(row)),
            (_("State"), state_of(row, at=request.now)),
            (_("To be decided"), due_of(row, at=request.now)),
            (_("Hearers"), "\n".join(hearers)),
        ]
        return [(label, text) for label, text in told if text]

    def more(self, request: GatedRequest, row: Appeal) -> dict[str, Any]:
        heading = _("The proposed outcome")
        if row.state == AppealState.LODGED:
            heading = _("An outcome that was sent back")
        in_hand = row.state in OPEN and is_about_something(row, at=request.now)
        opened = papers_of(row, by=request.user, at=request.now) if in_hand else None
        told = outcome_facts(row) if in_use(row, at=request.now) else []
        return {
            "papers": opened,
            "proposed": [(label, text) for label, text in told if text],
            "proposed_heading": heading,
            "changes": changes_of(row) if in_hand else [],
            "timeline": timeline(row),
        }

    def notice(self, request: GatedRequest, row: Appeal) -> Any:
        if row.state not in OPEN:
            return _("The appeal is over, and its papers are closed.")
        if not is_about_something(row, at=request.now):
            return _("The entry has ended, and the papers are closed.")
        return ""

    def history(self, request: GatedRequest, row: Appeal) -> list[tuple[Any, str, str]]:
        return _lines(row.reference)

    def buttons(self, request: GatedRequest, row: Any) -> list[Button]:
        if not is_about_something(row, at=request.now):
            return []
        if row.state == AppealState.LODGED:
            alone = row.hearers.count() == 1
            label = _("Decide on it") if alone else _("Propose an outcome")
            return [_link("appeal_propose", row, label)]
        if row.state == AppealState.PROPOSED and not row.signed_by_me:
            return [
                _link("appeal_sign", row, _("Sign the outcome")),
                _link("appeal_send_back", row, _("Send it back")),
            ]
        return []


class ComplaintScreen(RecordScreen):
    """Every complaint of the registers whose complaints the person keeps (L10)."""

    path = "cautionary/complaints"
    label = _("Complaints")
    icon = "comment"
    order = 520
    needs = Power.RECORD_APPEALS
    key = "reference"
    empty = _("No complaint is on file. When one comes in, record it here on the same day.")
    columns = (
        Column(_("Complaint"), lambda complaint: complaint.reference),
        Column(_("Register"), lambda complaint: complaint.register.name),
        Column(_("Came in"), lambda complaint: day(complaint.received_on)),
        Column(_("Acknowledgement"), lambda each: complaint_due(each, at=timezone.now())),
        Column(
            _("Answer"),
            lambda each: day(each.answered_on) if each.answered_on else _("Not yet answered"),
        ),
    )

    def rows(self, request: GatedRequest) -> QuerySet[Complaint]:
        kept = request.standing.over(Power.RECORD_APPEALS) - {None}
        complaints = Complaint.objects.filter(register__in=kept)
        known = complaints.filter(schedule_not_shut_out(request.user))
        return known.select_related("register", "case_file")

    def links(self, request: GatedRequest) -> list[Button]:
        url = reverse("cautionary_complaint_record")
        return [Button(_("Record a complaint"), url, posts=False)]

    def opened_list(self, request: GatedRequest) -> None:
        record(act=Act.LISTED, by=request.user, at=request.now, screen=self.path)

    def opened(self, request: GatedRequest, row: Complaint) -> None:
        open_complaint(complaint=row, by=request.user, at=request.now)

    def facts(self, request: GatedRequest, row: Complaint) -> list[tuple[Any, Any]]:
        told = [(column.heading, column.text(row)) for column in self.columns[1:]]
        told += [
            (_("What it says"), row.text),
            (_("The answer"), row.answer),
            (_("Recorded by"), name_of(row.recorded_by)),
        ]
        return [(label, text) for label, text in told if text]

    def history(self, request: GatedRequest, row: Complaint) -> list[tuple[Any, str, str]]:
        return _lines(row.reference)

    def buttons(self, request: GatedRequest, row: Complaint) -> list[Button]:
        found = []
        if not row.acknowledged_on:
            found.append(_link("complaint_acknowledge", row, _("Record the acknowledgement")))
        if not row.answered_on:
            found.append(_link("complaint_answer", row, _("Record the answer")))
        return found
