"""What an appeal may change of an entry: nothing that worsens the individual's position (A24)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .errors import BadInput
from .panel_item import LOW_MARKERS
from .vocabulary import ControlMeasure, Marker, Restriction, Risk, Vocabulary

# These limit the individual; the other measures are what staff do, and may replace a limit.
LIMITS = frozenset(
    {
        ControlMeasure.NO_HOME_VISIT,
        ControlMeasure.OFFICE_ONLY,
        ControlMeasure.SCREENED_DESK,
        ControlMeasure.WRITING_ONLY,
    }
)
LEVELS = list(Risk)


class Varied(Vocabulary):
    """What an outcome may change."""

    RISK = "risk", "Risk"
    LAST_DAY = "last_day", "Last day"
    HANDLING = "handling", "Handling instructions"
    MARKERS = "markers", "What it is about"
    CONTROL_MEASURES = "control_measures", "Control measures"
    RESTRICTIONS = "restrictions", "Service restrictions"
    AUDIENCE = "audience", "For"


@dataclass(frozen=True, repr=False)
class Terms:
    """The terms of an entry, as they are or as an outcome would have them.

    :ivar last_day: the last day on which the entry counts.
    :ivar audience: slugs of services.
    """

    risk: str
    last_day: date
    handling: str
    markers: frozenset[str]
    control_measures: frozenset[str]
    restrictions: frozenset[str]
    audience: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """Each fact as it is kept with an appeal."""
        return {
            "risk": str(self.risk),
            "last_day": self.last_day.isoformat(),
            "handling": self.handling,
            "markers": sorted(self.markers),
            "control_measures": sorted(self.control_measures),
            "restrictions": sorted(self.restrictions),
            "audience": sorted(self.audience),
        }

    def with_changes(self, changes: Mapping[str, Any]) -> "Terms":
        """These terms with some facts changed, as :meth:`as_json` gives them."""
        facts = {**self.as_json(), **changes}
        return Terms(
            risk=facts["risk"],
            last_day=date.fromisoformat(facts["last_day"]),
            handling=facts["handling"],
            **{name: frozenset(facts[name]) for name in SETS},
        )


SETS = ("markers", "control_measures", "restrictions", "audience")


def as_the_schedule_has_them(wanted: Terms) -> Terms:
    """The terms as they stand on the panel's schedule: at low risk nothing marks anybody violent.

    There an entry is about vexatious contact, whatever it was about before (B18).
    """
    return replace(wanted, markers=LOW_MARKERS) if wanted.risk == Risk.LOW else wanted


def changes_between(now: Terms, wanted: Terms) -> dict[str, Any]:
    """The facts that differ, with the value that is wanted."""
    before, after = now.as_json(), wanted.as_json()
    return {fact: after[fact] for fact in before if after[fact] != before[fact]}


def as_the_individual_is_told(
    changes: Mapping[str, Any], *, services: Mapping[str, str]
) -> list[str]:
    """What an outcome changes, one sentence each; the last day stands in every letter anyway.

    Of the instructions to staff they learn that these changed: the words are written to staff.

    :param services: slug → name of each service.
    """
    told = {
        Varied.RISK: lambda code: f"The level of risk is now: {Risk(code).label}.",
        Varied.HANDLING: lambda _words: "The instructions to our staff have changed.",
        Varied.MARKERS: lambda codes: f"Our records now show: {_labels(Marker, codes)}.",
        Varied.CONTROL_MEASURES: lambda codes: (
            f"Our staff now keep to this: {_labels(ControlMeasure, codes) or 'nothing special'}."
        ),
        Varied.RESTRICTIONS: lambda codes: (
            f"We now limit: {_labels(Restriction, codes) or 'nothing'}."
        ),
        Varied.AUDIENCE: lambda slugs: (
            f"The information is now for: {'; '.join(services.get(slug, slug) for slug in slugs)}."
        ),
    }
    return [tell(changes[fact.value]) for fact, tell in told.items() if fact.value in changes]


def _labels(kind: type[Vocabulary], codes: Collection[str]) -> str:
    return "; ".join(kind(code).label for code in codes)


def check_no_worse(now: Terms, wanted: Terms, *, today: date) -> None:
    """An appeal changes something, and nothing to the individual's disadvantage.

    Words are not weighed: the handling instructions are read by each hearer before they sign.

    :raises BadInput: under the fact that would be worse; under ``""`` when nothing changes.
    """
    problems = {
        fact: [sentence] for fact, sentence in _faults(now, wanted, today) if sentence is not None
    }
    if problems:
        raise BadInput(problems)
    if not changes_between(now, wanted):
        raise BadInput({"": ["Nothing would change. Choose what changes, or another outcome."]})


def _faults(now: Terms, wanted: Terms, today: date) -> list[tuple[str, str | None]]:
    higher = LEVELS.index(Risk(wanted.risk)) > LEVELS.index(Risk(now.risk))
    known = now.markers | LOW_MARKERS if wanted.risk == Risk.LOW else now.markers
    return [
        ("risk", "An appeal cannot raise the risk." if higher else None),
        ("last_day", _fault_of_end(now.last_day, wanted.last_day, today)),
        ("handling", None if wanted.handling.strip() else "Staff need handling instructions."),
        ("markers", _fault_of_set(known, wanted.markers, may_be_empty=False)),
        ("control_measures", _fault_of_measures(now, wanted)),
        ("restrictions", _fault_of_set(now.restrictions, wanted.restrictions)),
        ("audience", _fault_of_set(now.audience, wanted.audience, may_be_empty=False)),
    ]


def _fault_of_end(now: date, wanted: date, today: date) -> str | None:
    if wanted > now:
        return "An appeal cannot make the entry last longer."
    if wanted < today:
        return "This day is past. To end the entry now, choose the outcome “The entry ends”."
    return None


def _fault_of_set(
    now: frozenset[str], wanted: frozenset[str], *, may_be_empty: bool = True
) -> str | None:
    if wanted - now:
        return "An appeal can only take away here."
    return None if wanted or may_be_empty else "Leave at least one."


def _fault_of_measures(now: Terms, wanted: Terms) -> str | None:
    if (wanted.control_measures - now.control_measures) & LIMITS:
        return "An appeal cannot add a measure that limits the individual."
    return None
