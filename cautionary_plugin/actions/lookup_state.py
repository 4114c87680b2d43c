"""Tell every process that live entries have changed."""

from uuid import uuid4

from django.db.models import Max

from cautionary_plugin.models import Entry, LookupState
from cautionary_plugin.rules.states import EntryState

from .base import action


@action
def advance(*, added: int = 0) -> int:
    """The number of this change; each live entry that it touches carries it as ``changed``.

    The row stays locked until the caller's transaction ends, so that numbers become visible in
    the order in which they were given.

    :param added: by how many the live entries grow.
    """
    state = _locked()
    state.number += 1
    state.stamp = uuid4()
    state.entries = max(0, state.entries + added)  # entries end though the row was lost
    state.save(update_fields=["number", "stamp", "entries"])
    return state.number


@action
def begin_anew(*, count_again: bool = False) -> tuple[int, int]:
    """Let every process fill its index anew: after a backup was restored, or the row was lost.

    :param count_again: what is in the database counts from now on, whoever has written it. Rows
        that no action has numbered still fail each check.
    :returns: how many live entries the actions have counted, and how many there are.
    """
    state = _locked()
    there = Entry.objects.filter(state=EntryState.LIVE).count()
    latest = Entry.objects.aggregate(latest=Max("changed"))["latest"] or 0
    counted = state.entries
    if count_again:
        state.entries, state.number = there, max(state.number, latest)
    state.number += 1
    state.live = there
    state.epoch, state.stamp = uuid4(), uuid4()
    state.save()
    return counted, there


def _locked() -> LookupState:
    LookupState.objects.get_or_create(pk=1)
    return LookupState.objects.select_for_update().get(pk=1)
