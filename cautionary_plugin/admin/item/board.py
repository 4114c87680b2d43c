"""What the head of an item's page shows all the time: quorum, seats, votes (B7, B11, B19)."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.access.people import signature_of
from cautionary_plugin.actions.panel.invitations import in_order, panel_posts
from cautionary_plugin.actions.panel.seating import seats_at
from cautionary_plugin.models import AgendaItem, Attendee, Post
from cautionary_plugin.rules.vocabulary import Capacity


@dataclass(frozen=True, repr=False)
class Seat:
    """One post of the panel at this item, now.

    :ivar who: who sits, or who would; empty where nobody was invited.
    :ivar standing: ``sits``, ``excluded``, ``left`` or ``empty``; ``words`` say it.
    """

    post: Post
    who: str
    standing: str
    words: str


@dataclass(frozen=True, repr=False)
class Board:
    """Who decides on an item at this moment.

    :ivar taken: key of each post → who sits for it.
    """

    seats: list[Seat]
    taken: dict[Any, Any]
    quorum: int
    needed: int

    @property
    def is_quorate(self) -> bool:
        return len(self.taken) >= self.quorum

    @property
    def quorum_in_words(self) -> str:
        """How many sit of how many must; the first thing to see at each item."""
        told = {"now": len(self.taken), "quorum": self.quorum}
        if self.is_quorate:
            return _("Quorate: %(now)s sit, %(quorum)s needed") % told
        return _("Not quorate: %(now)s sit, %(quorum)s needed") % told


def board_of(item: AgendaItem) -> Board:
    """The board of an item, in four queries whoever is there."""
    register = item.meeting.register
    taken = seats_at(item)
    excluded = shut_out(item.case)
    invited: dict[Any, list[Attendee]] = {}
    seated = item.meeting.attendees.filter(capacity__in=[Capacity.MEMBER, Capacity.DEPUTY])
    for each in seated.select_related("user", "post"):
        invited.setdefault(each.post_id, []).append(each)
    return Board(
        seats=[
            _seat(post, invited.get(post.pk, []), taken.get(post.pk), excluded)
            for post in in_order(panel_posts(register))
        ],
        taken=taken,
        quorum=register.quorum or 0,
        needed=register.votes_needed or 0,
    )


def _seat(post: Post, invited: list[Attendee], sits: Any, excluded: Any) -> Seat:
    if sits is not None:
        who = next(each.user for each in invited if each.user_id == sits.person)
        words = _("sits as deputy") if sits.as_deputy else _("sits")
        return Seat(post, signature_of(who), "sits", words)
    told = [_absence(each, excluded) for each in invited]
    if not told:
        return Seat(post, "", "empty", _("nobody was invited"))
    name, standing, words = min(told, key=lambda each: ORDER.index(each[1]))
    return Seat(post, name, standing, words)


ORDER = ["excluded", "left", "empty"]


def _absence(each: Attendee, excluded: Any) -> tuple[str, str, str]:
    """Why somebody who was invited does not sit, the weightiest reason first."""
    who = signature_of(each.user) if each.user else ""
    if each.user_id in excluded:
        return who, "excluded", _("excluded")
    if each.left_at:
        return who, "left", _("left at %(time)s") % {"time": _clock(each.left_at)}
    if each.apologies_at:
        return who, "empty", _("apologies")
    if each.came_at is None:
        return who, "empty", _("not here")
    if each.capacity == Capacity.DEPUTY and each.briefed_at is None:
        return who, "empty", _("deputy, not briefed")
    return who, "empty", _("sits for another post")


def _clock(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M}"
