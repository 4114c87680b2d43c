"""Whether a menu shows an item: decided by standing, once per request."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.rules.posts import Power

from .second_factor import is_verified
from .standing import Standing, standing_of


def may(request: Any, needs: Power | frozenset[Power]) -> bool:
    """Whether the person is verified and holds a post with this power, or with one of these."""
    standing = standing_for_menus(request)
    wanted = needs if isinstance(needs, frozenset) else {needs}
    return standing is not None and not wanted.isdisjoint(standing.powers())


def has_post(request: Any) -> bool:
    """Whether the person is verified and holds any post."""
    standing = standing_for_menus(request)
    return standing is not None and bool(standing.appointments)


def standing_for_menus(request: Any) -> Standing | None:
    """The standing of whoever is verified; None for everybody else. Derived once per request."""
    if not hasattr(request, "_cautionary_standing"):
        now = timezone.now()
        known = request.user.is_authenticated and is_verified(request, at=now)
        request._cautionary_standing = standing_of(request.user, at=now) if known else None
    found: Standing | None = request._cautionary_standing
    return found
