"""What somebody is told who asks what is held about them (L8, UK GDPR articles 12 and 15)."""

from datetime import date

from .errors import BadInput
from .terms import months_after
from .vocabulary import Vocabulary

ANSWER_MONTHS = 1
LONGEST_MONTHS = 3  # with the extension that article 12(3) allows
OLDEST_MONTHS = 24  # what is older is a slip of the pen


class Choice(Vocabulary):
    """What becomes of one line."""

    KEEP = "keep", "Tell it as it stands"
    REDACT = "redact", "Tell other words instead"
    WITHHOLD = "withhold", "Withhold it"


class Ground(Vocabulary):
    """Why a line is withheld: the exemptions of the Data Protection Act 2018."""

    OTHERS = "others", "It is about somebody else too (Schedule 2, paragraph 16)"
    CRIME = (
        "crime",
        "It would prejudice preventing or detecting crime (Schedule 2, paragraph 2)",
    )
    PRIVILEGE = "privilege", "It is legally privileged (Schedule 2, paragraph 19)"
    HARM = "harm", "It would cause serious harm to somebody’s health (Schedule 3)"
    COPY = "copy", "The same is told on another line"


# What the line itself shows; the other grounds take a reason besides.
PLAIN = frozenset({Ground.OTHERS, Ground.COPY})


def due_on(received_on: date) -> date:
    """One calendar month after the request."""
    return months_after(received_on, ANSWER_MONTHS)


def holds_until(received_on: date, *, recorded_on: date) -> date:
    """Until when a pending request keeps its file from being erased.

    As long as the law gives for an answer, and no longer: nobody keeps a file by not answering.
    One that was mislaid is owed an answer all the same, so it keeps the file for a month from the
    day on which it was recorded.
    """
    return max(months_after(received_on, LONGEST_MONTHS), months_after(recorded_on, ANSWER_MONTHS))


def check_received(received_on: date, *, on: date) -> None:
    """The day is not to come, and no slip of the pen; late as it is, the request is answered.

    :raises BadInput: under ``received_on``.
    """
    if received_on > on:
        raise BadInput({"received_on": ["The day is in the future."]})
    if months_after(received_on, OLDEST_MONTHS) <= on:
        raise BadInput({"received_on": ["The day is more than two years ago. Look at the year."]})


def check_look(choice: str, *, replacement: str, ground: str, reason: str) -> None:
    """Other words come with a redaction, a ground with what is withheld, and a reason where
    the line itself does not show it.

    :raises BadInput: under the field that lacks.
    """
    problems: dict[str, list[str]] = {}
    if choice not in list(Choice):
        problems["choice"] = ["Say what becomes of this line."]
    if choice == Choice.REDACT and not replacement.strip():
        problems["replacement"] = ["Type what is told instead."]
    if choice == Choice.WITHHOLD and ground not in list(Ground):
        problems["ground"] = ["Choose the exemption."]
    elif choice == Choice.WITHHOLD and ground not in PLAIN and not reason.strip():
        problems["reason"] = ["Say why. The person is told the exemption, and not this."]
    if problems:
        raise BadInput(problems)
