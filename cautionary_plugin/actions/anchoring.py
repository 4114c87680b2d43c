"""Tell people outside, once a day, where the access record ends (L5).

Whoever can rewrite the database can rewrite the whole chain with it. What was mailed yesterday, or
lies in a bucket that lets nobody delete, they cannot.
"""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from cautionary_plugin.conf import conf
from cautionary_plugin.models import AccessAnchor, AccessChain, MailKind
from cautionary_plugin.rules.errors import NotAnchored
from cautionary_plugin.rules.posts import Power

from .access_chain import link_lines
from .base import action, lock
from .mail import has_address, holders_of, queue_mail


def anchor_record(*, at: datetime) -> AccessAnchor | None:
    """Take today's anchor and tell it outside; None where it was told, or nothing is recorded.

    An anchor that could not be told stays, and is told on the next run of the day, or later.

    :raises NotAnchored: nobody outside could be told.
    """
    link_lines()
    if _take(at) is None:
        return None
    told = None
    for anchor in AccessAnchor.objects.filter(told_at=None).order_by("day"):
        told = _tell(anchor=anchor, at=at)
    return told


@action
def _take(at: datetime) -> AccessAnchor | None:
    chain = AccessChain.objects.filter(pk=1).first()
    if chain is None or not chain.last_number:
        return None
    anchor, _made = AccessAnchor.objects.get_or_create(
        day=timezone.localdate(at),
        defaults={"number": chain.last_number, "digest": chain.last_digest, "taken_at": at},
    )
    return anchor


@action
def _tell(*, anchor: AccessAnchor, at: datetime) -> AccessAnchor | None:
    anchor = lock(anchor)
    if anchor.told_at:
        return None  # another run was faster
    if conf.ANCHOR_STORAGE:
        _store(anchor)
    else:
        queue_mail(kind=MailKind.ANCHOR, to=_recipients(at), anchor=anchor, at=at)
    anchor.told_at = at
    anchor.save(update_fields=["told_at"])
    return anchor


def _recipients(at: datetime) -> list[Any]:
    """The data protection officers, and the addresses that no account can change."""
    officers = [each for each in holders_of(Power.KEEP_ANCHORS, at=at) if has_address(each)]
    told = [*officers, None] if conf.ALERT_ADDRESSES else officers
    if not told:
        raise NotAnchored(
            "Nobody outside can be told where the access record ends: appoint a data protection "
            "officer with an e-mail address, or set CAUTIONARY_ANCHOR_STORAGE."
        )
    return told


def _store(anchor: AccessAnchor) -> None:
    content = ContentFile(f"{anchor}\n".encode())
    try:
        storages[conf.ANCHOR_STORAGE].save(f"access-record/{anchor.day}.txt", content)
    except Exception as failure:  # whatever a storage may raise
        raise NotAnchored(
            f"The storage for anchors did not take that of {anchor.day}: {type(failure).__name__}."
        ) from failure
