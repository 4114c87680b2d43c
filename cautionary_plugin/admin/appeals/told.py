"""An appeal in words: how it stands, what it would change, and what happened when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.appeals.terms import Change, in_words, terms_of
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import Appeal, Complaint, Hearer
from cautionary_plugin.rules.appeals import is_review
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.errors import NoSuchEntry
from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import AppealOutcome, HeardBy

BODIES = {
    HeardBy.CMT: gettext_lazy("Members of CMT"),
    HeardBy.DIRECTOR: gettext_lazy("A director who did not decide"),
    HeardBy.PANEL: gettext_lazy("Panel members who took no part"),
    HeardBy.MONITORING_OFFICER: gettext_lazy("The Monitoring Officer"),
}
OPEN = (AppealState.LODGED, AppealState.PROPOSED)

Facts = list[tuple[Any, Any]]


@dataclass(frozen=True, repr=False)
class Happened:
    """One line of a timeline."""

    when: str
    what: str
    at: datetime


def kind_of(appeal: Appeal) -> str:
    """What the procedure calls it: a review where the risk is low or medium (B37)."""
    return _("Review") if is_review(appeal.heard_by) else _("Appeal")


def who_hears(body: HeardBy, *, needed: int) -> str:
    """Who hears it and how many, as a sentence."""
    if body is HeardBy.DIRECTOR:
        return _("An appeal against a high-risk entry is heard by a director who did not decide.")
    if body is HeardBy.MONITORING_OFFICER:
        return _(
            "Too few panel members took no part. The Monitoring Officer hears the review alone."
        )
    count = {"count": needed}
    if body is HeardBy.PANEL:
        return _("At least %(count)s hear a review, and all of them sign its outcome.") % count
    return _("At least %(count)s hear an appeal, and all of them sign its outcome.") % count


def state_of(appeal: Appeal, *, at: datetime) -> str:
    """Where an appeal stands; one against what has ended has nothing left to decide."""
    if appeal.state in OPEN and not is_about_something(appeal, at=at):
        return _("The entry has ended: to be withdrawn")
    return AppealState(appeal.state).label


def is_about_something(appeal: Appeal, *, at: datetime) -> bool:
    """Whether the entry still counts."""
    return bool(appeal.entry.ended_at is None and appeal.entry.expires_at > at)


def in_use(appeal: Appeal, *, at: datetime) -> bool:
    """Whether the file is still read: its entry has not expired (A32)."""
    try:
        check_in_use(appeal.entry.case_file, at=at)
    except NoSuchEntry:
        return False
    return True


def due_of(appeal: Appeal, *, at: datetime) -> str:
    """The clock of an open appeal in words."""
    if appeal.state not in OPEN:
        return ""
    return due_in_words(appeal.decide_by, today=timezone.localdate(at))


def outcome_facts(appeal: Appeal) -> Facts:
    """The outcome with its reasons; why it was sent back, or withdrawn."""
    outcome = AppealOutcome(appeal.outcome).label if appeal.outcome else ""
    sent_back = appeal.state == AppealState.LODGED
    return [
        (_("Outcome sent back") if sent_back else _("Outcome"), outcome),
        (_("Reasons"), appeal.reasons),
        (_("Why it was sent back"), appeal.sent_back),
    ]


def changes_of(appeal: Appeal) -> list[Change]:
    """What an outcome would change, beside what stands there now."""
    if appeal.state not in OPEN or not appeal.variation:
        return []
    return in_words(terms_of(appeal.entry), appeal.variation)


def hearers_of(appeal: Appeal) -> list[Hearer]:
    """The hearers, in the order in which they were named."""
    return list(appeal.hearers.select_related("user").order_by("named_at", "pk"))


def timeline(appeal: Appeal, *, names_employees: bool = True) -> list[Happened]:
    """What happened with an appeal, oldest first (A24).

    :param names_employees: whether to say who was asked for a comment: one of them is the reporter.
    """
    lines = [
        (appeal.recorded_at, _("Recorded by %(who)s") % {"who": name_of(appeal.recorded_by)}),
        *_comments(appeal, named=names_employees),
        *_hearers(appeal),
        (appeal.proposed_at, _("Outcome proposed by %(w)s") % {"w": name_of(appeal.proposed_by)}),
        (appeal.sent_back_at, _("Sent back by %(who)s") % {"who": name_of(appeal.sent_back_by)}),
        (appeal.decided_at, AppealState(appeal.state).label),
        *((each.issued_at, _("Letter issued")) for each in appeal.letters.all()),
    ]
    told = [Happened(instant(at), what, at) for at, what in lines if at]
    told += [_on(each.sent_on, _("Letter sent")) for each in appeal.letters.all() if each.sent_on]
    told.append(_on(appeal.lodged_on, _("The appeal came in")))
    return sorted(told, key=lambda each: each.at)


def complaint_due(complaint: Complaint, *, at: datetime) -> str:
    """The clock of a complaint in words (L10)."""
    if complaint.acknowledged_on:
        return _("Acknowledged %(day)s") % {"day": day(complaint.acknowledged_on)}
    return due_in_words(complaint.acknowledge_by, today=timezone.localdate(at))


def _comments(appeal: Appeal, *, named: bool) -> list[tuple[datetime | None, str]]:
    lines: list[tuple[datetime | None, str]] = []
    for comment in appeal.comments.select_related("employee"):
        who = {"who": name_of(comment.employee) if named else _("An employee concerned")}
        lines += [
            (comment.invited_at, _("%(who)s was asked for a comment") % who),
            (comment.given_at, _("%(who)s gave a comment") % who),
            (comment.declined_at, _("%(who)s declined to comment") % who),
        ]
    return lines


def _hearers(appeal: Appeal) -> list[tuple[datetime | None, str]]:
    lines: list[tuple[datetime | None, str]] = []
    for hearer in hearers_of(appeal):
        who = {"who": name_of(hearer.user)}
        lines.append((hearer.named_at, _("%(who)s was named to hear it") % who))
        lines.append((hearer.signed_at, _("%(who)s signed the outcome") % who))
    return lines


def _on(happened_on: date, what: str) -> Happened:
    midnight = timezone.make_aware(datetime.combine(happened_on, datetime.min.time()))
    return Happened(day(happened_on), what, midnight)
