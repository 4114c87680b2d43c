"""Who hears an appeal: members of CMT who took no part in what it is against (A25)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Appeal, Entry, Hearer, MailKind
from cautionary_plugin.rules.appeals import (
    TookPart,
    check_enough_hearers,
    check_may_hear,
    why_excluded,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYours
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import Act

from .locking import lock_appeal
from .took_part import took_part_in


@action
def name_hearers(*, appeal: Appeal, users: Collection[Any], by: Any, at: datetime) -> list[Hearer]:
    """Name all who hear an appeal; who was named before and is not among them is released.

    Each is told by mail. Where an outcome is proposed already, whoever signed it stays, and
    somebody must be left to sign.

    :raises NotYourPost: ``by`` neither records appeals nor decides on this register.
    :raises Excluded: one of them took part in what the appeal is against.
    :raises BadInput: under ``users``: too few, or one who is no member of CMT now.
    :raises AlreadyDone: the appeal is decided or withdrawn.
    """
    entry, appeal = lock_appeal(appeal)
    _check_may_name(entry, by=by, at=at)
    check_counts(entry, at=at)
    if appeal.state not in (AppealState.LODGED, AppealState.PROPOSED):
        raise AlreadyDone("The appeal is decided or withdrawn.")
    people = {user.pk: user for user in users}
    check_enough_hearers(len(people), needed=entry.register.hearers_needed)
    took_part = took_part_in(entry, at=at)
    for user in people.values():
        if Power.HEAR_APPEALS not in standing_of(user, at=at).powers(entry.register):
            raise BadInput({"users": ["Each must be a member of CMT today."]})
        check_may_hear(user.pk, took_part)
    _check_signatures(appeal, people)
    _check_released(appeal, people, took_part, at)
    known = {hearer.user_id for hearer in appeal.hearers.all()}
    appeal.hearers.exclude(user__in=people).delete()
    new = [user for key, user in people.items() if key not in known]
    Hearer.objects.bulk_create(Hearer(appeal=appeal, user=user, named_at=at) for user in new)
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    queue_mail(kind=MailKind.HEARING, to=new, at=at, reference=appeal.reference)
    return list(appeal.hearers.all())


def check_hears(appeal: Appeal, *, by: Any, at: datetime) -> Hearer:
    """The person is named for this appeal, is still a member of CMT, and took no part since.

    :raises NotYourPost: no post hears appeals on this register.
    :raises NotYours: not named for this one.
    :raises Excluded: they have taken part meanwhile.
    """
    entry = appeal.entry
    standing_of(by, at=at).check_may_handle(Power.HEAR_APPEALS, entry.register)
    hearer = Hearer.objects.filter(appeal=appeal, user=by).first()
    if hearer is None:
        raise NotYours("You are not named to hear this appeal.")
    check_may_hear(by.pk, took_part_in(entry, at=at))
    return hearer


def _check_may_name(entry: Entry, *, by: Any, at: datetime) -> None:
    standing = standing_of(by, at=at)
    decides = Power.DECIDE in standing.powers(entry.register)
    power = Power.DECIDE if decides else Power.RECORD_APPEALS
    standing.check_may_handle(power, entry.register)


def _check_signatures(appeal: Appeal, people: Collection[Any]) -> None:
    if appeal.state != AppealState.PROPOSED:
        return
    signed = {hearer.user_id for hearer in appeal.hearers.exclude(signed_at=None)}
    if signed - set(people):
        raise BadInput({"users": ["Whoever signed the outcome stays a hearer."]})
    if signed == set(people):
        raise BadInput({"users": ["Somebody must be left to sign the outcome."]})


def _check_released(
    appeal: Appeal, people: Collection[Any], took_part: TookPart, at: datetime
) -> None:
    """Once an outcome was proposed, nobody who can hear it is taken off: nobody picks a majority.

    :raises BadInput: under ``users``.
    """
    if appeal.proposed_at is None:
        return
    register = appeal.entry.register
    for hearer in appeal.hearers.exclude(user=None).exclude(user__in=people):
        hears = Power.HEAR_APPEALS in standing_of(hearer.user, at=at).powers(register)
        if hears and why_excluded(hearer.user_id, took_part) is None:
            sentence = "Once an outcome was proposed, whoever can still hear it stays a hearer."
            raise BadInput({"users": [sentence]})
