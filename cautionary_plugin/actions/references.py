"""Public references: ``CPR-2026-0042``."""

from datetime import datetime

from django.utils import timezone

from cautionary_plugin.models import ReferenceSequence

from .base import action


@action
def take_references(prefix: str, count: int, *, at: datetime) -> list[str]:
    """The next numbers of a prefix in the year of ``at``, each given out once.

    The row is locked until the caller's transaction ends, so that numbers neither clash nor
    are lost when it is rolled back.
    """
    year = timezone.localdate(at).year
    ReferenceSequence.objects.get_or_create(prefix=prefix, year=year)
    sequence = ReferenceSequence.objects.select_for_update().get(prefix=prefix, year=year)
    first = sequence.last + 1
    sequence.last += count
    sequence.save(update_fields=["last"])
    return [f"{prefix}-{year}-{number:04d}" for number in range(first, first + count)]
