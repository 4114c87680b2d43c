"""A request comes in; who asks is checked; or it is withdrawn (L8)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_file_not_shut_out
from cautionary_plugin.access.families import root_of, whole_family
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.holds import registers_of
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import AccessRequest, CaseFile, IncidentReport
from cautionary_plugin.rules.access_requests import check_received, due_on, holds_until
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import ReportState, RequestState, check_move
from cautionary_plugin.rules.vocabulary import Act


@action
def receive_request(
    *, case_file: CaseFile, received_on: date, asked: str, by: Any, at: datetime
) -> AccessRequest:
    """Record a request; from now on the file is kept until it is answered.

    It lies on the file that the others were joined to.

    :param case_file: of the person who asks, or of whom somebody asks on their behalf.
    :raises NotYourPost, Excluded: as :func:`check_may_prepare`.
    :raises BadInput: under ``received_on``.
    :raises AlreadyDone: one is pending already, or the file is being erased.
    """
    case_file = lock(CaseFile(pk=root_of(case_file.pk)))
    check_may_prepare(case_file, by, at)
    today = timezone.localdate(at)
    check_received(received_on, on=today)
    if case_file.key_is_forgotten:
        raise AlreadyDone("This file is being erased, and nobody can stop that any more.")
    family = list(whole_family([case_file.pk]))
    if AccessRequest.objects.pending().filter(case_file__in=family).exists():
        raise AlreadyDone("A request about this file is pending already.")
    (reference,) = take_references(Prefix.ACCESS_REQUEST, 1, at=at)
    request = AccessRequest.objects.create(
        reference=reference,
        case_file=case_file,
        received_on=received_on,
        due_on=due_on(received_on),
        holds_until=holds_until(received_on, recorded_on=today),
        recorded_by=by,
        recorded_at=at,
        asked=asked,
    )
    note(request, by, at)
    return request


@action
def check_identity(*, request: AccessRequest, how: str, by: Any, at: datetime) -> AccessRequest:
    """Record that somebody has checked who asks, and how.

    :raises BadInput: under ``how``.
    :raises AlreadyDone: it was checked, or the request is settled.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at)
    check_pending(request)
    if request.identity_checked_at:
        raise AlreadyDone("The identity was checked before.")
    if not how.strip():
        raise BadInput({"how": ["Say how you know who asks."]})
    request.identity_check, request.identity_checked_by = how, by
    request.identity_checked_at = at
    request.save(update_fields=["identity_check", "identity_checked_by", "identity_checked_at"])
    note(request, by, at)
    return request


@action
def withdraw_request(
    *, request: AccessRequest, because: str, by: Any, at: datetime
) -> AccessRequest:
    """The request is not answered: who asked has withdrawn it, or is not the person.

    What was prepared is deleted.

    :raises BadInput: under ``because``.
    :raises IllegalMove: it is settled.
    """
    request = lock(request)
    check_may_prepare(request.case_file, by, at)
    check_move(RequestState, request.state, RequestState.WITHDRAWN, by=Power.PREPARE_PACKS)
    if not because.strip():
        raise BadInput({"because": ["Say why it is not answered."]})
    request.lines.all().delete()
    request.state, request.withdrawn_because = RequestState.WITHDRAWN, because
    request.settled_by, request.settled_at = by, at
    request.save(update_fields=["state", "withdrawn_because", "settled_by", "settled_at"])
    note(request, by, at)
    return request


def check_may_prepare(
    case_file: CaseFile, by: Any, at: datetime, *, power: Power = Power.PREPARE_PACKS
) -> None:
    """The person answers for every register of the file and of what goes with it.

    A pack holds all of that. Nobody answers for a draft: it is its writer's until it is sent.

    :raises NotYourPost: they do not.
    :raises BriefingLapsed: their post also reads, and they are not briefed (A49).
    :raises Excluded: they are shut out of a case about it (B11).
    """
    standing, registers = standing_of(by, at=at), registers_of(case_file)
    drafts = IncidentReport.objects.filter(case_file=case_file, state=ReportState.DRAFT)
    if not registers or drafts.exists():
        raise NotYourPost("None of your posts may do this.")
    for register in registers:
        standing.check_may_handle(power, register)
    check_file_not_shut_out(case_file, by)


def check_pending(request: AccessRequest) -> None:
    """It is neither answered nor withdrawn.

    :raises AlreadyDone: it is.
    """
    if request.settled_at:
        raise AlreadyDone("This request is answered or withdrawn already.")


def note(request: AccessRequest, by: Any, at: datetime, *, act: Act = Act.PACK) -> None:
    """A line in the access record."""
    record(
        act=act,
        by=by,
        at=at,
        register=next(iter(registers_of(request.case_file)), None),
        reference=request.reference,
    )
