"""In which order rows are locked: the entry first, then its appeal; nobody waits in a ring."""

from cautionary_plugin.actions.base import lock
from cautionary_plugin.models import Appeal, Entry


def lock_appeal(appeal: Appeal) -> tuple[Entry, Appeal]:
    """The entry and the appeal against it, as they are now, held until the transaction ends."""
    entry = lock(Entry(pk=appeal.entry_id))
    return entry, lock(appeal)
