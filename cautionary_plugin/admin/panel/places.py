"""Each post of the panel at one meeting, in a word: who sits for it, who comes, or why not (B8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cautionary_plugin.access.people import signature_of
from cautionary_plugin.models import Attendee, Post
from cautionary_plugin.rules.quorum import Present, seats
from cautionary_plugin.rules.vocabulary import Capacity

from .told import clock

SITS, COMES, EMPTY = "sits", "comes", "empty"


@dataclass(frozen=True, repr=False)
class Seat:
    """One post. No ``repr``: it tells a name.

    :ivar who: who sits, or would; empty where nobody is invited.
    :ivar standing: ``sits``, ``comes`` or ``empty``; ``words`` say it.
    """

    post: str
    who: str
    standing: str
    words: str

    @property
    def is_coming(self) -> bool:
        """Whether somebody is expected to sit for the post, or sits."""
        return self.standing in (SITS, COMES)


def seats_of(
    posts: Iterable[Post], attendees: Iterable[Attendee], present: list[Present], *, ahead: bool
) -> list[Seat]:
    """The seats of the panel, in the order of its posts.

    :param ahead: the meeting is still to come: whoever is invited and sent no apologies comes.
    """
    taken = seats(present)
    invited: dict[Any, list[Attendee]] = {}
    for each in attendees:
        if each.post_id is not None and each.case_id is None:
            invited.setdefault(each.post_id, []).append(each)
    return [
        _seat(post, invited.get(post.pk, []), taken.get(post.pk), ahead=ahead) for post in posts
    ]


def _seat(post: Post, invited: list[Attendee], sits: Present | None, *, ahead: bool) -> Seat:
    if sits is not None and not ahead:
        holder = next(each.user for each in invited if each.user_id == sits.person)
        words = _("sits as deputy") if sits.as_deputy else _("sits")
        return Seat(post.title, signature_of(holder), SITS, words)
    told = [_told(each, ahead=ahead) for each in invited]
    if not told:
        return Seat(post.title, "", EMPTY, _("nobody is invited"))
    # The last who was named, but whoever comes before whoever does not.
    who, standing, words = next((each for each in told if each[1] == COMES), told[-1])
    return Seat(post.title, who, standing, words)


def _told(each: Attendee, *, ahead: bool) -> tuple[str, str, str]:
    who = signature_of(each.user) if each.user else ""
    is_deputy = each.capacity == Capacity.DEPUTY
    if each.left_at:
        return who, EMPTY, _("left at %(time)s") % {"time": clock(each.left_at)}
    if each.apologies_at and not each.came_at:
        return who, EMPTY, _("apologies")
    if is_deputy and each.briefed_at is None:
        return who, EMPTY, _("deputy, not briefed")
    if ahead:
        return who, COMES, _("deputy, briefed") if is_deputy else _("invited")
    return who, EMPTY, _("not here")
