"""Count what is added to registers and what leaves them, in the transaction that does it (L6).

The numbers outlast the files: nothing in them says whom they counted. What is over is counted in
the month in which it is recorded, so that the figures of a month that has passed never change.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from cautionary_plugin.models import Entry, Person, Register, Tally
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.foi import Subject, Year, lasted, subject_of
from cautionary_plugin.rules.vocabulary import Risk, SubjectKind

from .base import action

Count = tuple[Measure, str]  # what is counted, and the part that it belongs to
Added = tuple[str, str, date | None]  # kind, risk, date of birth


def tallies_of(register: Register, measure: Measure, year: Year) -> QuerySet[Tally]:
    """What was counted of a register in a year."""
    return Tally.objects.filter(
        register=register, measure=measure, month__gte=year.first, month__lt=year.after
    )


@action
def count_up(register: Register, counts: Counter[Count], *, at: datetime) -> None:
    """So many more of each, always in the same order, so that no two wait for each other."""
    month = timezone.localdate(at).replace(day=1)
    for (measure, part), number in sorted(counts.items()):
        tally, _made = Tally.objects.get_or_create(
            register=register, measure=measure, month=month, part=part
        )
        Tally.objects.filter(pk=tally.pk).update(number=F("number") + number)


@action
def count_added(register: Register, added: Iterable[Added], *, at: datetime) -> None:
    """Entries were added: by whom they are about, and by risk."""
    counts: Counter[Count] = Counter()
    today = timezone.localdate(at)
    for kind, risk, born_on in added:
        premises = kind == SubjectKind.PREMISES
        subject = Subject.PREMISES if premises else subject_of(born_on, on=today)
        counts[Measure.ENTERED, subject.value] += 1
        counts[Measure.GRADED, Risk(risk).value] += 1
    count_up(register, counts, at=at)


def count_entry(entry: Entry, *, at: datetime) -> None:
    """One entry was added."""
    subject = entry.case_file.subject
    born_on = subject.born_on if isinstance(subject, Person) else None
    count_added(entry.register, [(entry.case_file.kind, entry.risk, born_on)], at=at)


@action
def count_removed(entries: Iterable[tuple[int, datetime, str]], *, at: datetime) -> None:
    """Entries have ended.

    :param entries: number of the register, instant from which the entry counted, why it ended.
    """
    counts: dict[int, Counter[Count]] = {}
    today = timezone.localdate(at)
    for key, since, why in entries:
        mine = counts.setdefault(key, Counter())
        mine[Measure.LEFT, why] += 1
        mine[Measure.LASTED, lasted(timezone.localdate(since), today).value] += 1
    for register in Register.objects.filter(pk__in=counts).order_by("pk"):
        count_up(register, counts[register.pk], at=at)
