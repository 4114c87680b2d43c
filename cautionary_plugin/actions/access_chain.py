"""The chain of the access record: a line gets its place after the commit of its act (L5).

Not before: numbers are given out one at a time, so that whoever takes them within an act would
hold up every other act until its commit, and two could wait for each other. The lines themselves
are written in the transaction of the act (decision 19).
"""

import logging
from datetime import datetime
from itertools import takewhile

from django.db import transaction

from cautionary_plugin.access.chain import chained
from cautionary_plugin.models import AccessAnchor, AccessChain, AccessRecord
from cautionary_plugin.rules.chain import digest_of

from .base import action, write_alias

logger = logging.getLogger(__name__)

BATCH = 500


def link_when_committed() -> None:
    """Put what this transaction has recorded into the chain as soon as it is committed."""
    transaction.on_commit(_link_or_leave, using=write_alias())


def link_lines() -> int:
    """Put every line that has none into its place; return how many.

    Whoever comes first does it for all, and the others find nothing to do.
    """
    linked = 0
    while AccessRecord.objects.unlinked().exists():
        if not (some := _link_some()):
            break  # the host is deleting their account at this moment: later
        linked += some
    return linked


def _link_or_leave() -> None:
    """The act stands, whatever becomes of this: the next one, or cron, makes up for it."""
    try:
        link_lines()
    except Exception as failure:  # the person's answer must not depend on it
        logger.error("The access record could not be linked: %s", type(failure).__name__)


@action
def _link_some() -> int:
    chain = _locked()
    waiting = AccessRecord.objects.unlinked().select_for_update(skip_locked=True)
    lines = list(waiting[:BATCH])
    for line in lines:
        chain.last_number += 1
        line.number = chain.last_number
        told = chained(line, chain.last_number)
        line.digest = chain.last_digest = digest_of(told, after=chain.last_digest)
    AccessRecord.objects.put_in_chain(lines)
    chain.save(update_fields=["last_number", "last_digest"])
    return len(lines)


@action
def erase_tail(*, before: datetime, most: int) -> int:
    """Erase the oldest lines whose term is over, up to the first that is kept (A34).

    The chain then begins after them, and remembers the digest that it hangs on.

    :param most: how many at once.
    :returns: how many were erased.
    """
    chain = _locked()
    lines = AccessRecord.objects.filter(number__gt=chain.erased_number).order_by("number")
    over = list(
        takewhile(lambda line: line.at < before, lines.only("number", "digest", "at")[:most])
    )
    if not over:
        return 0
    last = over[-1]
    chain.erased_number, chain.erased_digest = last.number or 0, last.digest
    chain.save(update_fields=["erased_number", "erased_digest"])
    AccessAnchor.objects.filter(number__lt=chain.erased_number).delete()
    return AccessRecord.objects.erase_up_to(chain.erased_number)


def _locked() -> AccessChain:
    """The row of the chain, ours until the commit; it is the only lock that is taken here."""
    chain = AccessChain.objects.select_for_update().filter(pk=1)
    if (found := chain.first()) is None:
        AccessChain.objects.get_or_create(pk=1)
        found = chain.get()
    return found
