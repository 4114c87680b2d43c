"""Tell every process that live entries have changed."""

from uuid import uuid4

from cautionary_plugin.models import LookupState

from .base import action


@action
def advance(*, added: int = 0) -> int:
    """The number of this change; each live entry that it touches carries it as ``changed``.

    The row stays locked until the caller's transaction ends, so that numbers become visible in
    the order in which they were given.

    :param added: by how many the live entries grow.
    """
    LookupState.objects.get_or_create(pk=1)
    state = LookupState.objects.select_for_update().get(pk=1)
    state.number += 1
    state.stamp = uuid4()
    state.entries += added
    state.save(update_fields=["number", "stamp", "entries"])
    return state.number
