"""Who sits for which post of the panel now, and whether that is a quorum (B7, B8, B11).

It is counted at each item, from who is in the room at that moment: a member who left, or who is
excluded from the case, does not count, and a post is one seat whoever sits for it.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from .errors import NoSeat, NotReady


@dataclass(frozen=True)
class Present:
    """Somebody in the room who holds a post of the panel, or stands in for its holder.

    :ivar person: key of the account.
    :ivar post: key of the post.
    :ivar briefed: whether a deputy's briefing is confirmed for this post and meeting.
    """

    person: Hashable
    post: Hashable
    as_deputy: bool = False
    briefed: bool = False


def seats(
    present: Iterable[Present], *, excluded: Collection[Hashable] = ()
) -> dict[Hashable, Present]:
    """Post → who sits for it at this item.

    The holder sits before a deputy, and a deputy only when briefed. Nobody sits twice: whoever
    holds a post and deputises for another sits for their own.
    """
    eligible = [each for each in present if each.person not in excluded]
    taken: dict[Hashable, Present] = {}
    seated: set[Hashable] = set()
    holders = (each for each in eligible if not each.as_deputy)
    deputies = (each for each in eligible if each.as_deputy and each.briefed)
    for each in (*holders, *deputies):
        if each.post not in taken and each.person not in seated:
            taken[each.post] = each
            seated.add(each.person)
    return taken


def seat_of(person: Hashable, taken: dict[Hashable, Present]) -> Present:
    """The seat that somebody has now.

    :raises NoSeat: they have none.
    """
    for each in taken.values():
        if each.person == person:
            return each
    raise NoSeat(
        "You have no seat at this item now: you are not in the room, you are excluded from it, "
        "or somebody else sits for the post."
    )


def check_quorate(taken: dict[Hashable, Present], *, quorum: int) -> None:
    """Enough posts are represented at this moment.

    :raises NotReady: fewer than the quorum; deputies are called, or the item is adjourned.
    """
    if len(taken) < quorum:
        sentence = (
            f"The panel is not quorate for this item: {len(taken)} of {quorum} members may decide "
            "now. Call a briefed deputy, or adjourn the item."
        )
        raise NotReady(sentence, missing=[sentence])
