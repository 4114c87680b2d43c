"""An invitation as its employee sees it: a reference, a date, a kind; nobody's name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cautionary_plugin.actions.statements import is_over
from cautionary_plugin.models import Statement
from cautionary_plugin.rules.vocabulary import Trigger


@dataclass(frozen=True, repr=False)
class Invitation:
    """One invitation in the list.

    :ivar about: what is asked for, in words.
    :ivar waits: it can still be answered.
    :ivar words: how it stands, in one sentence.
    """

    key: Any
    reference: str
    about: str
    is_comment: bool
    due_on: date
    waits: bool
    words: str


def invitations_of(person: Any) -> QuerySet[Statement]:
    """Everything that somebody was asked for, the newest first."""
    invited: QuerySet[Statement] = Statement.objects.filter(employee=person)
    return invited.select_related("report", "appeal__entry").order_by("-invited_at", "pk")


def invitation_of(statement: Statement, *, on: date) -> Invitation:
    """An invitation as its employee sees it on a day."""
    settled = statement.is_settled_on(on) or is_over(statement)
    return Invitation(
        key=statement.pk,
        reference=statement.about.reference,
        about=_about(statement),
        is_comment=statement.appeal_id is not None,
        due_on=statement.due_on,
        waits=not settled,
        words=_words(statement, on),
    )


def _about(statement: Statement) -> str:
    if statement.appeal:
        fact_on = date_format(statement.appeal.entry.fact_on, "j F Y")
        return _("An appeal about what happened on %(day)s") % {"day": fact_on}
    what = Trigger(statement.about.trigger).label
    day = date_format(statement.about.occurred_on, "j F Y")
    return _("%(what)s, on %(day)s") % {"what": what, "day": day}


def _words(statement: Statement, on: date) -> str:
    if statement.given_at:
        day = date_format(timezone.localtime(statement.given_at), "j F Y")
        return _("You sent your account on %(day)s.") % {"day": day}
    if statement.declined_at:
        day = date_format(timezone.localtime(statement.declined_at), "j F Y")
        return _("You said on %(day)s that you do not want to give one.") % {"day": day}
    due = date_format(statement.due_on, "j F Y")
    if statement.due_on < on:
        return _("The last day was %(day)s.") % {"day": due}
    if is_over(statement):
        return _("This has been decided.")
    return _("The last day is %(day)s.") % {"day": due}
