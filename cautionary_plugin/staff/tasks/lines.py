"""A task as its colleague sees it in the list: a kind, a reference, a day; nobody's name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.following.specialists import reference_of
from cautionary_plugin.models import CourtSupport, FollowUpAction, SpecialistReferral


@dataclass(frozen=True, repr=False)
class Line:
    """One task.

    :ivar url: where it is done; empty where there is nothing to do but to know.
    """

    what: str
    reference: str
    words: str
    due_on: date
    done: bool
    url: str


def advice_line(referral: SpecialistReferral) -> Line:
    """What a specialist is asked."""
    done = referral.answered_at is not None
    return Line(
        what=_("Give your advice as a specialist"),
        reference=reference_of(referral),
        words=_("You have answered.") if done else _by(referral.due_on),
        due_on=referral.due_on,
        done=done,
        url=_url("advice_asked", referral, done),
    )


def action_line(action: FollowUpAction) -> Line:
    """What is to be done."""
    done = action.done_at is not None
    return Line(
        what=_("A follow-up action"),
        reference=action.case.reference,
        words=_("It is done.") if done else _by(action.due_on),
        due_on=action.due_on,
        done=done,
        url=_url("my_follow_up", action, done),
    )


def support_line(support: CourtSupport, *, reader: Any) -> Line:
    """A hearing: for the line manager what to offer, for the witness whom to ask."""
    hearing = date_format(support.hearing_on, "j F Y")
    offered = support.offered_on is not None
    if support.line_manager_id == reader.pk:
        words = _("The hearing is on %(day)s.") % {"day": hearing}
        what, done = _("Support an employee at court"), offered
    else:
        facts = {"day": hearing, "who": name_of(support.line_manager)}
        words = (
            _(
                "You are summoned to give evidence on %(day)s. Ask your line manager for support "
                "first: %(who)s."
            )
            % facts
        )
        what, done = _("You are summoned to court"), False
    url = "" if support.line_manager_id != reader.pk else _url("court_support", support, done)
    return Line(what, support.case.reference, words, support.hearing_on, done, url)


def _by(day: date) -> str:
    return _("Please do it by %(day)s.") % {"day": date_format(day, "j F Y")}


def _url(name: str, row: Any, done: bool) -> str:
    return "" if done else reverse(f"cautionary:{name}", args=[row.pk])
