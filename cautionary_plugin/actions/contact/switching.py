"""What an arrangement's change means for its divert: switched anew, or off (B28)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import apart_from_case, holders_of, queue_mail
from cautionary_plugin.models import EmailDivert, MailKind, SinglePointOfContact
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import DivertState, check_move


@action
def switch_anew(arrangement: SinglePointOfContact, *, by: str, at: datetime) -> None:
    """What is to be switched has changed, such as the address: the divert is asked for anew.

    :param by: the power that the caller has checked, or ``ANYBODY`` for what is one's own.
    """
    concerned = (DivertState.REQUESTED, DivertState.ACTIVE)
    for divert in _diverts(arrangement).filter(state__in=concerned):
        if divert.state == DivertState.ACTIVE:
            check_move(DivertState, divert.state, DivertState.REQUESTED, by=by)
        divert.state, divert.requested_at = DivertState.REQUESTED, at
        divert.save(update_fields=["state", "requested_at"])
        tell_mail_administrators(divert, at=at)


@action
def let_go(arrangement: SinglePointOfContact, *, by: Any, mover: str, at: datetime) -> None:
    """No divert goes there any more: each is to be switched off, or ends if it was never on."""
    for divert in _diverts(arrangement).exclude(state=DivertState.ENDED):
        if divert.state != DivertState.ENDING:
            end_divert_now(divert, by=by, mover=mover, at=at)


@action
def end_divert_now(divert: EmailDivert, *, by: Any, mover: str, at: datetime) -> None:
    """The divert is to be switched off, or ends if it was never on.

    :param divert: locked by the caller.
    :param mover: the power that the caller has checked, or ``THE_CLOCK``.
    """
    was_on = divert.switched_on_at is not None
    end = DivertState.ENDING if was_on else DivertState.ENDED
    check_move(DivertState, divert.state, end, by=mover)
    divert.state, divert.ended_by, divert.ended_at = end, by, at
    divert.save(update_fields=["state", "ended_by", "ended_at"])
    divert.letters.filter(sent_on=None, issued_at=None).delete()
    if was_on:
        tell_mail_administrators(divert, at=at)


def tell_mail_administrators(divert: EmailDivert, *, at: datetime) -> None:
    """Something is to be switched; what, is on the intranet."""
    register = divert.arrangement.register
    them = holders_of(Power.RUN_DIVERTS, at=at, register=register)
    told = apart_from_case(them, divert.arrangement.case)
    queue_mail(kind=MailKind.DIVERT, to=told, at=at, reference=divert.reference)


def _diverts(arrangement: SinglePointOfContact) -> Any:
    return arrangement.diverts.order_by("pk").select_for_update()
