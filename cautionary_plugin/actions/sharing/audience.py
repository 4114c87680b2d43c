"""Which services an entry is for, and why each of them (L1)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.models import AudienceMember, AudienceReason, Entry, Service
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import check_audience
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act


@action
def set_audience(
    entry: Entry, services: Iterable[Service], *, reason: str, by: Any, at: datetime
) -> None:
    """The entry is for these services and no others; one reason was given for all of them.

    Called by the acts that decide so, within their transaction.
    """
    _replace(entry, dict.fromkeys(services, reason), by, at)


@action
def change_audience(
    *, entry: Entry, reasons: Mapping[Service, str], by: Any, at: datetime
) -> Entry:
    """Change afterwards which services an entry is for, with a reason for each (L1).

    :param reasons: service → why it needs the entry; who is not in it has it no more.
    :raises NotYourPost: ``by`` is not the owner of the register (A44).
    :raises BriefingLapsed: a lapse suspends at once.
    :raises Excluded: shut out of a case about it (B11).
    :raises BadInput: no service, or one without a reason.
    :raises IllegalMove: the entry counts no more.
    """
    entry = lock(entry)
    standing_of(by, at=at).check_may_handle(Power.SHARE, entry.register)
    check_entry_not_shut_out(entry, by)
    if entry.state == EntryState.ENDED or entry.expires_at <= at:
        raise IllegalMove("This entry counts no more.")
    check_audience(reasons, slugs={service: service.slug for service in reasons})
    _replace(entry, reasons, by, at)
    entry.changed = advance()
    entry.save(update_fields=["changed"])
    record(act=Act.AUDIENCE, by=by, at=at, register=entry.register, reference=entry.reference)
    return entry


def reasons_of(entry: Entry) -> dict[Service, str]:
    """Service → why the entry is for it; empty where none is on file, as after an old list."""
    told = {
        each.service_id: each.reason
        for each in entry.audience_reasons.select_related("entry__case_file")
    }
    return {service: told.get(service.pk, "") for service in entry.audience.all()}


def _replace(entry: Entry, reasons: Mapping[Service, str], by: Any, at: datetime) -> None:
    entry.audience_members.exclude(service__in=list(reasons)).delete()
    there = set(entry.audience_members.values_list("service", flat=True))
    AudienceMember.objects.bulk_create(
        AudienceMember(entry=entry, service=service)
        for service in reasons
        if service.pk not in there
    )
    entry.audience_reasons.all().delete()
    AudienceReason.objects.bulk_create(
        AudienceReason(entry=entry, service=service, reason=why.strip(), given_by=by, given_at=at)
        for service, why in reasons.items()
        if why.strip()
    )
