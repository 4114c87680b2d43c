"""The minutes of a meeting, by reference only: who was there, who was excluded, what was decided.

For members, clerk and Monitoring Officer. Of an item that its reader is shut out of, they say that
and nothing else (B11).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import (
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    Meeting,
    Motion,
    PanelDecision,
    Vote,
)
from cautionary_plugin.rules.due import plain_day
from cautionary_plugin.rules.errors import IllegalMove, NotYourPost, NotYours
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import (
    Act,
    Capacity,
    CaseKind,
    Choice,
    MeetingMode,
    PanelOutcome,
    Risk,
)

from .meetings import NOT_REACHED

READERS = frozenset({Power.SIT_ON_PANEL, Power.RUN_MEETINGS, Power.DECIDE_CONFLICTS_FOR_CHAIR})
Lines = list[str]


@dataclass(frozen=True, repr=False)
class MinutedMotion:
    """What was put to the vote, how each voted, and whether it was carried."""

    heading: str
    result: str
    votes: Lines


@dataclass(frozen=True, repr=False)
class MinutedItem:
    """One item of the minutes.

    :ivar closed_to_reader: the reader is shut out of the case; then nothing else is filled.
    """

    heading: str
    closed_to_reader: bool = False
    state: str = ""
    quorum: str = ""
    adjourned_because: str = ""
    attended: Lines = field(default_factory=list)
    conflicts: Lines = field(default_factory=list)
    motions: list[MinutedMotion] = field(default_factory=list)
    decision: str = ""


@dataclass(frozen=True, repr=False)
class Minutes:
    """The minutes, ready for the page and for the document. No ``repr``: it tells names."""

    reference: str
    register: str
    council: str
    when: str
    where: str
    opened: str
    closed: str
    present: Lines
    apologies: Lines
    absent: Lines
    items: list[MinutedItem]


@action
def open_minutes(*, meeting: Meeting, by: Any, at: datetime) -> Minutes:
    """Open the minutes of a meeting; that it was done is recorded.

    :raises NotYourPost: ``by`` is neither member, clerk nor Monitoring Officer.
    :raises NotYours: a deputy who was not at this meeting.
    :raises IllegalMove: the meeting has not been opened.
    """
    _check_may_open(meeting, standing_of(by, at=at))
    if meeting.opened_at is None:
        raise IllegalMove("There are minutes once the meeting has been opened.")
    record(
        act=Act.READ_MINUTES,
        by=by,
        at=at,
        register=meeting.register,
        reference=meeting.reference,
    )
    return minutes_of(meeting, reader=by)


def minutes_of(meeting: Meeting, *, reader: Any) -> Minutes:
    """The minutes as one person may read them; without any name but colleagues'."""
    people = list(meeting.attendees.select_related("user", "post", "briefed_by"))
    seats = [each for each in people if each.case_id is None]
    register = meeting.register
    return Minutes(
        reference=meeting.reference,
        register=register.name,
        council=register.council_name,
        when=_when(meeting),
        where=_where(meeting),
        opened=_at(meeting.opened_at),
        closed=_at(meeting.closed_at),
        present=[_who(each, meeting) for each in seats if each.came_at],
        apologies=[_who(each, meeting) for each in seats if each.apologies_at and not each.came_at],
        absent=[
            _who(each, meeting) for each in seats if not each.apologies_at and not each.came_at
        ],
        items=_items(meeting, people, reader),
    )


def _items(meeting: Meeting, people: list[Attendee], reader: Any) -> list[MinutedItem]:
    votes = Vote.objects.select_related("user", "post").order_by("post__title", "pk")
    motions = Motion.objects.order_by("number").prefetch_related(Prefetch("votes", votes))
    taken = meeting.items.exclude(state=ItemState.REMOVED).select_related(
        "case", "case_file", "decision__entry"
    )
    items = list(taken.order_by("position", "pk").prefetch_related(Prefetch("motions", motions)))
    cases = [item.case_id for item in items]
    apart = shut_out_of_each(cases)
    declared = ConflictDeclaration.objects.filter(case__in=cases, decided_at__isnull=False)
    conflicts = list(declared.select_related("user", "decided_by").order_by("decided_at"))
    return [
        _closed(item)
        if reader.pk in apart[item.case_id]
        else _item(
            item,
            meeting,
            (each for each in people if each.case_id == item.case_id),
            (each for each in conflicts if each.case_id == item.case_id),
        )
        for item in items
    ]


def _closed(item: AgendaItem) -> MinutedItem:
    return MinutedItem(heading=item.case.reference, closed_to_reader=True)


def _item(
    item: AgendaItem,
    meeting: Meeting,
    invited: Iterable[Attendee],
    conflicts: Iterable[ConflictDeclaration],
) -> MinutedItem:
    kind = CaseKind(item.case.kind).label
    decision: PanelDecision | None = getattr(item, "decision", None)
    return MinutedItem(
        heading=f"{item.case.reference}: {kind}",
        state=_("Not reached") if _not_reached(item) else ItemState(item.state).label,
        adjourned_because="" if _not_reached(item) else item.adjourned_because,
        quorum=_("The quorum is %(quorum)s members, counted at each vote.")
        % {"quorum": meeting.register.quorum},
        attended=[_who(each, meeting) for each in invited if each.came_at and item.opened_at],
        conflicts=[_conflict(each) for each in conflicts],
        motions=[_motion(each) for each in item.motions.all()],
        decision=_decision(decision, item) if decision else "",
    )


def _not_reached(item: AgendaItem) -> bool:
    """The meeting closed before the panel turned to it."""
    return item.adjourned_because == NOT_REACHED


def _conflict(conflict: ConflictDeclaration) -> str:
    told = {
        "who": _name(conflict.user),
        "by": _name(conflict.decided_by),
        "at": _at(conflict.decided_at),
    }
    if conflict.excluded:
        return _("%(who)s was excluded; decided by %(by)s, %(at)s") % told
    return _("%(who)s may take part; decided by %(by)s, %(at)s") % told


def _motion(motion: Motion) -> MinutedMotion:
    outcome = PanelOutcome(motion.outcome).label
    level = f", {Risk(motion.risk).label.lower()} risk" if motion.risk else ""
    is_closed = motion.closed_at is not None
    return MinutedMotion(
        heading=_("Motion %(number)s: %(outcome)s")
        % {"number": motion.number, "outcome": f"{outcome}{level}"},
        result=_result(motion),
        votes=[_vote(each, is_closed=is_closed) for each in motion.votes.all()],
    )


def _result(motion: Motion) -> str:
    if motion.closed_at is None:
        return _("The vote is open.")
    if motion.withdrawn and not motion.votes.all():
        return _("Withdrawn before anybody voted.")
    if motion.withdrawn:
        return _("Withdrawn: the item was adjourned while the panel voted.")
    carried = _("Carried") if motion.carried else _("Not carried")
    return _(
        "%(carried)s: %(for)s for, %(against)s against, %(abstained)s abstained; %(present)s "
        "eligible members were present."
    ) % {
        "carried": carried,
        "for": motion.votes_for,
        "against": motion.votes_against,
        "abstained": motion.abstentions,
        "present": motion.present,
    }


def _vote(vote: Vote, *, is_closed: bool) -> str:
    """Who voted, and how; not how while the vote is open, since nobody votes by how others did."""
    if not is_closed:
        told = {"post": vote.post.title, "who": _name(vote.user)}
        return _("%(post)s, %(who)s: has voted") % told
    as_deputy = _(", as deputy") if vote.as_deputy else ""
    struck = _(" (not counted: excluded afterwards)") if vote.struck_at else ""
    choice = Choice(vote.choice).label
    return f"{vote.post.title}, {_name(vote.user)}{as_deputy}: {choice}{struck}"


def _decision(decision: PanelDecision, item: AgendaItem) -> str:
    outcome = PanelOutcome(decision.outcome).label
    level = f", {Risk(decision.risk).label.lower()} risk" if decision.risk else ""
    carried = "" if decision.carried else _not_carried(decision, item)
    return f"{outcome}{level}{carried}"


def _not_carried(decision: PanelDecision, item: AgendaItem) -> str:
    """An addition that is not ratified ends with that (B41); else nothing follows."""
    if item.case.kind == CaseKind.RATIFICATION and decision.entry is not None:
        told = {"entry": decision.entry.reference}
        return _(" (not carried: the provisional entry %(entry)s ended)") % told
    return _(" (not carried, so nothing follows from it)")


def _who(attendee: Attendee, meeting: Meeting) -> str:
    """Post and name, as what, and when they came late or left early."""
    capacity = Capacity(attendee.capacity)
    if attendee.post is not None:
        told = f"{attendee.post.title}: {_name(attendee.user)}"
    else:
        told = f"{_name(attendee.user)}, {capacity.label}"
    notes = [_("deputy")] if capacity is Capacity.DEPUTY else []
    if capacity is Capacity.DEPUTY and attendee.briefed_at:
        briefed_by = {"who": _name(attendee.briefed_by)}
        notes.append(_("briefing confirmed by %(who)s") % briefed_by)
    if attendee.came_at and meeting.opened_at and attendee.came_at > meeting.opened_at:
        notes.append(_("came %(time)s") % {"time": _time(attendee.came_at)})
    ended_with_it = attendee.left_at and attendee.left_at == meeting.closed_at
    if attendee.left_at and not ended_with_it:
        notes.append(_("left %(time)s") % {"time": _time(attendee.left_at)})
    return f"{told} ({', '.join(notes)})" if notes else told


def _check_may_open(meeting: Meeting, standing: Standing) -> None:
    register = meeting.register
    held = [
        powers_of(each.post.kind)
        for each in standing.appointments
        if each.post.register_id in (None, register.pk)
        and not (each.as_deputy and Power.SIT_ON_PANEL in powers_of(each.post.kind))
    ]
    if any(READERS & powers for powers in held):
        power = next(power for power in READERS if power in standing.powers(register))
        standing.check_may_handle(power, register)
        return
    if not READERS & standing.powers(register):
        raise NotYourPost("The minutes are for members, the clerk and the Monitoring Officer.")
    standing.check_may_handle(Power.SIT_ON_PANEL, register)
    if not meeting.attendees.filter(user=standing.user, came_at__isnull=False).exists():
        raise NotYours("A deputy reads the minutes of the meetings that they came to.")


def _name(user: Any) -> str:
    return name_of(user) or _("a former colleague")


def _when(meeting: Meeting) -> str:
    begin, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{plain_day(begin.date())}, {begin:%H:%M} to {end:%H:%M}"


def _where(meeting: Meeting) -> str:
    mode = MeetingMode(meeting.mode).label
    return f"{mode}: {meeting.place}" if meeting.place else mode


def _at(at: datetime | None) -> str:
    local = timezone.localtime(at) if at else None
    return f"{plain_day(local.date())}, {local:%H:%M}" if local else ""


def _time(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
