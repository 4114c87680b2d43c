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
from cautionary_plugin.actions.panel.meetings import open_meeting, plan_meeting
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.posts import accept_appointment, create_post, propose_appointment
from cautionary_plugin.actions.setup import open_with_owner
from cautionary_plugin.models import (
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    IncidentReport,
    Meeting,
    PanelCase,
    Post,
    Register,
    Service,
)
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import (
    Capacity,
    CaseKind,
    MeetingMode,
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
