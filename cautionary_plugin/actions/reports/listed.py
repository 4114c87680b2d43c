"""Is the subject of a draft on the register already? For reporters who may read it (L1, L5).

It is their own check, recorded and trimmed as any other. Whoever may not read the register is
never looked up for, so that nothing tells whether somebody is listed.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.check import Finding, check_register
from cautionary_plugin.actions.subject_questions import about_person, about_place
from cautionary_plugin.lookup.asked import can_be_checked, read
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.errors import BadInput, CautionaryError, NotAllowed
from cautionary_plugin.rules.reporting import Page
from cautionary_plugin.rules.vocabulary import Outcome, Purpose, SubjectKind

from . import facts

logger = logging.getLogger(__name__)

# The page with which a subject is described, by kind.
DESCRIBED_BY = {SubjectKind.PERSON: Page.IDENTIFY, SubjectKind.PREMISES: Page.ADDRESS}


@dataclass(frozen=True, repr=False)
class Look:
    """What the look for a subject has come to.

    :ivar outcome: as of any check; None where too little is known of the subject to look for it.
    :ivar several: found, but too many fit to tell which is meant.
    """

    outcome: Outcome | None
    findings: tuple[Finding, ...] = ()
    several: bool = False


def is_described(report: IncidentReport) -> bool:
    """Whether the reporter has said who it was, or where."""
    return DESCRIBED_BY[SubjectKind(report.case_file.kind)] in report.answers


def look_whether_listed(*, report: IncidentReport, by: Any, at: datetime) -> Look | None:
    """What a check of the subject finds, or that it finds nothing, or fails.

    A report never waits for it, and whoever decides will look again. None where the person may not
    read the register: nothing may hang on who is listed there.
    """
    try:
        if not standing_of(by, at=at).may_read(report.register):
            return None
        question = next(iter(_questions(report)))
        if not can_be_checked(read(question)):
            return Look(None)
        answer = check_register(question=question, purpose=Purpose.SUPERVISION, by=by, at=at)
    except NotAllowed:
        return None
    except BadInput:
        return Look(None)
    except (CautionaryError, ValueError) as failure:
        logger.warning("A subject could not be looked up: %s", type(failure).__name__)
        return Look(Outcome.FAILED)
    return Look(answer.outcome, answer.findings, answer.several)


def _questions(report: IncidentReport) -> Iterable[Question]:
    if report.case_file.kind == SubjectKind.PREMISES:
        return about_place(facts.where(report.answers))
    return about_person(facts.person(report.answers), facts.born_on(report.answers))
