"""Employees are invited to give their version of events (A11), or to comment on an appeal (A26)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from cautionary_plugin.models import Appeal, CaseFile, IncidentReport, MailKind, Statement

from .base import action
from .mail import queue_mail


@action
def invite(
    *,
    employees: Iterable[Any],
    case_file: CaseFile,
    due_on: date,
    at: datetime,
    report: IncidentReport | None = None,
    appeal: Appeal | None = None,
) -> list[Statement]:
    """Invite each employee once, by mail; who was invited before keeps their invitation.

    :param report: what the account is about; or else
    :param appeal: what the comment is about.
    """
    about = {"report": report, "appeal": appeal}
    known = set(Statement.objects.filter(**about).values_list("employee", flat=True))
    people = {each.pk: each for each in employees if each is not None and each.pk not in known}
    made = [
        Statement(case_file=case_file, employee=each, invited_at=at, due_on=due_on, **about)
        for each in people.values()
    ]
    Statement.objects.bulk_create(made)
    kind = MailKind.STATEMENT_INVITED if report else MailKind.APPEAL_COMMENT
    queue_mail(kind=kind, to=people.values(), at=at)
    return made
