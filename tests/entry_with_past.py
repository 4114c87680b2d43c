"""An entry as the whole life would have left it: reported, countersigned, decided, told."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import over_after
from cautionary_plugin.models import (
    Appointment,
    CaseFile,
    Countersignature,
    Decision,
    Entry,
    IncidentReport,
    Letter,
    Statement,
)
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import (
    CountersignOutcome,
    DecisionOutcome,
    LetterKind,
    SentBy,
)
from tests.council import Council, brief, found_council, hold_post, list_entries, row
from tests.factors import make_person

SEEN = "Swung a besom at the surveyor and shouted along Gantry Mews."
GROUNDS = "It was my cousin Bartholomew who raised the spade that morning."
WRITTEN = {
    "code": "why",
    "heading": "Why we have done this",
    "text": "You raised a spade against two surveyors.",
}
REASONS = "Both officers described it alike, and nothing speaks against them."


@dataclass
class Scene:
    """One entry, who had which part in it, and who is to hear and to review it."""

    council: Council
    entry: Entry
    report: IncidentReport
    reporter: Any
    typist: Any
    witness: Any
    head: Any
    hearers: list[Any]
    clerk: Any
    safety: Any
    at: datetime = field(default_factory=timezone.now)

    @property
    def director(self) -> Any:
        return self.council.owner

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def set_scene(*, began_days_ago: int = 100, ends_in_days: int = 100, hearers: int = 2) -> Scene:
    """An entry that was decided on a report, with its letter sent, and everybody around it."""
    council = found_council()
    now = timezone.now()
    began = now - timedelta(days=began_days_ago)
    (entry,) = list_entries(council, row(control_measures="Phone first; No home visits"))
    Entry.objects.filter(pk=entry.pk).update(
        starts_at=began,
        made_at=began,
        expires_at=over_after(timezone.localdate(now) + timedelta(days=ends_in_days)),
    )
    entry.refresh_from_db()
    reporter, typist, witness = (make_person(name) for name in ("reporter", "typist", "witness"))
    scene = Scene(
        council=council,
        entry=entry,
        report=_report(council, entry.case_file, reporter, typist, began - timedelta(days=5)),
        reporter=reporter,
        typist=typist,
        witness=witness,
        head=with_post(council, "head", PostKind.HEAD_OF_SERVICE),
        hearers=[with_post(council, f"cmt{n}", PostKind.CMT_MEMBER) for n in range(hearers)],
        clerk=with_post(council, "clerk", PostKind.DATA_PROTECTION),
        safety=with_post(council, "safety", PostKind.HEALTH_AND_SAFETY),
        at=now,
    )
    _decide(scene, began)
    return scene


def with_post(council: Council, name: str, kind: PostKind) -> Any:
    """Somebody with a post, briefed."""
    person = make_person(name)
    hold_post(council, person, kind)
    brief(council, person)
    return person


def answers(kind: str, words: str) -> dict[str, str]:
    """The same words, in answer to each factor."""
    return {factor.value: f"{words} As to {factor.value}." for factor in factors_for(kind)}


def joined_report(scene: Scene, *, occurred_days_ago: int) -> IncidentReport:
    """A later report about the same person, countersigned and joined to the file of the entry."""
    now = scene.at
    case_file = CaseFile.objects.create(
        reference=f"FILE-J-{occurred_days_ago}",
        kind=scene.entry.case_file.kind,
        opened_at=now,
        joined_to=scene.entry.case_file,
    )
    occurred = now - timedelta(days=occurred_days_ago)
    report = _report(scene.council, case_file, scene.reporter, None, occurred)
    Decision.objects.create(
        case_file=case_file,
        report=report,
        entry=scene.entry,
        outcome=DecisionOutcome.JOIN,
        decided_by=scene.director,
        decided_at=now,
        reasons=REASONS,
    )
    return report


def forget_post(person: Any) -> None:
    """The person's appointments end, now."""
    Appointment.objects.filter(user=person).update(ended_at=timezone.now())


def _report(
    council: Council, case_file: CaseFile, reporter: Any, typist: Any, occurred: datetime
) -> IncidentReport:
    return IncidentReport.objects.create(
        reference=f"REP-{case_file.reference}",
        case_file=case_file,
        register=council.register,
        state=ReportState.DECIDED,
        trigger="act",
        occurred_on=timezone.localdate(occurred),
        reporter=reporter,
        typed_by=typist,
        started_at=occurred,
        changed_at=occurred,
        submitted_at=occurred,
        seen=SEEN,
        place="Gantry Mews, by the pump",
    )


def _decide(scene: Scene, at: datetime) -> None:
    file, entry, report = scene.entry.case_file, scene.entry, scene.report
    Statement.objects.create(
        case_file=file,
        report=report,
        employee=scene.witness,
        invited_at=at,
        due_on=timezone.localdate(at),
        given_at=at,
        text="I stood behind the hedge and heard the blow.",
    )
    Countersignature.objects.create(
        report=report, outcome=CountersignOutcome.CONFIRMED, by=scene.head, at=at
    )
    Decision.objects.create(
        case_file=file,
        report=report,
        entry=entry,
        outcome=DecisionOutcome.ADD,
        decided_by=scene.director,
        decided_at=at,
        reasons="A credible risk to surveyors in the mews.",
        factors=answers(file.kind, "Weighed at the addition."),
    )
    Letter.objects.create(
        case_file=file,
        register=entry.register,
        entry=entry,
        kind=LetterKind.ADDITION,
        queued_at=at,
        due_on=timezone.localdate(at),
        issued_at=at,
        sent_on=timezone.localdate(scene.at - timedelta(days=3)),
        sent_by_method=SentBy.POST,
        body={"sections": [WRITTEN]},
    )
