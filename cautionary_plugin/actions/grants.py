"""Reading grants: asked for by one, approved by another, for a job and a time (A40)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.conf import conf
from cautionary_plugin.models import ReadingGrant, Register, Service
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import (
    check_grant_period,
    check_reason,
    check_second_person,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock


@action
def request_grant(
    *,
    user: Any,
    register: Register,
    service: Service,
    job_basis: str,
    ends_on: date,
    by: Any,
    at: datetime,
) -> ReadingGrant:
    """Ask for read access, for oneself or, as a manager, for a colleague.

    :raises NotYourPost: ``by`` asks for another without a post that may.
    :raises BadInput: no job basis, or the end is missing the council's limits.
    :raises AlreadyDone: the same request is waiting.
    """
    register = lock(register)
    if user.pk != by.pk:
        standing_of(by, at=at).check_power(Power.REQUEST_FOR_OTHERS, register)
    starts_on = timezone.localdate(at)
    check_reason(job_basis, field="job_basis")
    check_grant_period(starts_on=starts_on, ends_on=ends_on, longest_months=conf.GRANT_MONTHS)
    same = ReadingGrant.objects.filter(user=user, register=register, service=service)
    if same.waiting().exists():
        raise AlreadyDone("This has been asked for already, and waits for approval.")
    grant = ReadingGrant.objects.create(
        user=user,
        register=register,
        service=service,
        job_basis=job_basis.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        requested_by=by,
        requested_at=at,
    )
    record(act=Act.GRANTED, by=by, at=at, register=register)
    return grant


@action
def approve_grant(*, grant: ReadingGrant, by: Any, at: datetime) -> ReadingGrant:
    """Approve a grant: never one's own, and never one that one has asked for oneself.

    :raises NotYourPost: ``by`` may not approve for this register.
    :raises SamePerson: ``by`` is the grantee, or has asked for it.
    :raises AlreadyDone: settled before.
    """
    grant = lock(grant)
    standing_of(by, at=at).check_power(Power.APPROVE_GRANTS, grant.register)
    check_second_person(first=grant.user_id, second=by.pk)
    check_second_person(first=grant.requested_by_id, second=by.pk)
    if grant.approved_at or grant.ended_at:
        raise AlreadyDone("This request was settled before.")
    grant.approved_at, grant.approved_by = at, by
    grant.save(update_fields=["approved_at", "approved_by"])
    record(act=Act.GRANTED, by=by, at=at, register=grant.register)
    return grant


@action
def end_grant(*, grant: ReadingGrant, by: Any, at: datetime) -> ReadingGrant:
    """End a grant now, or turn down a request; the grantee may give theirs back.

    :raises NotYourPost: ``by`` may not approve for this register and is not the grantee.
    :raises AlreadyDone: ended before.
    """
    grant = lock(grant)
    if grant.user_id != by.pk:
        standing_of(by, at=at).check_power(Power.APPROVE_GRANTS, grant.register)
    if grant.ended_at:
        raise AlreadyDone("This grant was ended before.")
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])
    record(act=Act.GRANTED, by=by, at=at, register=grant.register)
    return grant
