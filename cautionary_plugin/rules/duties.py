"""What can wait for somebody, by which power it is theirs, and in which order it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .appeals import HEARS
from .posts import Power
from .vocabulary import Vocabulary


class Duty(Vocabulary):
    """One kind of work that a policy gives to a post."""

    VOTE = "vote", "Vote on a motion of the panel"
    MEETING = "meeting", "Run the meeting of the panel"
    COUNTERSIGN = "countersign", "Countersign a report"
    DECIDE = "decide", "Decide on a report"
    REFER = "refer", "Put a report before the panel, or send it back"
    CONFLICT = "conflict", "Decide on a conflict of interest"
    PLAN_MEETING = "plan_meeting", "Plan a meeting of the panel"
    AGENDA = "agenda", "Put on the agenda what waits for the panel"
    RELEASE = "release", "Release the papers of a meeting"
    PAPERS = "papers", "Read the papers before the meeting"
    BRIEFING = "briefing", "Confirm that a deputy is briefed"
    FROM_PANEL = "from_panel", "Answer what the panel has referred"
    SIGN_OFF = "sign_off", "Sign off an entry about a young person"
    BULLETIN = "bulletin", "Tell staff of a new entry"
    LETTER = "letter", "Write to the individual"
    SCHEDULE_LETTER = "schedule_letter", "Write to the individual, as Operations Manager"
    LEGAL_LETTER = "legal_letter", "Write to the individual, as Legal Services"
    DIVERT = "divert", "See an e-mail divert through"
    SWITCH = "switch", "Switch an e-mail divert on or off"
    ASK_SPECIALIST = "ask_specialist", "Ask a specialist about a questionnaire"
    QUESTIONNAIRE = "questionnaire", "See whether a questionnaire is back"
    FOLLOW_UP = "follow_up", "See to a follow-up action that is late"
    EXEMPTION = "exemption", "Test again why the individual is not informed"
    NAME_HEARERS = "name_hearers", "Name the hearers of an appeal"
    HEAR = "hear", "Hear an appeal"
    ACKNOWLEDGE = "acknowledge", "Acknowledge a complaint"
    ANSWER = "answer", "Answer a complaint"
    REVIEW = "review", "Review what is due to lapse"
    SIGN_REVIEW = "sign_review", "Sign a review"
    CLOSE_REVIEW = "close_review", "Close a review"
    QUARTER = "quarter", "Check the register for the quarter"
    WHO_LOOKED = "who_looked", "Review who looked"
    HOLD_ENDS = "hold_ends", "See whether a legal hold is still needed"
    CERTIFICATE = "certificate", "Compare and approve a partner’s certificate"
    AUTHORITY = "authority", "Compare and approve an authority"
    WITHDRAWAL = "withdrawal", "See to it that a partner deletes an entry"
    RENEW_PARTNER = "renew_partner", "Renew a partner’s certificate or agreement"
    SYSTEM = "system", "Approve a system that wants to check or report"
    RENEW_SYSTEM = "renew_system", "Name a system anew: its term is over soon"
    ACCESS_REQUEST = "access_request", "Answer a subject access request"
    CLOSE_SESSION = "close_session", "Close a briefing session: say who came"
    BRIEF = "brief", "Brief those whose briefing runs out or is missing"
    GO_LIVE = "go_live", "Complete the go-live checklist"
    FILL_IN = "fill_in", "Fill in what is blank in the register's settings"


# Any one of the powers makes it theirs.
POWERS_FOR: dict[Duty, frozenset[Power]] = {
    Duty.VOTE: frozenset({Power.SIT_ON_PANEL}),
    Duty.MEETING: frozenset({Power.RUN_MEETINGS}),
    Duty.COUNTERSIGN: frozenset({Power.COUNTERSIGN}),
    Duty.DECIDE: frozenset({Power.DECIDE}),
    Duty.REFER: frozenset({Power.REFER}),
    Duty.CONFLICT: frozenset({Power.DECIDE_CONFLICTS, Power.DECIDE_CONFLICTS_FOR_CHAIR}),
    Duty.PLAN_MEETING: frozenset({Power.RUN_MEETINGS}),
    Duty.AGENDA: frozenset({Power.RUN_MEETINGS}),
    Duty.RELEASE: frozenset({Power.RUN_MEETINGS}),
    Duty.PAPERS: frozenset({Power.SIT_ON_PANEL, Power.ADVISE_PANEL}),
    Duty.BRIEFING: frozenset({Power.SIT_ON_PANEL}),
    Duty.FROM_PANEL: frozenset({Power.DECIDE}),
    Duty.SIGN_OFF: frozenset({Power.SIGN_OFF_CHILDREN}),
    Duty.BULLETIN: frozenset({Power.WRITE_LETTERS}),
    Duty.LETTER: frozenset({Power.WRITE_LETTERS}),
    Duty.SCHEDULE_LETTER: frozenset({Power.WRITE_SCHEDULE_LETTERS}),
    Duty.LEGAL_LETTER: frozenset({Power.WRITE_LEGAL_LETTERS}),
    Duty.DIVERT: frozenset({Power.KEEP_SCHEDULE}),
    Duty.SWITCH: frozenset({Power.RUN_DIVERTS}),
    Duty.ASK_SPECIALIST: frozenset({Power.KEEP_SCHEDULE}),
    Duty.QUESTIONNAIRE: frozenset({Power.KEEP_SCHEDULE}),
    Duty.FOLLOW_UP: frozenset({Power.KEEP_SCHEDULE}),
    Duty.EXEMPTION: frozenset({Power.WRITE_LETTERS}),
    Duty.NAME_HEARERS: frozenset({Power.RECORD_APPEALS}),
    Duty.HEAR: HEARS,
    Duty.ACKNOWLEDGE: frozenset({Power.RECORD_APPEALS}),
    Duty.ANSWER: frozenset({Power.RECORD_APPEALS}),
    Duty.REVIEW: frozenset({Power.SIGN_REVIEWS}),
    Duty.SIGN_REVIEW: frozenset({Power.SIGN_REVIEWS_FOR_SAFETY}),
    Duty.CLOSE_REVIEW: frozenset({Power.SIGN_REVIEWS}),
    Duty.QUARTER: frozenset({Power.SIGN_REVIEWS}),
    Duty.WHO_LOOKED: frozenset({Power.SEE_ACCESS_RECORD}),
    Duty.HOLD_ENDS: frozenset({Power.PLACE_LEGAL_HOLDS}),
    Duty.CERTIFICATE: frozenset({Power.APPROVE_CERTIFICATES}),
    Duty.AUTHORITY: frozenset({Power.APPROVE_CERTIFICATES}),
    Duty.WITHDRAWAL: frozenset({Power.KEEP_PARTNERS}),
    Duty.RENEW_PARTNER: frozenset({Power.KEEP_PARTNERS}),
    Duty.SYSTEM: frozenset({Power.APPROVE_SYSTEMS}),
    Duty.RENEW_SYSTEM: frozenset({Power.KEEP_SYSTEMS, Power.APPROVE_SYSTEMS}),
    Duty.ACCESS_REQUEST: frozenset({Power.PREPARE_PACKS}),
    Duty.CLOSE_SESSION: frozenset({Power.RECORD_BRIEFINGS}),
    Duty.BRIEF: frozenset({Power.RECORD_BRIEFINGS}),
    Duty.GO_LIVE: frozenset({Power.GOVERN}),
    Duty.FILL_IN: frozenset({Power.SET_UP_REGISTER}),
}


@dataclass(frozen=True)
class Task:
    """One thing that waits for somebody.

    :ivar reference: public; never anything personal.
    :ivar key: what the screen's URL takes.
    :ivar due_on: None where no policy sets a day.
    :ivar note: what it waits for itself, if anything, in a few words.
    """

    duty: Duty
    reference: str
    key: str
    due_on: date | None = None
    note: str = ""


def by_due_date(tasks: Iterable[Task]) -> list[Task]:
    """The earliest day first; what has no day comes last, in the order of the duties."""
    order = list(Duty)
    return sorted(
        tasks,
        key=lambda task: (task.due_on or date.max, order.index(task.duty), task.reference),
    )
