"""What can wait for somebody, by which power it is theirs, and in which order it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .posts import Power
from .vocabulary import Vocabulary


class Duty(Vocabulary):
    """One kind of work that the policy gives to a post."""

    COUNTERSIGN = "countersign", "Countersign a report"
    DECIDE = "decide", "Decide on a report"
    REFER = "refer", "Put a report before the panel, or send it back"
    SIGN_OFF = "sign_off", "Sign off an entry about a young person"
    BULLETIN = "bulletin", "Tell staff of a new entry"
    LETTER = "letter", "Write to the individual"
    SCHEDULE_LETTER = "schedule_letter", "Write to the individual, as Operations Manager"
    LEGAL_LETTER = "legal_letter", "Write to the individual, as Legal Services"
    ASK_SPECIALIST = "ask_specialist", "Ask a specialist about a questionnaire"
    EXEMPTION = "exemption", "Test again why the individual is not informed"
    NAME_HEARERS = "name_hearers", "Name the hearers of an appeal"
    HEAR = "hear", "Hear an appeal"
    ACKNOWLEDGE = "acknowledge", "Acknowledge a complaint"
    ANSWER = "answer", "Answer a complaint"
    REVIEW = "review", "Review what is due to lapse"
    SIGN_REVIEW = "sign_review", "Sign a review"
    CLOSE_REVIEW = "close_review", "Close a review"
    QUARTER = "quarter", "Check the register for the quarter"
    FILL_IN = "fill_in", "Fill in what is blank in the register's settings"


POWER_FOR: dict[Duty, Power] = {
    Duty.COUNTERSIGN: Power.COUNTERSIGN,
    Duty.DECIDE: Power.DECIDE,
    Duty.REFER: Power.REFER,
    Duty.SIGN_OFF: Power.SIGN_OFF_CHILDREN,
    Duty.BULLETIN: Power.WRITE_LETTERS,
    Duty.LETTER: Power.WRITE_LETTERS,
    Duty.SCHEDULE_LETTER: Power.WRITE_SCHEDULE_LETTERS,
    Duty.LEGAL_LETTER: Power.WRITE_LEGAL_LETTERS,
    Duty.ASK_SPECIALIST: Power.KEEP_SCHEDULE,
    Duty.EXEMPTION: Power.WRITE_LETTERS,
    Duty.NAME_HEARERS: Power.RECORD_APPEALS,
    Duty.HEAR: Power.HEAR_APPEALS,
    Duty.ACKNOWLEDGE: Power.RECORD_APPEALS,
    Duty.ANSWER: Power.RECORD_APPEALS,
    Duty.REVIEW: Power.SIGN_REVIEWS,
    Duty.SIGN_REVIEW: Power.SIGN_REVIEWS_FOR_SAFETY,
    Duty.CLOSE_REVIEW: Power.SIGN_REVIEWS,
    Duty.QUARTER: Power.SIGN_REVIEWS,
    Duty.FILL_IN: Power.SET_UP_REGISTER,
}


@dataclass(frozen=True)
class Task:
    """One thing that waits for somebody.

    :ivar reference: public; never anything personal.
    :ivar key: what the screen's URL takes.
    :ivar due_on: None where the policy sets no day.
    :ivar note: what it waits for itself, if anything, in a few words.
    """

    duty: Duty
    reference: str
    key: str
    due_on: date | None = None
    note: str = ""


def by_due_date(tasks: Iterable[Task]) -> list[Task]:
    """The earliest day first; what has no day comes last, in the order of the policy."""
    order = list(Duty)
    return sorted(
        tasks,
        key=lambda task: (task.due_on or date.max, order.index(task.duty), task.reference),
    )
