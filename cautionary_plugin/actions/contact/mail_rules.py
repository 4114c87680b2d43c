"""Whoever runs mail switches a divert on or off, and sees what that takes, no more (B28–B30)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import EmailDivert
from cautionary_plugin.rules.errors import AlreadyDone, IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import DivertState, check_move
from cautionary_plugin.rules.vocabulary import Act

from .locking import lock_divert

TO_SWITCH = (DivertState.REQUESTED, DivertState.ENDING)
ON_OR_TO_SWITCH = (*TO_SWITCH, DivertState.ACTIVE)


@dataclass(frozen=True, repr=False)
class MailRule:
    """What the rule on the mail server says; neither who the customer is, nor why.

    No ``repr``: templates log what they are given.

    :ivar senders: the customer's addresses.
    :ivar target: where their e-mail goes: the single point of contact's address, and no other.
    :ivar councillors: addresses of the councillors who want it for their own e-mail too.
    """

    reference: str
    senders: list[str]
    target: str
    councillors: list[str]


@action
def open_mail_rule(*, divert: EmailDivert, by: Any, at: datetime) -> MailRule:
    """What is to be switched; that it was opened is recorded.

    :raises NotYourPost: ``by`` does not run mail for this register.
    :raises IllegalMove: it waits for something else, or is over.
    """
    register = divert.arrangement.register
    standing_of(by, at=at).check_power(Power.RUN_DIVERTS, register)
    check_not_shut_out(divert.arrangement.case, by)
    if divert.state not in ON_OR_TO_SWITCH:
        raise IllegalMove("There is nothing to switch.")
    record(act=Act.READ_CASE, by=by, at=at, register=register, reference=divert.reference)
    wanting = divert.councillors.filter(wants=True)
    return MailRule(
        reference=divert.reference,
        senders=divert.addresses.splitlines(),
        target=divert.arrangement.email,
        councillors=[each.email for each in wanting],
    )


@action
def switch_on(*, divert: EmailDivert, seen: datetime, by: Any, at: datetime) -> EmailDivert:
    """Say that the divert is on, as it was read.

    :param seen: when what was read was asked for; what was asked for since is another rule.
    :raises NotYourPost: ``by`` does not run mail for this register.
    :raises IllegalMove: it is not to be switched on.
    :raises AlreadyDone: another rule was asked for meanwhile.
    """
    divert = lock_divert(divert)
    register = divert.arrangement.register
    standing_of(by, at=at).check_power(Power.RUN_DIVERTS, register)
    check_not_shut_out(divert.arrangement.case, by)
    check_move(DivertState, divert.state, DivertState.ACTIVE, by=Power.RUN_DIVERTS)
    if seen != divert.requested_at:
        raise AlreadyDone("The divert has changed meanwhile. Read it again before you switch it.")
    divert.state, divert.switched_on_by, divert.switched_on_at = DivertState.ACTIVE, by, at
    divert.save(update_fields=["state", "switched_on_by", "switched_on_at"])
    record(act=Act.DIVERT, by=by, at=at, register=register, reference=divert.reference)
    return divert


@action
def switch_off(*, divert: EmailDivert, by: Any, at: datetime) -> EmailDivert:
    """Say that the divert is off; with that it is over.

    :raises NotYourPost: ``by`` does not run mail for this register.
    :raises IllegalMove: it is not to be switched off.
    """
    divert = lock_divert(divert)
    register = divert.arrangement.register
    standing_of(by, at=at).check_power(Power.RUN_DIVERTS, register)
    check_not_shut_out(divert.arrangement.case, by)
    check_move(DivertState, divert.state, DivertState.ENDED, by=Power.RUN_DIVERTS)
    divert.state = DivertState.ENDED
    divert.save(update_fields=["state"])
    record(act=Act.DIVERT, by=by, at=at, register=register, reference=divert.reference)
    return divert
