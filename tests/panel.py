"""A panel for tests: its register, its six posts and those around them; of invented people only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.actions.panel.attendance import (
    confirm_briefing,
    name_deputy,
    note_arrival,
    note_leaving,
)
from cautionary_plugin.actions.panel.cases import open_case
from cautionary_plugin.actions.panel.conflicts import decide_conflict, declare_conflict
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.findings import record_findings, record_health
from cautionary_plugin.actions.panel.items import open_item
from cautionary_plugin.actions.panel.meetings import open_meeting, plan_meeting
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.panel.urgent import add_immediately
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.actions.posts import accept_appointment, create_post, propose_appointment
from cautionary_plugin.actions.setup import open_with_owner
from cautionary_plugin.models import (
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    Entry,
    IncidentReport,
    Meeting,
    Motion,
    PanelCase,
    PanelDecision,
    Post,
    Register,
    Service,
    UrgentAddition,
)
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import (
    Capacity,
    CaseKind,
    Choice,
    Health,
    LetterFirst,
    MeetingMode,
    PanelOutcome,
    Risk,
)
from tests.council import Council, found_council
from tests.factors import make_person
from tests.life import submitted

SIX = {
    "chair": (PostKind.PANEL_CHAIR, "Service Manager for Assurance"),
    "complaints": (PostKind.PANEL_MEMBER, "Senior Assurance Officer – Complaints"),
    "safety": (PostKind.PANEL_MEMBER, "Health and Safety Manager (panel)"),
    "customer": (PostKind.PANEL_MEMBER, "Business Manager – Customer Services"),
    "care": (PostKind.PANEL_SOCIAL_CARE, "Head of Specialist Services, Adult Social Care"),
    "equality": (PostKind.PANEL_MEMBER, "Representative of the Equality and Diversity Network"),
}
AROUND = {
    "clerk": (PostKind.PANEL_CLERK, "Clerk of the panel"),
    "monitoring": (PostKind.MONITORING_OFFICER, "Monitoring Officer"),
    "legaldirector": (PostKind.LEGAL_DIRECTOR, "Director for Legal and Democratic"),
    "legal": (PostKind.LEGAL_SERVICES, "Principal Solicitor"),
    "operations": (PostKind.OPERATIONS_MANAGER, "Operations Manager, Repairs"),
    "mail": (PostKind.MAIL_ADMINISTRATOR, "Messaging Team Leader"),
}


@dataclass
class Panel:
    """The schedule's register, the director's beside it, and everybody who acts."""

    council: Council
    register: Register
    owner: Any
    people: dict[str, Any]
    posts: dict[str, Post]

    @property
    def housing(self) -> Service:
        return self.council.housing

    @property
    def members(self) -> list[Any]:
        """The six, the chair first."""
        return [self.people[name] for name in SIX]

    def __getattr__(self, name: str) -> Any:
        """``panel.chair``, ``panel.clerk`` … : the person of this name."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def found_panel(*, at: datetime | None = None, council: Council | None = None) -> Panel:
    """A council with a director's register, and a panel with all its posts held and briefed."""
    now = at or timezone.now()
    council = council or found_council(at=now)
    owner = make_person("owner-ub")
    facts = {
        "slug": "ub",
        "name": "Unreasonable Behaviour Schedule",
        "prefix": "UBS",
        "route": "panel",
        "longest_term_months": 12,
        "quorum": 4,
        "votes_needed": 4,
    }
    today = timezone.localdate(now)
    first = open_with_owner(
        facts=facts, owner=owner, title="Owner of the schedule", briefed_on=today, at=now
    )
    panel = Panel(council, first.post.register, owner, {}, {})  # type: ignore[arg-type]
    for name, (kind, title) in {**SIX, **AROUND}.items():
        panel.posts[name] = create_post(
            kind=kind, title=title, register=panel.register, by=owner, at=now
        )
        panel.people[name] = make_person(name)
        seat(panel, panel.people[name], name, at=now)
    return panel


def seat(
    panel: Panel, person: Any, post: str, *, as_deputy: bool = False, at: datetime | None = None
) -> Any:
    """Somebody holds one of the posts, or deputises for its holder, from today; briefed."""
    now = at or timezone.now()
    proposed = propose_appointment(
        post=panel.posts[post],
        user=person,
        starts_on=timezone.localdate(now),
        as_deputy=as_deputy,
        by=panel.owner,
        at=now,
    )
    accept_appointment(appointment=proposed, by=person, at=now)
    record_briefing(
        user=person,
        briefed_on=timezone.localdate(now),
        covered=set(SUBJECTS),
        by=panel.owner,
        at=now,
    )
    return person


def deputy_for(panel: Panel, post: str, *, at: datetime | None = None) -> Any:
    """A colleague who is appointed as deputy for a post, long term; not yet for any meeting."""
    return seat(panel, make_person(f"deputy-{post}"), post, as_deputy=True, at=at)


def waiting_case(
    panel: Panel,
    *,
    report: IncidentReport | None = None,
    at: datetime | None = None,
    kind: CaseKind = CaseKind.REFERRAL,
    **facts: Any,
) -> PanelCase:
    """A case that waits for the panel, about a report of three days ago."""
    now = at or timezone.now()
    report = report or submitted(panel.council, at=now)
    return open_case(
        **{
            "kind": kind,
            "register": panel.register,
            "case_file": report.case_file,
            "report": report,
            "risk": "medium",
            "presenter": panel.operations,
            "statement": "He comes to the counter each week and shouts until staff leave.",
            "by": panel.operations,
            "at": now,
        }
        | facts
    )


# Meetings


def planned(
    panel: Panel,
    *,
    at: datetime | None = None,
    starts_in: timedelta = timedelta(days=7),
    **facts: Any,
) -> Meeting:
    """A meeting that lies ahead, in a week where nothing else is said; the six are invited."""
    now = at or timezone.now()
    starts_at = now + starts_in
    return plan_meeting(
        **{
            "register": panel.register,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "mode": MeetingMode.BOTH,
            "place": "Committee Room 4, Civic Centre",
            "link": "https://meet.weldham.example/panel",
            "by": panel.clerk,
            "at": now,
        }
        | facts
    )


def met(
    panel: Panel,
    *,
    present: int | Iterable[str] = 6,
    at: datetime | None = None,
    released: bool = True,
) -> Meeting:
    """A meeting in session, with what waits on its agenda and the papers released.

    :param present: how many of the six have come, in their order, the chair first; or their names.
    """
    now = at or timezone.now()
    meeting = planned(panel, at=now, starts_in=timedelta(minutes=5))
    if released and meeting.items.exists():
        release_papers(meeting=meeting, by=panel.clerk, at=now)
    meeting = open_meeting(meeting=meeting, by=panel.clerk, at=now)
    names = list(SIX)[:present] if isinstance(present, int) else present
    for name in names:
        arrive(panel, meeting, panel.people[name], at=now)
    return meeting


def arrive(panel: Panel, meeting: Meeting, person: Any, *, at: datetime | None = None) -> Attendee:
    """Somebody who is invited comes in, or comes back."""
    return note_arrival(attendee=seat_at(meeting, person), by=panel.clerk, at=at or timezone.now())


def leave(panel: Panel, meeting: Meeting, person: Any, *, at: datetime | None = None) -> Attendee:
    """Somebody goes."""
    return note_leaving(attendee=seat_at(meeting, person), by=panel.clerk, at=at or timezone.now())


def seat_at(meeting: Meeting, person: Any) -> Attendee:
    """The place that somebody has at a meeting as member, deputy or clerk."""
    return meeting.attendees.get(user=person, case=None)


def deputised(
    panel: Panel,
    meeting: Meeting,
    post: str,
    *,
    briefed: bool = True,
    arrives: bool = False,
    at: datetime | None = None,
) -> Any:
    """A deputy for one post at one meeting; briefed, as its holder says, unless told otherwise."""
    now = at or timezone.now()
    user = deputy_for(panel, post, at=now)
    attendee = name_deputy(
        meeting=meeting, post=panel.posts[post], user=user, by=panel.clerk, at=now
    )
    if briefed:
        confirm_briefing(attendee=attendee, by=panel.people[post], at=now)
    if arrives:
        arrive(panel, meeting, user, at=now)
    return user


def conflicted(
    case: PanelCase,
    person: Any,
    *,
    decided: bool | None = None,
    by: Any = None,
    at: datetime | None = None,
) -> ConflictDeclaration:
    """Somebody declares a conflict in a case; decided where ``decided`` says so.

    :param decided: True: stays excluded; False: may take part; None: waits.
    :param by: who decides.
    """
    now = at or timezone.now()
    conflict = declare_conflict(
        case=case, member=person, reasons="I live two doors from the customer.", by=person, at=now
    )
    if decided is None:
        return conflict
    return decide_conflict(
        conflict=conflict,
        excluded=decided,
        reasons="Neighbours for ten years, and they fell out.",
        by=by,
        at=now,
    )


# Items and votes


def comes(panel: Panel, meeting: Meeting, person: Any, post: str, *, briefed: bool = True) -> Any:
    """A deputy comes to a meeting, to sit for a post."""
    now = timezone.now()
    return Attendee.objects.create(
        meeting=meeting,
        user=person,
        capacity=Capacity.DEPUTY,
        post=panel.posts[post],
        briefed_by=panel.chair if briefed else None,
        briefed_at=now if briefed else None,
        invited_at=now,
        came_at=now,
    )


def leaves(meeting: Meeting, *people: Any) -> None:
    """Members leave the room."""
    meeting.attendees.filter(user__in=people).update(left_at=timezone.now())


def on_agenda(meeting: Meeting, case: PanelCase, *, at: datetime | None = None) -> AgendaItem:
    """The item of a case at a meeting."""
    known = AgendaItem.objects.filter(meeting=meeting, case=case, state=ItemState.LISTED).first()
    return known or AgendaItem.objects.create(
        case_file=case.case_file,
        meeting=meeting,
        case=case,
        position=meeting.items.count() + 1,
        listed_at=at or timezone.now(),
    )


def opened_item(
    panel: Panel,
    case: PanelCase | None = None,
    *,
    meeting: Meeting | None = None,
    present: int = 6,
    at: datetime | None = None,
) -> AgendaItem:
    """An item that the panel has turned to."""
    now = at or timezone.now()
    case = case or waiting_case(panel, at=now)
    meeting = meeting or met(panel, present=present, at=now)
    return open_item(item=on_agenda(meeting, case, at=now), by=panel.clerk, at=now)


FINDINGS: dict[str, Any] = {
    "criteria_met": True,
    "criteria": "He shouted abuse at staff on nine days of one month.",
    "exceptional": "Two colleagues have asked to be moved away from the counter.",
    "letter_first": LetterFirst.TRIED,
    "letter_reasons": "A letter went out in spring, and nothing changed.",
    "spoc_needed": False,
    "spoc_reasons": "He deals with one service only.",
    "legal_advice": "",
}


def findings_recorded(
    panel: Panel,
    item: AgendaItem | None = None,
    *,
    health: Health = Health.NONE_KNOWN,
    adjustments: str = "",
    at: datetime | None = None,
    **told: Any,
) -> AgendaItem:
    """An item with an answer to each of the panel's questions."""
    now = at or timezone.now()
    item = item or opened_item(panel, at=now)
    record_health(
        item=item,
        health=health,
        words="The file and the presenter were asked.",
        adjustments=adjustments,
        by=panel.clerk,
        at=now,
    )
    return record_findings(item=item, **(FINDINGS | told), by=panel.clerk, at=now)


def entry_terms(risk: str = Risk.MEDIUM, **told: Any) -> EntryTerms:
    """The terms of an entry, fit to be put to the vote."""
    return EntryTerms(
        **{
            "handling": "See him with a colleague beside you.",
            "basis": "Shouted abuse at employees of the housing counter, and threatened one.",
            "legal_condition": "legal_obligation",
            "markers": ["vexatious"] if risk == Risk.LOW else ["threats"],
            "control_measures": ["office_only"],
            "audience": ["housing"],
            "audience_reasons": "Housing officers meet him at the counter.",
            "second_identifier": "The tenancy file has the same date of birth.",
            "no_restrictions": "He needs every service that he uses.",
        }
        | told
    )


def voting(
    panel: Panel,
    outcome: PanelOutcome = PanelOutcome.ENTRY,
    *,
    risk: str = Risk.MEDIUM,
    item: AgendaItem | None = None,
    terms: MotionTerms | None = None,
    at: datetime | None = None,
    **findings: Any,
) -> Motion:
    """A motion on which the panel votes."""
    now = at or timezone.now()
    lists = outcome == PanelOutcome.ENTRY
    item = item or findings_recorded(panel, at=now, **findings)
    return put_motion(
        item=item,
        outcome=outcome,
        risk=risk if lists else "",
        reasons="The panel weighed what the reports say of it.",
        terms=terms or MotionTerms(entry=entry_terms(risk) if lists else None),
        by=panel.clerk,
        at=now,
    )


def voted(
    panel: Panel,
    motion: Motion,
    *,
    votes_for: int = 4,
    against: int = 0,
    at: datetime | None = None,
) -> Motion:
    """The members vote in their order, those for it first, and the vote is closed.

    As many as make the quorum vote: where too few are for or against, the others abstain.
    """
    now = at or timezone.now()
    choices = [Choice.FOR] * votes_for + [Choice.AGAINST] * against
    choices += [Choice.ABSTAIN] * (4 - len(choices))
    for member, choice in zip(panel.members, choices, strict=False):
        cast_vote(motion=motion, choice=choice, by=member, at=now)
    return close_vote(motion=motion, by=panel.clerk, at=now)


def carried(panel: Panel, outcome: PanelOutcome = PanelOutcome.ENTRY, **options: Any) -> Motion:
    """A motion that has its four votes, not yet recorded."""
    return voted(panel, voting(panel, outcome, **options), at=options.get("at"))


def panel_decision(
    panel: Panel, outcome: PanelOutcome = PanelOutcome.ENTRY, **options: Any
) -> PanelDecision:
    """A decision that the panel carried."""
    now = options.get("at") or timezone.now()
    motion = carried(panel, outcome, **options)
    return record_decision(motion=motion, by=panel.clerk, at=now)


def panel_entry(panel: Panel, *, risk: str = Risk.MEDIUM, **options: Any) -> Entry:
    """An entry on the schedule that came by the whole way."""
    made: Entry = panel_decision(panel, risk=risk, **options).entry  # type: ignore[assignment]
    return made


def urgent(
    panel: Panel,
    *,
    report: IncidentReport | None = None,
    by: Any = None,
    at: datetime | None = None,
    **told: Any,
) -> UrgentAddition:
    """A high-risk entry that was added ahead of the panel; by the chair, where none is named."""
    now = at or timezone.now()
    return add_immediately(
        **{
            "report": report or submitted(panel.council, at=now),
            "register": panel.register,
            "terms": entry_terms(Risk.HIGH, markers=["violence"]),
            "reasons": "He has said that he comes back tomorrow with a knife.",
            "by": by or panel.chair,
            "at": now,
        }
        | told
    )
