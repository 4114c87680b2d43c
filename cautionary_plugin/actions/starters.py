"""A manager confirms what a new member of staff was told about the register (A48)."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.models import StarterConfirmation
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, SamePerson, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.starters import check_told
from cautionary_plugin.rules.vocabulary import Act, Relevance

from .access import record
from .base import action, lock


@action
def confirm_starter(
    *,
    starter: Any,
    told_on: date,
    told: set[str],
    relevance: str,
    about_job: str,
    by: Any,
    at: datetime,
) -> StarterConfirmation:
    """Confirm for one starter what they were told, and what it means for their job.

    :param told: ``purpose`` and ``reporting``: both, or they were not told.
    :param about_job: in the manager's words; about no customer.
    :raises SamePerson: nobody confirms their own.
    :raises AlreadyDone: somebody has confirmed it for this starter.
    :raises BadInput: something is missing, or the day is to come.
    """
    if starter.pk == by.pk:
        raise SamePerson("Your own manager confirms this for you.")
    starter = lock(starter)
    if StarterConfirmation.objects.filter(starter=starter).exists():
        raise AlreadyDone("This was confirmed for this colleague before.")
    gather(
        partial(check_told, told, told_on=told_on, on=timezone.localdate(at)),
        partial(_check_relevance, relevance),
        partial(
            check_reason,
            about_job,
            field="about_job",
            told="Say what the register means for their job, in a sentence.",
        ),
    )
    made = StarterConfirmation.objects.create(
        starter=starter,
        manager=by,
        told_on=told_on,
        purpose=True,
        reporting=True,
        relevance=Relevance(relevance),
        about_job=about_job.strip(),
        confirmed_at=at,
    )
    record(act=Act.STARTER, by=by, at=at)
    return made


def _check_relevance(relevance: str) -> None:
    if relevance not in list(Relevance):
        raise BadInput({"relevance": ["Say how they meet customers, if they do."]})
