"""What partners have agreed to in writing, with the signed document (A45)."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.evidence.content import kind_of
from cautionary_plugin.actions.evidence.scanning import scan
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Partner, SharingAgreement
from cautionary_plugin.rules.errors import AlreadyDone, gather
from cautionary_plugin.rules.evidence import check_room, harmless_name
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import check_agreement_period, check_terms
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing import objects

from .keeping import READERS, locked


def record_agreement(
    *,
    partner: Partner,
    follows_policy: bool,
    indemnifies: bool,
    signed_on: date,
    starts_on: date,
    ends_on: date,
    content: BinaryIO,
    name: str,
    by: Any,
    at: datetime,
) -> SharingAgreement:
    """Keep a signed agreement with both terms; the one before it stays on file.

    :param ends_on: the first day on which it binds nobody any more.
    :param content: the signed document; can seek.
    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: a term is missing, a day cannot be, or the file cannot be taken.
    :raises NotStored: the storage does not answer.
    :raises AlreadyDone: the partnership has ended.
    """
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    size = content.seek(0, os.SEEK_END)
    gather(
        lambda: check_terms(follows_policy=follows_policy, indemnifies=indemnifies),
        lambda: check_agreement_period(
            signed_on=signed_on, starts_on=starts_on, ends_on=ends_on, on=timezone.localdate(at)
        ),
        lambda: check_room(size=size, largest=conf.EVIDENCE_MAX_SIZE, there=0, most=1),
    )
    agreement = SharingAgreement(
        partner=partner,
        follows_policy=follows_policy,
        indemnifies=indemnifies,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        object_name=objects.random_name(),
        kind=kind_of(content),
        size=size,
        title=harmless_name(name),
        recorded_by=by,
        recorded_at=at,
    )
    scan(content)
    objects.put(partner.file_key, content, name=agreement.object_name, owner=agreement.pk)
    try:
        _add_row(agreement, by, at)
    except BaseException:
        objects.take_away(agreement.object_name)
        raise
    return agreement


@action
def _add_row(agreement: SharingAgreement, by: Any, at: datetime) -> None:
    partner = locked(agreement.partner, by=by, at=at)
    agreement.save(force_insert=True)
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)


@action
def end_agreement(*, agreement: SharingAgreement, by: Any, at: datetime) -> SharingAgreement:
    """The agreement binds nobody any more: nothing is shared until there is another.

    :raises NotYourPost: ``by`` does not keep partners.
    :raises AlreadyDone: ended before.
    """
    partner = lock(agreement.partner)
    agreement = lock(agreement)
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    if agreement.ended_at:
        raise AlreadyDone("This agreement was ended before.")
    agreement.ended_by, agreement.ended_at = by, at
    agreement.save(update_fields=["ended_by", "ended_at"])
    record(act=Act.PARTNER, by=by, at=at, reference=partner.reference)
    return agreement


def open_agreement(*, agreement: SharingAgreement, by: Any, at: datetime) -> Iterator[bytes]:
    """The signed document, piece by piece.

    :raises NotYourPost: ``by`` has no part in sharing.
    :raises NotStored: the file is not in the storage, or the storage does not answer.
    :raises CannotOpen: it was altered.
    """
    standing_of(by, at=at).check_any_power(READERS)
    partner = agreement.partner
    content = objects.get(partner.file_key, name=agreement.object_name, owner=agreement.pk)
    record(act=Act.READ_PARTNER, by=by, at=at, reference=partner.reference)
    return content
