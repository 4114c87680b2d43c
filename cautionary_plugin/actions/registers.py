"""Open a register, keep its settings, and name the council's services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import ClosureDay, PolicyLink, Register, Service
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.panel_settings import BOUNDS, check_panel_settings
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import check_prefix
from cautionary_plugin.rules.vocabulary import Act, PolicyText, Route

from .access import record
from .base import action, lock

# What the owner may change on the screen. Who decides, the prefix and the terms stay as they are.
CHANGEABLE = (
    "council_name",
    "letter_address",
    "appeal_contact",
    "nation",
    "notice_days",
    "countersign_days",
    "statement_days",
    "appeal_days",
    "hearing_days",
)
CHANGEABLE_FOR_PANEL = (*CHANGEABLE, *BOUNDS)


@dataclass(frozen=True)
class Blank:
    """Something that the policy leaves open and the council has not filled yet.

    :ivar what: what is blank.
    :ivar why: what cannot be done, or is said badly, until it is filled.
    """

    what: str
    why: str


@action
def open_register(*, by: Any, at: datetime, **facts: Any) -> Register:
    """Open a register; called at the console, where ``by`` is None.

    :param facts: the fields of :class:`Register`.
    :raises BadInput: a fact is missing, clashes with another register, or cannot be.
    """
    register = Register(**facts)
    check_prefix(register.prefix)
    _clean(register)
    register.save()
    record(act=Act.SET_UP, by=by, at=at, register=register)
    return register


@action
def change_register(
    *,
    register: Register,
    closures: Iterable[date],
    links: Mapping[PolicyText, str],
    by: Any,
    at: datetime,
    **facts: Any,
) -> Register:
    """Keep the settings of a register, its closure days and the links of its policy (A4, A20).

    Clocks that are running keep the day that they were given.

    :param closures: every day, besides weekends and bank holidays, on which the council is closed.
    :param links: text → its address; an empty one stays blank, and the owner is reminded of it.
    :param facts: some of :data:`CHANGEABLE`; where a panel decides, of
        :data:`CHANGEABLE_FOR_PANEL`.
    :raises NotYourPost: ``by`` does not set this register up.
    :raises BadInput: a fact cannot be; a link under ``link_`` and its text.
    """
    register = lock(register)
    standing_of(by, at=at).check_power(Power.SET_UP_REGISTER, register)
    has_panel = register.route == Route.PANEL
    changeable = CHANGEABLE_FOR_PANEL if has_panel else CHANGEABLE
    for name in changeable:
        setattr(register, name, facts.get(name, getattr(register, name)))
    if has_panel:
        check_panel_settings({name: getattr(register, name) for name in BOUNDS})
    _clean(register)
    register.save(update_fields=changeable)
    _close(register, set(closures))
    for text in PolicyText.for_route(register.route):
        _link(register, text, links.get(text, "").strip())
    record(act=Act.SET_UP, by=by, at=at, register=register)
    return register


def blanks(register: Register) -> list[Blank]:
    """What the council has still to fill in (A4: a blank is a visible warning)."""
    linked = set(register.policy_links.values_list("text", flat=True))
    found = [
        Blank(f"The link to: {text.label}", _where_it_is_missed(text))
        for text in PolicyText.for_route(register.route)
        if text not in linked
    ]
    facts = {
        Blank("The name of the council", "No letter can be issued."): register.council_name,
        Blank("The address for letters", "No letter can be issued."): register.letter_address,
        Blank("Where to appeal and complain", "No letter can be issued."): register.appeal_contact,
    }
    return [*(blank for blank, fact in facts.items() if not fact.strip()), *found]


@action
def name_service(*, slug: str, name: str) -> Service:
    """A service of the council, made when it is first named.

    :raises BadInput: no short name that can stand in a URL, or no name.
    """
    service = Service.objects.filter(slug=slug).first()
    if service is None:
        service = Service(slug=slug, name=name)
        _clean(service)
        service.save()
    return service


def _where_it_is_missed(text: PolicyText) -> str:
    if text == PolicyText.HSE_GUIDANCE:
        return "The panel sees no link to it where it decides on the level of risk."
    return "The report form shows no link to it."


def _close(register: Register, days: set[date]) -> None:
    register.closure_days.exclude(day__in=days).delete()
    known = set(register.closure_days.values_list("day", flat=True))
    ClosureDay.objects.bulk_create(
        ClosureDay(register=register, day=day) for day in sorted(days - known)
    )


def _link(register: Register, text: PolicyText, url: str) -> None:
    if not url:
        register.policy_links.filter(text=text).delete()
        return
    link = register.policy_links.filter(text=text).first() or PolicyLink(
        register=register, text=text
    )
    link.url = url
    try:
        link.clean_fields()
    except ValidationError as problem:
        raise BadInput({f"link_{text}": list(problem.messages)}) from problem
    link.save()


def _clean(row: Register | Service) -> None:
    try:
        row.full_clean()
    except ValidationError as problem:
        raise BadInput(problem.message_dict) from problem
