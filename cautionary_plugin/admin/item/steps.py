"""The steps of an item, in the panel's own order, each one line until its turn comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from cautionary_plugin.access.panel_facts import (
    Told,
    consultation_facts,
    count_in_words,
    filled,
    finding_facts,
    health_facts,
    motion_facts,
    votes_by_name,
    yes_or_no,
)
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import PolicyLink
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.risk_definitions import NAMES
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import (
    Choice,
    Health,
    LetterFirst,
    PanelOutcome,
    PolicyText,
    Risk,
)

from .follows import before_the_vote, what_follows
from .forms import ConsultForm, FindingsForm, HealthForm
from .motions import offers_of
from .room import Room

FOLDER = "cautionary_plugin/admin/item"
PAPERS, HEALTH, FINDINGS, MOTION = "papers", "health", "findings", "motion"
VOTES, CLOSE, DECISION = "votes", "close", "decision"


@dataclass(repr=False)
class Step:
    """One step of the item.

    :ivar anchor: names the step on the page, and its template.
    :ivar came_back: the form whose faults stand at its head, even where its turn has passed.
    :ivar short: its name in the head of the page.
    :ivar said: the whole step in one line, once it is done.
    :ivar waits: whether it is what comes next.
    """

    anchor: str
    short: Any
    title: Any
    said: str = ""
    done: bool = False
    facts: Told = field(default_factory=list)
    form: forms.Form | None = None
    more: dict[str, Any] = field(default_factory=dict)
    came_back: forms.Form | None = None
    waits: bool = False
    is_open: bool = False

    @property
    def template(self) -> str:
        """What stands inside."""
        return f"{FOLDER}/{self.anchor}.html"

    @property
    def state(self) -> str:
        """Done, next or later, as the mark beside the title shows it."""
        if self.waits:
            return "next"
        return "done" if self.done else "later"


@dataclass(frozen=True, repr=False)
class CameBack:
    """A form that goes back to whoever typed it: a fault stands on it, or its outcome was chosen.

    :ivar anchor: the step in which it stands.
    """

    anchor: str
    form: forms.Form
    outcome: PanelOutcome | None = None


def steps_of(room: Room, came_back: CameBack | None) -> list[Step]:
    """The seven steps; the one that is next is open, and the one whose form came back."""
    steps = [build(room, came_back) for build in BUILDERS]
    following = _following(room)
    for step in steps:
        step.waits = step.anchor == following
        if came_back and came_back.anchor == step.anchor:
            step.came_back = came_back.form
        step.is_open = step.waits or step.came_back is not None
    return steps


def _following(room: Room) -> str:
    """The anchor of what comes next."""
    item = room.item
    if room.stands(ItemState.LISTED):
        return PAPERS
    if room.stands(ItemState.VOTING):
        return CLOSE if room.runs and not _waited_for(room) and room.seat is None else VOTES
    if not room.stands(ItemState.OPEN):
        return ""
    if not item.health:
        return HEALTH
    if not _found(room):
        return FINDINGS
    return DECISION if room.motion else MOTION


def _found(room: Room) -> bool:
    return room.item.criteria_met is not None


def _papers(room: Room, _came_back: CameBack | None) -> Step:
    """What the panel decides on: papers in advance, else the statement (B12, B14)."""
    item, case = room.item, room.item.case
    said = _("Neither papers nor a statement: release the papers on the meeting’s page")
    if item.papers_at:
        said = _("Papers released %(when)s") % {"when": instant(item.papers_at)}
    elif case.statement.strip():
        said = _("Statement of the Operations Manager")
    step = Step(
        PAPERS,
        _("Papers"),
        _("Papers"),
        said,
        done=not room.stands(ItemState.LISTED),
        facts=filled(
            [
                (_("Level, as presented"), NAMES[Risk(case.risk)]),
                (_("Presented by"), name_of(case.presenter)),
                (_("Legal proceedings were intimated"), yes_or_no(case.proceedings or None)),
                (_("What is known of letters before"), case.letter_tried),
                (_("Statement"), case.statement),
            ]
        ),
    )
    step.more = {
        "may_open": room.runs and room.is_in_session and room.stands(ItemState.LISTED),
        "is_in_session": room.is_in_session,
    }
    return step


def _health(room: Room, came_back: CameBack | None) -> Step:
    """Health, conditions and disabilities come first (B20–B22)."""
    item = room.item
    step = Step(
        HEALTH,
        _("Health"),
        _("Health, conditions, disabilities"),
        Health(item.health).label if item.health else "",
        done=bool(item.health),
        facts=health_facts(item),
        more={"consultations": consultation_facts(item)},
    )
    if room.may_find:
        told = {
            "health": item.health,
            "words": item.health_words,
            "adjustments": item.adjustments,
        }
        step.form = _form(came_back, HEALTH, HealthForm, told)
    powers = room.request.standing.powers(item.meeting.register)
    if Power.KEEP_SCHEDULE in powers and room.stands(ItemState.LISTED, ItemState.OPEN):
        step.more["specialist_url"] = reverse("cautionary_item_specialist", args=[item.pk])
    if room.consults and room.stands(ItemState.OPEN):
        step.more["consult"] = _form(came_back, HEALTH, ConsultForm, {})
    return step


def _findings(room: Room, came_back: CameBack | None) -> Step:
    """Criteria, exceptional circumstances, the letter first, the SPOC, legal advice (B15–B23)."""
    item = room.item
    done = _found(room)
    step = Step(
        FINDINGS,
        _("Criteria"),
        _("Criteria, letter first, point of contact"),
        _findings_in_short(room) if done else "",
        done=done,
        facts=finding_facts(item),
    )
    if room.may_find:
        told = {name: getattr(item, name) for name in FindingsForm.base_fields}
        step.form = _form(came_back, FINDINGS, FindingsForm, told)
    return step


def _findings_in_short(room: Room) -> str:
    item = room.item
    criteria = _("Criteria met") if item.criteria_met else _("Criteria not met")
    letter = LetterFirst(item.letter_first).label if item.letter_first else ""
    spoc = _("SPOC needed") if item.spoc_needed else _("No SPOC needed")
    return ". ".join(filter(None, [criteria, letter, spoc]))


def _motion(room: Room, came_back: CameBack | None) -> Step:
    """What is put to the vote (B17–B19, B27)."""
    motion = room.motion
    step = Step(
        MOTION,
        _("Motion"),
        _("Motion"),
        PanelOutcome(motion.outcome).label if motion else "",
        done=motion is not None,
        facts=motion_facts(motion) if motion else [],
    )
    if room.may_find and room.item.health and _found(room):
        chosen = came_back.outcome if came_back else None
        step.form = came_back.form if came_back and came_back.anchor == MOTION else None
        step.more = {
            "outcomes": offers_of(room, chosen),
            "url": _of(room, "motion", chosen.value) if chosen else "",
            "again": motion is not None,
            "not_carried": before_the_vote(room.item.case, at=room.request.now),
            "guidance": _guidance(room),
        }
    return step


def _guidance(room: Room) -> str:
    """Where the council keeps Appendix A of the procedure; empty where it does not say."""
    links = PolicyLink.objects.filter(
        register=room.item.case.register, text=PolicyText.HSE_GUIDANCE
    )
    return links.values_list("url", flat=True).first() or ""


def _votes(room: Room, _came_back: CameBack | None) -> Step:
    """Each member votes for themselves; who has voted is seen, and not how (B19)."""
    motion, is_voting = room.motion, room.stands(ItemState.VOTING)
    waited_for = _waited_for(room)
    cast = len(room.votes)
    step = Step(VOTES, _("Votes"), _("Votes"), done=bool(motion and motion.closed_at))
    if is_voting:
        told = {"cast": cast, "seats": cast + len(waited_for)}
        step.said = _("%(cast)s of %(seats)s have voted") % told
    elif motion:
        step.said = count_in_words(motion)
        step.facts = votes_by_name(motion)
    mine = next((each for each in room.votes if each.user_id == room.request.user.pk), None)
    step.more = {
        "is_voting": is_voting,
        "may_take_back": is_voting and room.runs and not cast,
        "may_withdraw": is_voting and room.runs and bool(cast),
        "motion": motion_facts(motion) if motion and is_voting else [],
        "outcome": PanelOutcome(motion.outcome).label if motion else "",
        "definition": motion.definition if motion else "",
        "voted": [each.post for each in room.votes],
        "waited_for": waited_for,
        "choices": VERBS if is_voting and room.seat and mine is None else [],
        "mine": Choice(mine.choice).label if mine and is_voting else "",
        "has_no_seat": room.seat is None and not room.runs,
    }
    return step


def _waited_for(room: Room) -> list[Any]:
    """The seats whose vote is still to come."""
    voted = {each.post_id for each in room.votes}
    taken = room.board.taken
    return [
        each for each in room.board.seats if each.post.pk in taken and each.post.pk not in voted
    ]


def _close(room: Room, _came_back: CameBack | None) -> Step:
    """The vote is closed, and counted there and then (B7, B19)."""
    motion = room.motion
    closed = bool(motion and motion.closed_at)
    step = Step(CLOSE, _("Close"), _("Close the vote"), done=closed)
    if motion and closed:
        step.said = _("Carried") if motion.carried else _("Not carried")
    step.more = {
        "may_close": room.runs and room.stands(ItemState.VOTING),
        "waited_for": _waited_for(room) if room.stands(ItemState.VOTING) else [],
        "needed": room.board.needed,
        "motion": motion,
    }
    return step


def _decision(room: Room, _came_back: CameBack | None) -> Step:
    """Everything is read back before it is recorded, and stays as it was recorded."""
    motion = room.motion
    ready = bool(motion and motion.closed_at and room.stands(ItemState.OPEN))
    step = Step(DECISION, _("Decision"), _("Decision"), done=room.decision is not None)
    if room.decision is not None:
        step.said = instant(room.decision.recorded_at)
    step.more = {
        "told": read_back(room) if ready else [],
        "may_record": ready and room.runs,
        "may_put_another": ready and room.may_find,
        "motion": motion,
    }
    return step


VERBS = [
    (Choice.FOR, __("Vote for")),
    (Choice.AGAINST, __("Vote against")),
    (Choice.ABSTAIN, __("Abstain")),
]

BUILDERS: tuple[Callable[[Room, CameBack | None], Step], ...] = (
    _papers,
    _health,
    _findings,
    _motion,
    _votes,
    _close,
    _decision,
)


def read_back(room: Room) -> list[tuple[Any, Told]]:
    """Everything that will be recorded, under headings."""
    motion = room.motion
    if motion is None:
        return []
    result = _("Carried") if motion.carried else _("Not carried")
    return [
        (
            _("The decision"),
            [
                (_("Result"), f"{result}: {count_in_words(motion)}"),
                *motion_facts(motion),
            ],
        ),
        (_("The votes"), votes_by_name(motion)),
        (_("Who did not vote"), _who_did_not(room)),
        (_("What follows"), what_follows(room)),
        (_("Health first"), [*health_facts(room.item), *consultation_facts(room.item)]),
        (_("What the panel found"), finding_facts(room.item)),
    ]


def _who_did_not(room: Room) -> Told:
    """Whoever sits and has not voted, then the posts whose seat is empty, with why (B19)."""
    silent = [
        (str(seat.post), _("%(who)s: sits, has not voted") % {"who": seat.who})
        for seat in _waited_for(room)
    ]
    return silent + [
        (str(each.post), f"{each.who}: {each.words}" if each.who else each.words)
        for each in room.board.seats
        if each.standing != "sits"
    ]


def _form(
    came_back: CameBack | None, anchor: str, kind: type[forms.Form], told: dict[str, Any]
) -> forms.Form:
    """The form of a step as it came back, else as it stands on file."""
    if came_back and came_back.anchor == anchor and isinstance(came_back.form, kind):
        return came_back.form
    return kind(initial=told)


def _of(room: Room, name: str, *further: Any) -> str:
    return reverse(f"cautionary_item_{name}", args=[room.item.pk, *further])
