"""Named systems for tests, made through the actions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.systems import Made, approve_system, name_system
from cautionary_plugin.rules.posts import PostKind
from tests.council import Council, brief, hold_post
from tests.factors import make_person


def administrator_of(council: Council) -> Any:
    """Somebody who keeps systems, and approves none."""
    person = make_person("administrator")
    hold_post(council, person, PostKind.ADMINISTRATOR)
    brief(council, person)
    return person


def named(council: Council, *, by: Any = None, **told: Any) -> Made:
    """A system that waits for its approval."""
    now = timezone.now()
    facts = {
        "slug": "diary",
        "name": "Diary of the repairs service",
        "service": council.housing,
        "registers": [council.register],
        "doings": ["check"],
        "purpose": "home_visit",
        "networks": "127.0.0.1",
        "rate": 20,
        "ends_on": timezone.localdate(now) + timedelta(days=90),
    }
    return name_system(by=by or administrator_of(council), at=now, **(facts | told))


def approved(council: Council, **told: Any) -> Made:
    """A system that may call."""
    made = named(council, **told)
    approve_system(system=made.system, by=council.owner, at=timezone.now())
    return made
