"""Nobody judges what they reported, typed or went through themselves (A8, A10)."""

from collections.abc import Collection
from typing import Any

from .errors import SamePerson


def check_not_concerned(person: Any, *, concerned: Collection[Any]) -> None:
    """The person is none of these.

    :param concerned: keys of the reporter, the typist, the employees concerned, and whoever took
        an earlier step that must be another's.
    :raises SamePerson: they are one of them.
    """
    if person in concerned:
        raise SamePerson(
            "This takes somebody who neither reported it, nor went through it, nor took the step "
            "before."
        )
