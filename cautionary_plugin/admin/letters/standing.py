"""Which letters, bulletins and exemptions a person may see, and how each stands in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cautionary_plugin.access.exclusion import not_shut_out, schedule_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.letter_desk import (
    kept_by,
    waits_for_councillors,
    with_councillors,
    written_by,
)
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.letters import letter_reference
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import Letter, NotificationExemption, Register
from cautionary_plugin.models.letters import LetterQuerySet
from cautionary_plugin.rules.due import due_in_words, is_overdue
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import LetterKind, SentBy
from cautionary_plugin.rules.writers import BY_ONE, OF_THE_PANEL, WRITERS

ON_FILE = (
    "register",
    "case_file__person",
    "case_file__premises",
    "entry__register",
    "entry__case_file__person",
    "entry__case_file__premises",
    "appeal",
    "review",
    "case__report",
    "arrangement",
    "divert__arrangement",
    "writer",
    "wording",
)

IN_A_LIST = ("register", "case_file", "entry", "case", "writer")


@dataclass(frozen=True, repr=False)
class LetterLine:
    """One letter in a list: by its reference, never by a name."""

    letter: Letter
    reference: str
    kind: str
    register: str
    clock: str
    overdue: bool
    stands: str
    writer: str = ""


def registers_over(request: GatedRequest, power: Power) -> list[Register]:
    """The registers on which the person has a power.

    :raises BriefingLapsed: told, rather than shown as an empty list.
    """
    held = [each for each in request.standing.over(power) if each]
    for register in held:
        if Power.READ in request.standing.powers(register):
            request.standing.check_may_read(register)
    return held


def letters_of(request: GatedRequest) -> LetterQuerySet:
    """The letters that the person writes."""
    waiting = Count("messages", filter=Q(messages__sent_at=None))
    known: LetterQuerySet = Letter.objects.filter(_theirs(request))
    return with_councillors(known.select_related(*IN_A_LIST).annotate(waiting=waiting))


def others_of(request: GatedRequest) -> LetterQuerySet:
    """The panel's letters that others are to write, for whoever keeps the schedule."""
    keeps = registers_over(request, Power.KEEP_SCHEDULE)
    known: LetterQuerySet = Letter.objects.filter(kept_by(request.user, keeps))
    waiting = Count("messages", filter=Q(messages__sent_at=None))
    others = known.exclude(_theirs(request)).select_related(*IN_A_LIST)
    return with_councillors(others.annotate(waiting=waiting))


def letter_of(request: GatedRequest, pk: Any) -> Letter:
    """One letter that the person writes, with what it is put together from."""
    return _found(request, pk, _theirs(request))


def letter_to_hand_over(request: GatedRequest, pk: Any) -> Letter:
    """One letter of the panel, for whoever keeps the schedule."""
    keeps = registers_over(request, Power.KEEP_SCHEDULE)
    return _found(request, pk, kept_by(request.user, keeps))


def letter_not_to_send(request: GatedRequest, pk: Any) -> Letter:
    """One letter, for whoever decides that an individual is not informed (A27)."""
    mine = registers_over(request, Power.WRITE_LETTERS)
    unhindered = not_shut_out(request.user, case="case")
    return _found(request, pk, Q(register__in=mine) & unhindered)


def _theirs(request: GatedRequest) -> Q:
    found = Q(pk__in=())
    for power in sorted(WRITERS):
        found |= written_by(request.user, power, registers_over(request, power))
    return found


def _found(request: GatedRequest, pk: Any, which: Q) -> Letter:
    letters = Letter.objects.filter(which).select_related(*ON_FILE)
    letter = get_object_or_404(letters, pk=pk)
    check_in_use(letter.case_file, at=request.now)
    return letter


def exemptions_of(request: GatedRequest, power: Power) -> QuerySet[NotificationExemption]:
    """Exemptions on the registers over which the person has a power, those that stand first."""
    mine = registers_over(request, power)
    return (
        NotificationExemption.objects.filter(entry__register__in=mine)
        .filter(schedule_not_shut_out(request.user, of="entry__", case_file="entry__case_file"))
        .select_related("entry__register", "entry__case_file", "decided_by")
        .order_by(F("ended_at").desc(nulls_first=True), "retest_on")
    )


def line_for(letter: Letter, request: GatedRequest) -> LetterLine:
    """A letter as a list shows it."""
    clock, overdue = clock_of(letter, today=timezone.localdate(request.now))
    return LetterLine(
        letter=letter,
        reference=letter_reference(letter),
        kind=LetterKind(letter.kind).label,
        register=letter.register.name,
        clock=clock,
        overdue=overdue,
        stands=how_it_stands(letter, waiting=bool(letter.waiting)),  # type: ignore[attr-defined]
        writer=_writer(letter),
    )


def clock_of(letter: Letter, *, today: date) -> tuple[str, bool]:
    """By when it is due, and whether that is over; or what it waits for itself."""
    if letter.sent_on is not None:
        return "", False
    if waits_for_councillors(letter):
        return _("waits for the councillors’ answers"), False
    return due_in_words(letter.due_on, today=today), is_overdue(letter.due_on, today=today)


def _writer(letter: Letter) -> str:
    """Who is asked to write it, where it is one colleague or a post of the panel's."""
    if letter.kind not in OF_THE_PANEL:
        return ""
    if letter.kind not in BY_ONE:
        return _("Legal Services")
    return name_of(letter.writer) or _("any Operations Manager")


def how_it_stands(letter: Letter, *, waiting: bool) -> str:
    """To be written, issued, on its way, or sent, with the day."""
    if letter.sent_on is not None:
        by = SentBy(letter.sent_by_method).label.lower()
        return _("Sent by %(by)s on %(day)s") % {"by": by, "day": day(letter.sent_on)}
    if waiting:
        return _("By e-mail, not delivered yet")
    if letter.issued_at is not None:
        issued = day(timezone.localdate(letter.issued_at))
        return _("Issued on %(day)s, not sent yet") % {"day": issued}
    return _("To be written")


def email_in_words(letter: Letter) -> str:
    """How often the e-mail was tried; empty where none waits."""
    waiting = letter.messages.filter(sent_at=None).first()
    if waiting is None or letter.sent_on is not None:
        return ""
    if not waiting.attempts:
        return _("The e-mail goes with the next delivery.")
    return ngettext(
        "The e-mail was tried once and not delivered. It is tried again, ever more seldom.",
        "The e-mail was tried %(times)s times and not delivered. It is tried again, ever more "
        "seldom.",
        waiting.attempts,
    ) % {"times": waiting.attempts}
