"""What of subject access requests waits for somebody."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import Register
from cautionary_plugin.rules.duties import Duty, Task

from .opening import requests_for


def requests_to_answer(
    standing: Standing, registers: Iterable[Register], at: datetime
) -> Iterator[Task]:
    """Those that are pending, due one calendar month after they came in."""
    unseen = Count("lines", filter=Q(lines__looked_at=None))
    pending = requests_for(standing.user, at=at).filter(settled_at=None)
    for each in pending.annotate(unseen=unseen):
        yield Task(Duty.ACCESS_REQUEST, each.reference, each.reference, each.due_on, _note(each))


def _note(request: Any) -> str:
    """What is to be done next.

    :param request: with ``unseen``, how many of its lines nobody has looked at.
    """
    if not request.identity_checked_at:
        return "who asks is to be checked"
    if not request.prepared_at:
        return "the pack is to be prepared"
    return f"{request.unseen} lines to look at" if request.unseen else "to be released"
