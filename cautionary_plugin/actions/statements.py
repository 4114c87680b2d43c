"""Employees are invited to give their version of events (A11), or to comment on an appeal (A26)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from cautionary_plugin.models import (
    Appeal,
    CaseFile,
    IncidentReport,
    MailKind,
    Post,
    Register,
    Statement,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYours, TooLate
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import AppealState, ReportState
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock
from .mail import queue_mail

OVER: frozenset[str] = frozenset({ReportState.DECIDED, AppealState.DECIDED, AppealState.WITHDRAWN})


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


@action
def give_statement(*, statement: Statement, text: str, by: Any, at: datetime) -> Statement:
    """Give one's account, once; nobody changes it afterwards.

    :raises NotYours: ``by`` is not the employee who was invited.
    :raises AlreadyDone: given or declined before, or what it was for is decided.
    :raises TooLate: the last day has passed.
    :raises BadInput: no words.
    """
    statement = _lock_open(statement, by=by, at=at)
    if not text.strip():
        raise BadInput({"text": ["Write your account, or say that you do not want to give one."]})
    statement.text, statement.given_at = text.strip(), at
    statement.save(update_fields=["text", "given_at"])
    _record(statement, by=by, at=at)
    return statement


@action
def decline_statement(*, statement: Statement, by: Any, at: datetime) -> Statement:
    """Say that one does not want to give an account; what waits for it need not wait longer.

    :raises NotYours: ``by`` is not the employee who was invited.
    :raises AlreadyDone: given or declined before, or what it was for is decided.
    :raises TooLate: the last day has passed.
    """
    statement = _lock_open(statement, by=by, at=at)
    statement.declined_at = at
    statement.save(update_fields=["declined_at"])
    _record(statement, by=by, at=at)
    return statement


def find_own_statement(key: Any, *, by: Any) -> Statement:
    """An invitation of one's own.

    :raises NotYours: it is a colleague's, or there is none: from outside both look the same.
    """
    invited = Statement.objects.select_related("report", "appeal__entry")
    statement = invited.filter(pk=key, employee=by).first()
    if statement is None:
        raise NotYours("You have not been asked for this account.")
    return statement


def check_open(statement: Statement, *, at: datetime) -> None:
    """The invitation can still be answered.

    :raises AlreadyDone: answered before, or what it was for is decided.
    :raises TooLate: the last day has passed.
    """
    if statement.given_at or statement.declined_at:
        raise AlreadyDone("You have answered this before, and the answer stays as it is.")
    if is_over(statement):
        raise AlreadyDone("This has been decided, so no more accounts are taken.")
    if statement.due_on < timezone.localdate(at):
        raise TooLate(
            f"The last day was {date_format(statement.due_on, 'j F Y')}. "
            f"Please ring {_whom_to_ring(statement.register)}."
        )


def is_over(statement: Statement) -> bool:
    """Whether the report, or the appeal, is decided, so that nothing waits for the words."""
    return statement.about.state in OVER


def _lock_open(statement: Statement, *, by: Any, at: datetime) -> Statement:
    """The invitation as it is now, held after what it is about, and still to be answered."""
    lock(statement.about)
    statement = lock(statement)
    if statement.employee_id != by.pk:
        raise NotYours("You have not been asked for this account.")
    check_open(statement, at=at)
    return statement


def _whom_to_ring(register: Register) -> str:
    """The title of the post that owns the register, as the council calls it."""
    owners = Post.objects.filter(kind=PostKind.OWNER, register=register)
    post = owners.first() or Post.objects.filter(kind=PostKind.OWNER, register=None).first()
    return f"the {post.title}" if post else "the owner of the register"


def _record(statement: Statement, *, by: Any, at: datetime) -> None:
    record(
        act=Act.STATEMENT,
        by=by,
        at=at,
        register=statement.register,
        reference=statement.about.reference,
    )
