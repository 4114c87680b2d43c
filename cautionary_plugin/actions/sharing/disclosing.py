"""The owner shares entries with partners, one by one, each with a reason (A41–A46)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.actions.access import record, record_entries
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_partner_mail
from cautionary_plugin.models import Disclosure, Entry, MailKind, Partner, PartnerMail
from cautionary_plugin.outbox.partner_standing import addressees_of, missing_for
from cautionary_plugin.outbox.smime import check_signer
from cautionary_plugin.rules.errors import AlreadyDone, NoContact, NotReady
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import (
    check_chosen,
    check_contact,
    check_nothing_missing,
    why_kept_from_partners,
)
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

BATCH = 500


def disclose(
    *,
    entries: Sequence[Entry],
    partners: Sequence[Partner],
    reason: str,
    by: Any,
    at: datetime,
) -> list[PartnerMail]:
    """Share these entries with these partners: one encrypted message to each partner.

    :raises NotYourPost: ``by`` is not the owner of each entry's register (A44).
    :raises BriefingLapsed: a lapse suspends at once.
    :raises Excluded: shut out of a case about one of them (B11).
    :raises NoContact: a partner does not come into contact; the refusal is recorded (A43).
    :raises BadInput: nothing chosen, or no reason.
    :raises NotReady: no agreement in force, no certificate that can be used, or an entry that is
        not live or never goes to partners.
    :raises AlreadyDone: one of them is shared with one of these partners already.
    """
    for partner in partners:
        check_contact_or_record(entries=entries, partner=partner, by=by, at=at)
    return _disclose(entries, partners, reason, by, at)


def check_contact_or_record(
    *, entries: Sequence[Entry], partner: Partner, by: Any, at: datetime
) -> None:
    """The partner comes into contact; an attempt to share with one that does not is recorded (A43).

    :param entries: none where the screen is only opened.
    :raises NotYourPost, BriefingLapsed: as :func:`disclose`.
    :raises NoContact: it does not.
    """
    standing = standing_of(by, at=at)
    standing.check_power(Power.SHARE)
    one_of_each = {entry.register_id: entry for entry in entries}
    for entry in one_of_each.values():
        standing.check_may_handle(Power.SHARE, entry.register)
    try:
        check_contact(has_contact=partner.has_contact)
    except NoContact:
        _record_refusal(entries, partner, by, at)
        raise


@action
def _record_refusal(entries: Sequence[Entry], partner: Partner, by: Any, at: datetime) -> None:
    record_entries(act=Act.NOT_SHARED, entries=entries, by=by, at=at, screen=partner.reference)
    if not entries:
        record(act=Act.NOT_SHARED, by=by, at=at, reference=partner.reference)


@action
def _disclose(
    entries: Sequence[Entry], partners: Sequence[Partner], reason: str, by: Any, at: datetime
) -> list[PartnerMail]:
    locked = _locked(entries, standing_of(by, at=at), at)
    check_chosen(locked, field="references", sentence="Choose at least one entry.")
    check_chosen(partners, field="partners", sentence="Choose at least one partner.")
    check_reason(reason, field="reason")
    check_signer(at=at)
    held = [lock(each) for each in sorted(partners, key=lambda each: each.pk)]
    return [_share(locked, partner, reason.strip(), by, at) for partner in held]


def _locked(entries: Sequence[Entry], standing: Standing, at: datetime) -> list[Entry]:
    """The entries as they are now, held; each live, and the owner's to share."""
    keys = [entry.pk for entry in entries]
    rows = Entry.objects.filter(pk__in=keys).select_related("register", "case_file")
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    for register in {entry.register for entry in found}:
        standing.check_may_handle(Power.SHARE, register)
    for entry in found:
        check_entry_not_shut_out(entry, standing.user)
    check_nothing_missing([why for entry in found for why in _why_not(entry, at)])
    return found


def _why_not(entry: Entry, at: datetime) -> Iterator[str]:
    """Why no partner is told of an entry, in sentences."""
    if entry.state != EntryState.LIVE or not entry.starts_at <= at < entry.expires_at:
        yield f"{entry.reference} is not live now."
    if why := why_kept_from_partners(route=entry.register.route, risk=entry.risk):
        yield f"{entry.reference}: {why}"


def _share(
    entries: list[Entry], partner: Partner, reason: str, by: Any, at: datetime
) -> PartnerMail:
    check_contact(has_contact=partner.has_contact)
    missing = missing_for(partner, at=at, addressees=addressees_of(partner, at=at))
    check_nothing_missing(missing)
    there = Disclosure.objects.standing().filter(partner=partner, entry__in=entries)
    if shared := sorted(there.values_list("entry__reference", flat=True)):
        raise AlreadyDone(f"Shared with this partner already: {', '.join(shared)}.")
    mail = PartnerMail.objects.create(partner=partner, queued_by=by, queued_at=at)
    Disclosure.objects.bulk_create(
        [
            Disclosure(
                entry=entry,
                partner=partner,
                mail=mail,
                made_by=by,
                made_at=at,
                version=entry.changed,
                reason=reason,
            )
            for entry in entries
        ],
        batch_size=BATCH,
    )
    queue_partner_mail(kind=MailKind.PARTNER, mail=mail)
    record_entries(act=Act.SHARED, entries=entries, by=by, at=at, screen=partner.reference)
    return mail


@action
def send_again(*, partner: Partner, entry: Entry, by: Any, at: datetime) -> PartnerMail:
    """Send an entry anew: as it stands now, encrypted anew, to the certificates of now.

    :raises NotYourPost, BriefingLapsed, Excluded, NoContact, NotReady: as :func:`disclose`.
    :raises AlreadyDone: it is not shared with this partner any more.
    """
    (entry,) = _locked([entry], standing_of(by, at=at), at) or [entry]
    partner = lock(partner)
    shared = list(entry.disclosures.standing().filter(partner=partner))
    if not shared:
        raise AlreadyDone("This entry is not shared with this partner.")
    check_contact(has_contact=partner.has_contact)
    check_signer(at=at)
    missing = missing_for(partner, at=at, addressees=addressees_of(partner, at=at))
    check_nothing_missing(missing)
    mail = _send_anew(partner, shared, by, at)
    record_entries(act=Act.SHARED, entries=[entry], by=by, at=at, screen=partner.reference)
    return mail


@action
def send_on_changes(*, at: datetime) -> int:
    """Tell partners of what has changed in entries that they were given: one message to each.

    Whoever was given what was wrong is told what is right (UK GDPR article 19).

    :returns: how many entries were sent anew.
    """
    changed = Disclosure.objects.standing().filter(
        entry__in=Entry.objects.live_at(at).for_partners(), entry__changed__gt=F("version")
    )
    partners = Partner.objects.standing().filter(Exists(changed.filter(partner=OuterRef("pk"))))
    return sum(_send_on(partner.pk, at) for partner in list(partners))


def _send_on(key: Any, at: datetime) -> int:
    partner = Partner.objects.select_for_update().get(pk=key)
    stale = partner.disclosures.standing().filter(
        entry__in=Entry.objects.live_at(at).for_partners(), entry__changed__gt=F("version")
    )
    rows = list(stale.select_related("entry", "mail"))
    if not rows or missing_for(partner, at=at, addressees=addressees_of(partner, at=at)):
        return 0
    try:
        check_signer(at=at)
    except NotReady:
        return 0
    _send_anew(partner, rows, None, at)
    entries = [each.entry for each in rows]
    record_entries(act=Act.SHARED, entries=entries, by=None, at=at, screen=partner.reference)
    return len(rows)


def _send_anew(partner: Partner, rows: list[Disclosure], by: Any, at: datetime) -> PartnerMail:
    mail = PartnerMail.objects.create(partner=partner, queued_by=by, queued_at=at)
    for each in rows:
        each.may_be_there = each.may_be_there or each.mail.may_have_left
        each.mail, each.version = mail, each.entry.changed
    Disclosure.objects.bulk_update(rows, ["mail", "may_be_there", "version"])
    queue_partner_mail(kind=MailKind.PARTNER, mail=mail)
    return mail
