"""Who hears an appeal or a review: people who took no part in what it is against (A25, B37, B50).

Against the register members of CMT; against the schedule a director where the risk is high, else
panel members, or the Monitoring Officer where too few of them took no part.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_entry_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Appeal, Entry, Hearer, MailKind
from cautionary_plugin.rules.appeals import (
    AND_ALSO,
    HEARING_POWER,
    WHO,
    TookPart,
    check_enough_hearers,
    check_may_hear,
    heard_in_the_end_by,
    hearers_needed,
    hears,
    is_review,
    why_excluded,
)
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, NotYours
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import AppealState
from cautionary_plugin.rules.vocabulary import Act, HeardBy

from .locking import lock_appeal
from .took_part import took_part_in


@action
def name_hearers(*, appeal: Appeal, users: Collection[Any], by: Any, at: datetime) -> list[Hearer]:
    """Name all who hear an appeal; who was named before and is not among them is released.

    Each is told by mail. Where an outcome is proposed already, whoever signed it stays, and
    somebody must be left to sign.

    :raises NotYourPost: ``by`` neither records appeals nor decides on this register.
    :raises Excluded: one of them took part in what the appeal is against.
    :raises BadInput: under ``users``: too few, or one who is not of those who hear it.
    :raises AlreadyDone: the appeal is decided or withdrawn.
    """
    entry, appeal = lock_appeal(appeal)
    _check_may_name(entry, by=by, at=at)
    check_counts(entry, at=at)
    if appeal.state not in (AppealState.LODGED, AppealState.PROPOSED):
        raise AlreadyDone("The appeal is decided or withdrawn.")
    people = {user.pk: user for user in users}
    took_part = took_part_in(entry, at=at)
    appeal.heard_by = heard_by_now(appeal, took_part, at=at)
    body = HeardBy(appeal.heard_by)
    check_enough_hearers(len(people), needed=needed_for(appeal), heard_by=body)
    for user in people.values():
        if not hears(standing_of(user, at=at).powers(entry.register), body):
            raise BadInput({"users": [f"It is heard by the {WHO[body]}, and by nobody else."]})
        check_may_hear(user.pk, took_part)
    _check_signatures(appeal, people)
    _check_released(appeal, people, took_part, at)
    appeal.save(update_fields=["heard_by"])
    known = {hearer.user_id for hearer in appeal.hearers.all()}
    appeal.hearers.exclude(user__in=people).delete()
    new = [user for key, user in people.items() if key not in known]
    Hearer.objects.bulk_create(Hearer(appeal=appeal, user=user, named_at=at) for user in new)
    record(act=Act.APPEAL, by=by, at=at, register=entry.register, reference=appeal.reference)
    queue_mail(kind=MailKind.HEARING, to=new, at=at, reference=appeal.reference)
    return list(appeal.hearers.all())


def heard_by_now(appeal: Appeal, took_part: TookPart, *, at: datetime) -> HeardBy:
    """Who is to hear it, as things are; once an outcome was proposed that stays as it is."""
    body = HeardBy(appeal.heard_by)
    if appeal.proposed_at is not None or not is_review(body):
        return body
    members = candidates(appeal, HeardBy.PANEL, at=at)
    fit = [each for each in members if why_excluded(each.pk, took_part) is None]
    needed = hearers_needed(HeardBy.PANEL, several=appeal.entry.register.hearers_needed)
    return heard_in_the_end_by(HeardBy.PANEL, fit=len(fit), needed=needed)


def candidates(appeal: Appeal, body: HeardBy, *, at: datetime) -> list[Any]:
    """Everybody who is of those who hear it, whether or not they took part."""
    register = appeal.entry.register
    found = holders_of(HEARING_POWER[body], at=at, register=register)
    if body not in AND_ALSO:
        return found
    also = {each.pk for each in holders_of(AND_ALSO[body], at=at, register=register)}
    return [each for each in found if each.pk in also]


def needed_for(appeal: Appeal) -> int:
    """How many hear it."""
    register = appeal.entry.register
    return hearers_needed(HeardBy(appeal.heard_by), several=register.hearers_needed)


def power_to_hear(appeal: Appeal) -> Power:
    """The power by which it is heard."""
    return HEARING_POWER[HeardBy(appeal.heard_by)]


def check_hears(appeal: Appeal, *, by: Any, at: datetime) -> Hearer:
    """The person is named for this appeal, still has the post for it, and took no part since.

    :raises NotYourPost: no post that hears it.
    :raises NotYours: not named for this one.
    :raises Excluded: they have taken part meanwhile.
    """
    entry = appeal.entry
    standing = standing_of(by, at=at)
    standing.check_may_handle(power_to_hear(appeal), entry.register)
    if not hears(standing.powers(entry.register), HeardBy(appeal.heard_by)):
        raise NotYourPost("None of your posts may do this.")
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
    check_entry_not_shut_out(entry, by)


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
    register, body = appeal.entry.register, HeardBy(appeal.heard_by)
    for hearer in appeal.hearers.exclude(user=None).exclude(user__in=people):
        still = hears(standing_of(hearer.user, at=at).powers(register), body)
        if still and why_excluded(hearer.user_id, took_part) is None:
            sentence = "Once an outcome was proposed, whoever can still hear it stays a hearer."
            raise BadInput({"users": [sentence]})
