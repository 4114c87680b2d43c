"""Who looked at what is held about somebody: how often, and of which service (L8).

Looking alone is counted: to report, to countersign or to vote would tell whose service it was, and
so would a service of which few have looked. The names are on a line of their own, which nobody is
told unless somebody opens it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cautionary_plugin.access.people import name_of, people_by_key
from cautionary_plugin.models import AccessRecord, Appointment, ReadingGrant
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.small_numbers import SMALLEST
from cautionary_plugin.rules.vocabulary import Act

AT_ONCE = 500
SYSTEM = "system:"
LOOKING = (
    Act.SHOWN,
    Act.VIEWED,
    Act.READ_REPORT,
    Act.READ_EVIDENCE,
    Act.READ_LETTER,
    Act.READ_APPEAL,
    Act.READ_CASE,
    Act.READ_PAPERS,
    Act.READ_MINUTES,
)


@dataclass(frozen=True, repr=False)
class Look:
    """One line about who looked.

    :ivar key: the same each time, of this line alone.
    :ivar names_others: whether it names colleagues.
    """

    key: str
    label: str
    text: str
    names_others: bool = False


def who_looked(references: Iterable[str]) -> Iterator[Look]:
    """What was done, how often by each service or post, and one line with the names."""
    looks = _looks(references)
    if not looks:
        return
    by_act: Counter[str] = Counter()
    by_key: Counter[str] = Counter()
    for (key, act), number in looks.items():
        by_act[Act(act).label] += number
        by_key[key] += number
    yield Look("all", _("All together"), _told(by_act))
    for group, number in sorted(_by_group(by_key).items()):
        yield Look(f"group {sha256(group.encode()).hexdigest()[:32]}", group, _times(number))
    names, by_person = _names(set(by_key)), Counter[str]()
    for key, number in by_key.items():
        by_person[names[key]] += number
    yield Look("names", _("By name"), _told(by_person), names_others=True)


def _by_group(by_key: Counter[str]) -> Counter[str]:
    """How often each service looked; those of which few people have, under one heading."""
    groups = _groups(set(by_key))
    people = Counter(groups.values())
    found: Counter[str] = Counter()
    for key, number in by_key.items():
        group = groups[key]
        found[group if people[group] >= SMALLEST else _("Other services")] += number
    return found


def _looks(references: Iterable[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    rest = iter(sorted(references))
    while some := list(islice(rest, AT_ONCE)):
        rows = AccessRecord.objects.filter(reference__in=some, act__in=LOOKING)
        for key, act, number in (
            rows.order_by().values_list("user_key", "act").annotate(Count("pk"))
        ):
            found[key, act] += number
    return found


def _groups(keys: set[str]) -> dict[str, str]:
    """The service that somebody reads for, else their post."""
    found = dict.fromkeys(keys, _("Other colleagues"))
    accounts = people_by_key(key for key in keys if key and not key.startswith(SYSTEM))
    held = Appointment.objects.filter(user__in=accounts.values()).values_list("user", "post__kind")
    found |= {str(user): PostKind(kind).label for user, kind in held.order_by("pk")}
    grants = ReadingGrant.objects.filter(user__in=accounts.values()).order_by("pk")
    found |= {str(user): name for user, name in grants.values_list("user", "service__name")}
    return found | {key: _("Systems") for key in keys if not key or key.startswith(SYSTEM)}


def _names(keys: set[str]) -> dict[str, Any]:
    accounts = people_by_key(key for key in keys if key and not key.startswith(SYSTEM))
    return {
        key: name_of(accounts[key]) if key in accounts else key or _("The console") for key in keys
    }


def _told(numbers: Counter[str]) -> str:
    return "\n".join(f"{what}: {_times(number)}" for what, number in sorted(numbers.items()))


def _times(number: int) -> str:
    return ngettext("once", "%(number)s times", number) % {"number": number}
