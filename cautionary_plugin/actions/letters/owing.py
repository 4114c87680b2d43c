"""A letter is owed, within the register's working days (A22); and who may deal with it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.letter_desk import check_theirs
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import apart_from_case, holders_of, queue_mail
from cautionary_plugin.models import (
    Appeal,
    CaseFile,
    EmailDivert,
    Entry,
    Letter,
    MailKind,
    NotificationExemption,
    PanelCase,
    Register,
    Review,
    SinglePointOfContact,
)
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.letters import INFORMING
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import LetterKind
from cautionary_plugin.rules.writers import BY_ONE, OF_THE_PANEL, WRITER


@action
def owe_letter(
    *,
    kind: LetterKind,
    case_file: CaseFile,
    register: Register,
    at: datetime,
    entry: Entry | None = None,
    appeal: Appeal | None = None,
    review: Review | None = None,
    case: PanelCase | None = None,
    arrangement: SinglePointOfContact | None = None,
    divert: EmailDivert | None = None,
    writer: Any = None,
) -> Letter:
    """From now a letter of this kind is owed, within the register's working days (A22).

    Called by the act that makes it due, in its transaction. Whoever writes for the panel is told:
    they took no part in the decision.

    :param case: of the panel, where the letter follows from its decision.
    :param writer: the Operations Manager who is to write it (B31); of no account for other letters.
    """
    letter = Letter.objects.create(
        kind=kind,
        case_file=case_file,
        register=register,
        entry=entry,
        appeal=appeal,
        review=review,
        case=case,
        arrangement=arrangement,
        divert=divert,
        writer=writer if kind in BY_ONE else None,
        queued_at=at,
        due_on=notice_ends(register, at),
    )
    if kind in OF_THE_PANEL:
        tell_writers(letter, at=at)
    return letter


def letter_reference(letter: Letter) -> str:
    """The public reference that the letter carries."""
    about = letter.entry or letter.case or letter.case_file
    return about.reference


def tell_writers(letter: Letter, *, at: datetime) -> None:
    """Mail whoever is to write a letter of the panel."""
    power = WRITER[LetterKind(letter.kind)]
    anybody = holders_of(power, at=at, register=letter.register)
    people = apart_from_case([letter.writer] if letter.writer else anybody, letter.case)
    queue_mail(kind=MailKind.LETTER_DUE, to=people, at=at, reference=letter_reference(letter))


def notice_ends(register: Register, at: datetime) -> date:
    """The day by which somebody must be told of what happens now."""
    return register.calendar.after(timezone.localdate(at), register.notice_days)


def check_writer(letter: Letter, *, by: Any, at: datetime) -> None:
    """The person is to write this letter; whose post also reads is briefed.

    An Operations Manager and Legal hold no reading grant: they read this letter and no more.

    :raises NotYourPost: none of their posts writes letters of this kind here.
    :raises BriefingLapsed: nobody writes about what they may not read.
    :raises NotYours: another Operations Manager is to write it.
    :raises Excluded: they are shut out of the case.
    """
    standing = standing_of(by, at=at)
    standing.check_may_handle(WRITER[LetterKind(letter.kind)], letter.register)
    check_theirs(letter, standing)


def check_keeps_letters(register: Register, *, by: Any, at: datetime) -> None:
    """The person keeps the words of this register's letters, and decides who is not informed.

    :raises NotYourPost: none of their posts does so here.
    :raises BriefingLapsed: a lapse suspends at once.
    """
    standing = standing_of(by, at=at)
    standing.check_power(Power.WRITE_LETTERS, register)
    standing.check_may_read(register)


def locked(letter: Letter) -> Letter:
    """The letter as it is now, and its entry first, so that an exemption and a letter meet."""
    if letter.entry is not None:
        lock(letter.entry)
    return lock(letter)


def check_not_exempt(letter: Letter) -> None:
    """The individual may be told.

    :raises NotReady: an exemption from informing them stands (A27).
    """
    exempt = NotificationExemption.objects.filter(entry=letter.entry_id, ended_at=None)
    if letter.kind in INFORMING and letter.entry_id and exempt.exists():
        raise NotReady(
            "An exemption stands: this individual is not informed.",
            missing=["End the exemption first, under “Not informed”."],
        )
