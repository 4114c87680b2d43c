"""Queue mail in the transaction of the act that it tells of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.models import (
    AccessAnchor,
    Appointment,
    MailKind,
    Meeting,
    OutboxMessage,
    PanelCase,
    PartnerMail,
    Register,
    Service,
    StaffBulletin,
)
from cautionary_plugin.rules.posts import Power, powers_of

from .base import action
from .outbox import hurry


@action
def queue_mail(
    *,
    kind: MailKind,
    to: Iterable[Any],
    at: datetime,
    reference: str = "",
    bulletin: StaffBulletin | None = None,
    meeting: Meeting | None = None,
    anchor: AccessAnchor | None = None,
) -> list[OutboxMessage]:
    """One message to each person, once; the first few are tried when the transaction is through.

    :param to: accounts; None stands for the council's fixed addresses
        (``CAUTIONARY_ALERT_ADDRESSES``), which nobody can change in an account.
    :param meeting: what an invitation is to; its calendar entry is made at delivery.
    """
    people = {getattr(person, "pk", None): person for person in to}
    messages = OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                kind=kind,
                to=person,
                reference=reference,
                bulletin=bulletin,
                meeting=meeting,
                anchor=anchor,
                queued_at=at,
            )
            for person in people.values()
        ],
        batch_size=500,
    )
    hurry(messages, at=at)
    return messages


@action
def queue_partner_mail(*, kind: MailKind, mail: PartnerMail) -> OutboxMessage:
    """One encrypted message to a partner; tried when the transaction is through (A46)."""
    message = OutboxMessage.objects.create(kind=kind, partner_mail=mail, queued_at=mail.queued_at)
    hurry([message], at=mail.queued_at)
    return message


def holders_of(
    power: Power, *, at: datetime, register: Register | None = None, service: Service | None = None
) -> list[Any]:
    """The active people whose posts have a power, on one register or on any.

    :param service: only those whose posts are of this service.
    """
    in_force = Appointment.objects.in_force_on(timezone.localdate(at)).select_related(
        "post", "user"
    )
    people = {
        appointment.user_id: appointment.user
        for appointment in in_force
        if appointment.user
        and appointment.user.is_active
        and (register is None or appointment.post.register_id in (None, register.pk))
        and (service is None or appointment.post.service_id == service.pk)
        and power in powers_of(appointment.post.kind)
    }
    return list(people.values())


def apart_from_case(people: Iterable[Any], case: PanelCase | None) -> list[Any]:
    """The people without those who are shut out of a case: no mail tells them of it (B11)."""
    apart = shut_out(case) if case is not None else frozenset()
    return [person for person in people if person is not None and person.pk not in apart]


def has_address(person: Any) -> bool:
    """Whether the account has an e-mail address."""
    return bool(getattr(person, get_user_model().get_email_field_name(), ""))
