"""Set a site up from the console: keys, a register, its owner (A5, B5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cautionary_plugin.models import Post, Register
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import PostKind

from .base import action
from .briefings import record_briefing
from .enrolment import issue_code_at_console
from .posts import create_post, name_first_owner
from .registers import open_register


@dataclass(frozen=True)
class FirstOwner:
    """What became of the owner of a register.

    :ivar code: the enrolment code to hand over; None where a second factor is enrolled already.
    """

    post: Post
    code: str | None


@action
def open_with_owner(
    *, facts: dict[str, Any], owner: Any, title: str, briefed_on: date | None, at: datetime
) -> FirstOwner:
    """Open a register and name its first owner: the one appointment that takes one person.

    :param facts: the fields of :class:`Register`.
    :param title: the council's title of the post.
    :param briefed_on: when the owner was briefed (A49); None where that is still to come.
    :raises BadInput: a fact of the register cannot be.
    """
    register = open_register(by=None, at=at, **facts)
    post = create_post(kind=PostKind.OWNER, title=title, register=register, by=None, at=at)
    name_first_owner(post=post, user=owner, at=at)
    if briefed_on:
        record_briefing(
            user=owner,
            briefed_on=briefed_on,
            covered={"policy", "review_procedures", "data_security"},
            by=None,
            at=at,
        )
    return FirstOwner(post, _code_for(owner, at))


def is_open(slug: str) -> bool:
    """Whether a register with this short name is there already."""
    return Register.objects.filter(slug=slug).exists()


def _code_for(owner: Any, at: datetime) -> str | None:
    try:
        return issue_code_at_console(for_user=owner, at=at)
    except AlreadyDone:
        return None
