"""Partners are told to delete what they were given, until they say that they have (L14)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record, record_entries
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_partner_mail
from cautionary_plugin.conf import conf
from cautionary_plugin.models import (
    Disclosure,
    Entry,
    MailKind,
    Partner,
    PartnerMail,
    WithdrawalNotice,
)
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import (
    acknowledged_by,
    check_acknowledged_on,
    why_kept_from_partners,
)
from cautionary_plugin.rules.vocabulary import Act

PAUSE = timedelta(days=7)


def withdraw_entries(entries: Iterable[Any], *, by: Any, at: datetime) -> int:
    """Withdraw these entries from every partner that has them, as they end.

    :param entries: entries or their keys; locked by the caller.
    """
    return withdraw(Disclosure.objects.filter(entry__in=list(entries)), by=by, at=at)


def withdraw_if_no_warning(entry: Entry, *, by: Any, at: datetime) -> int:
    """Withdraw an entry that was decided anew, where partners are told of it no more (A41, B18).

    :param entry: locked by the caller, and saved as it is now.
    """
    if not why_kept_from_partners(route=entry.register.route, risk=entry.risk):
        return 0
    return withdraw_entries([entry], by=by, at=at)


@action
def withdraw(disclosures: QuerySet[Disclosure], *, by: Any, at: datetime) -> int:
    """Withdraw these disclosures: one message to each partner, with the references alone.

    What was stopped before it ever left needs no notice. Called by the acts that decide so.

    :param by: None for the clock.
    :returns: how many notices were given.
    """
    # The partners first, as the end of a partnership does: else each would wait for the other.
    shared_with = disclosures.filter(withdrawn_at=None).order_by().values("partner")
    partners = Partner.objects.filter(pk__in=shared_with).order_by("pk")
    list(partners.select_for_update(no_key=True).values_list("pk"))
    rows = (
        disclosures.filter(withdrawn_at=None)
        .select_related("entry__register", "partner", "mail")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    told: dict[Partner, dict[str, Entry]] = defaultdict(dict)
    found = list(rows)
    for each in found:
        if each.may_be_there or each.mail.may_have_left:
            told[each.partner][each.entry.reference] = each.entry
    Disclosure.objects.filter(pk__in=[each.pk for each in found]).update(withdrawn_at=at)
    return sum(_tell(partner, each, by, at) for partner, each in told.items())


def _tell(partner: Partner, entries: dict[str, Entry], by: Any, at: datetime) -> int:
    mail = PartnerMail.objects.create(partner=partner, queued_by=by, queued_at=at)
    due_on = acknowledged_by(timezone.localdate(at), days=conf.WITHDRAWAL_DAYS)
    WithdrawalNotice.objects.bulk_create(
        WithdrawalNotice(partner=partner, reference=reference, mail=mail, made_at=at, due_on=due_on)
        for reference in sorted(entries)
    )
    queue_partner_mail(kind=MailKind.WITHDRAWAL, mail=mail)
    record_entries(
        act=Act.WITHDRAWN, entries=entries.values(), by=by, at=at, screen=partner.reference
    )
    return len(entries)


@action
def withdraw_from(*, entry: Entry, partner: Partner, by: Any, at: datetime) -> None:
    """The owner takes one entry back from one partner.

    :raises NotYourPost: ``by`` does not decide on sharing.
    :raises BriefingLapsed: a lapse suspends at once.
    :raises Excluded: shut out of a case about it (B11).
    :raises AlreadyDone: it is not shared with this partner, or was withdrawn before.
    """
    entry = lock(entry)
    standing_of(by, at=at).check_may_handle(Power.SHARE, entry.register)
    check_entry_not_shut_out(entry, by)
    shared = entry.disclosures.filter(partner=partner)
    if not shared.standing().exists():
        raise AlreadyDone("This entry is not shared with this partner.")
    withdraw(shared, by=by, at=at)


def told_to_delete(reference: str) -> QuerySet[WithdrawalNotice]:
    """Who was told to delete an entry, and has not yet said that it did."""
    return WithdrawalNotice.objects.open().filter(reference=reference).select_related("partner")


@action
def acknowledge_withdrawal(
    *, notice: WithdrawalNotice, acknowledged_on: date, by: Any, at: datetime
) -> WithdrawalNotice:
    """Record that the partner has said that it deleted the entry.

    :raises NotYourPost: ``by`` does not keep partners.
    :raises BadInput: under ``acknowledged_on``: before it was told, or still to come.
    :raises AlreadyDone: recorded before.
    """
    notice = lock(notice)
    standing_of(by, at=at).check_power(Power.KEEP_PARTNERS)
    if notice.acknowledged_on:
        raise AlreadyDone("This was recorded before.")
    check_acknowledged_on(
        acknowledged_on,
        told_on=timezone.localdate(notice.made_at),
        on=timezone.localdate(at),
    )
    notice.acknowledged_on, notice.recorded_by, notice.recorded_at = acknowledged_on, by, at
    notice.save(update_fields=["acknowledged_on", "recorded_by", "recorded_at"])
    reference, partner = notice.reference, notice.partner.reference
    record(act=Act.DELETED, by=by, at=at, reference=reference, screen=partner)
    return notice


@action
def chase_withdrawals(*, at: datetime) -> int:
    """Remind partners who have not answered in time, once a week, in one message each.

    :returns: how many notices were sent anew.
    """
    late = WithdrawalNotice.objects.open().filter(
        due_on__lt=timezone.localdate(at), mail__queued_at__lte=at - PAUSE
    )
    chased: dict[Any, list[WithdrawalNotice]] = defaultdict(list)
    for notice in late.order_by("pk").select_for_update(of=("self",)):
        chased[notice.partner_id].append(notice)
    for partner, notices in chased.items():
        mail = PartnerMail.objects.create(partner_id=partner, queued_at=at)
        for notice in notices:
            notice.mail, notice.chased = mail, notice.chased + 1
        WithdrawalNotice.objects.bulk_update(notices, ["mail", "chased"])
        queue_partner_mail(kind=MailKind.WITHDRAWAL, mail=mail)
    return sum(map(len, chased.values()))
