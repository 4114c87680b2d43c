"""Hand out the codes with which people enrol a phone, and take a second factor away (A40).

Enrolling takes two people: somebody with the power issues a code, and the person enters it after
their password. A stolen password alone enrols nobody's phone.
"""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Authenticator, EnrolmentCode, MailKind, RecoverySheet
from cautionary_plugin.models.second_factor import ENROLMENT_SIGNS
from cautionary_plugin.rules.codes import draw, tidied
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.second_factor import ResetReason
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing.digests import digest

from .access import record
from .base import action
from .mail import holders_of, queue_mail

WEIGHTY = {Power.APPOINT, Power.APPROVE_GRANTS, Power.READ_BASIS}
ACCOUNT = "user "


@action
def issue_enrolment_code(*, for_user: Any, by: Any, at: datetime) -> str:
    """Issue a code for a colleague; it is shown once and replaces any code of before.

    :raises NotYourPost: ``by`` may not issue codes.
    :raises SamePerson: nobody issues a code to themselves.
    :raises AlreadyDone: the colleague has an authenticator; reset it first.
    """
    standing_of(by, at=at).check_power(Power.ISSUE_CODES)
    check_second_person(first=by, second=for_user)
    _check_may_touch(for_user, by=by, at=at)
    return _issue(for_user, by=by, at=at, screen="second factor: issued a code")


@action
def issue_code_at_console(*, for_user: Any, at: datetime) -> str:
    """Issue a code at the server's console: for the first owner, and when nobody else can.

    :raises AlreadyDone: the person has an authenticator; reset it first.
    """
    return _issue(for_user, by=None, at=at, screen="second factor: code at the console")


@action
def reset_second_factor(*, for_user: Any, by: Any, at: datetime, reason: ResetReason) -> None:
    """Take a colleague's authenticator, recovery codes and open code away.

    Sessions that were verified with them are refused at their next request.

    :raises NotYourPost: ``by`` may not reset.
    :raises SamePerson: it takes a second person.
    :raises AlreadyDone: there is nothing to take away.
    """
    standing_of(by, at=at).check_power(Power.RESET_SECOND_FACTOR)
    check_second_person(first=by, second=for_user)
    _check_may_touch(for_user, by=by, at=at)
    _reset(for_user, by=by, at=at, screen=f"second factor: reset ({reason})")


@action
def reset_at_console(*, for_user: Any, at: datetime) -> None:
    """Take somebody's second factor away at the server's console.

    :raises AlreadyDone: there is nothing to take away.
    """
    _reset(for_user, by=None, at=at, screen="second factor: reset at the console")


def _check_may_touch(for_user: Any, *, by: Any, at: datetime) -> None:
    """The phone of somebody with a weighty post is an owner's business, or the console's.

    Else a manager with one stolen password could make themselves owner.
    """
    if WEIGHTY & standing_of(for_user, at=at).powers():
        standing_of(by, at=at).check_power(Power.APPOINT)


def tell(user: Any, *, at: datetime) -> None:
    """Tell the person and the owners, by mail, that the second factor was changed."""
    owners = holders_of(Power.APPOINT, at=at)
    queue_mail(kind=MailKind.SECOND_FACTOR, to=[user, *owners], reference=whose(user), at=at)


def whose(user: Any) -> str:
    """How the access record says whose second factor it was: the account's key, not a name."""
    return f"{ACCOUNT}{user.pk}"


def _issue(for_user: Any, *, by: Any, at: datetime, screen: str) -> str:
    if Authenticator.of(for_user):
        raise AlreadyDone("They have an authenticator already. Reset it first.")
    code = draw(ENROLMENT_SIGNS)
    facts = {
        "digest": digest(tidied(code, ENROLMENT_SIGNS) or "", purpose="enrolment"),
        "issued_by": by,
        "issued_at": at,
        "expires_at": at + conf.ENROLMENT_CODE_FOR,
        "used_at": None,
        "confirmed": False,
        "throttling_failure_timestamp": None,
        "throttling_failure_count": 0,
    }
    EnrolmentCode.objects.update_or_create(user=for_user, defaults=facts)
    record(act=Act.SECOND_FACTOR, by=by, at=at, reference=whose(for_user), screen=screen)
    tell(for_user, at=at)
    return code


def _reset(for_user: Any, *, by: Any, at: datetime, screen: str) -> None:
    removed = [
        model.objects.filter(user=for_user).delete()[0]
        for model in (EnrolmentCode, Authenticator, RecoverySheet)
    ]
    if not any(removed):
        raise AlreadyDone("They have no second factor to reset.")
    record(act=Act.SECOND_FACTOR, by=by, at=at, reference=whose(for_user), screen=screen)
    tell(for_user, at=at)
