"""Who finds which request, and that it was opened (L8)."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from cautionary_plugin.access.exclusion import file_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.holds import registers_of_each
from cautionary_plugin.models import AccessRequest
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .receiving import check_may_prepare, note


@action
def open_request(*, request: AccessRequest, by: Any, at: datetime) -> None:
    """Open a request, or a line of it; recorded.

    :raises NotYourPost, Excluded: as :func:`~.receiving.check_may_prepare`.
    """
    check_may_prepare(request.case_file, by, at)
    note(request, by, at, act=Act.READ_PACK)


def requests_for(person: Any, *, at: datetime) -> QuerySet[AccessRequest]:
    """The requests that the person may open: those pending first, by the day they are due."""
    mine = {each.pk for each in standing_of(person, at=at).over(Power.PREPARE_PACKS) if each}
    files = AccessRequest.objects.order_by().values_list("case_file", flat=True)
    theirs = [
        file for file, registers in registers_of_each(files).items() if set() < registers <= mine
    ]
    found = AccessRequest.objects.filter(file_not_shut_out(person), case_file__in=theirs)
    return found.order_by(F("settled_at").desc(nulls_first=True), "due_on", "reference")
