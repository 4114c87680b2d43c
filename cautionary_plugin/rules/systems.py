"""What a named system may do: what its approval says, from its networks, until its end (A40).

A named system is a program of the council that checks or reports by itself, such as the diary of
the repairs service. It is nobody's account: one person names it, another approves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from .errors import BadInput, SystemRefused
from .vocabulary import Vocabulary

LONGEST = timedelta(days=366)
MOST_NETWORKS = 20
MOST_AN_HOUR = 500
WIDEST = {4: 16, 6: 48}  # a system stands somewhere; "anywhere" is no network

KEY = "system:"  # the lines of a system in the access record are found by this and its short name

Network = IPv4Network | IPv6Network


class Doing(Vocabulary):
    """What a system can be approved for."""

    CHECK = "check", "Check before a visit"
    REPORT = "report", "Report incidents"


@dataclass(frozen=True)
class Approval:
    """What was approved.

    :ivar registers: short names of the registers that it may check, or report to.
    :ivar ends_on: the first day on which it may nothing any more.
    """

    approved: bool
    ended: bool
    ends_on: date
    doings: frozenset[str]
    registers: frozenset[str]
    networks: tuple[str, ...]


def check_system(approval: Approval, *, doing: Doing | None, address: str, on: date) -> None:
    """The system may do this now, from here.

    :param doing: None for what every approved system may, such as read the document.
    :param address: where the call comes from.
    :raises SystemRefused: with what is missing.
    """
    if approval.ended:
        raise SystemRefused("This system may call no more.")
    if not approval.approved:
        raise SystemRefused("This system waits for its approval.")
    if on >= approval.ends_on:
        raise SystemRefused("The term of this system is over.")
    if doing is not None and doing not in approval.doings:
        raise SystemRefused(f"This system is not approved to {doing.value}.")
    if not is_within(address, approval.networks):
        raise SystemRefused("This system does not call from one of its networks.")


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies in none."""
    try:
        here = ip_address(address.strip())
    except ValueError:
        return False
    if isinstance(here, IPv6Address) and here.ipv4_mapped:
        here = here.ipv4_mapped
    return any(here in ip_network(network) for network in networks)


def read_networks(typed: str) -> list[str]:
    """The networks that were typed, one on each line.

    :raises BadInput: under ``networks``.
    """
    lines = list(dict.fromkeys(filter(None, map(str.strip, typed.splitlines()))))
    if not lines:
        raise _unfit("Give at least one network.")
    if len(lines) > MOST_NETWORKS:
        raise _unfit(f"Give at most {MOST_NETWORKS} networks.")
    return [str(_network(line)) for line in lines]


def _network(line: str) -> Network:
    try:
        found = ip_network(line)
    except ValueError:
        raise _unfit("Write each network like 10.20.30.0/24, or one address.") from None
    if found.prefixlen < WIDEST[found.version]:
        raise _unfit(
            f"A network is too wide. The widest that is taken are /{WIDEST[4]}, and /{WIDEST[6]} "
            "of IPv6."
        )
    return found


def check_term(ends_on: date, *, on: date) -> None:
    """It ends after today, and within a year.

    :raises BadInput: under ``ends_on``.
    """
    if ends_on <= on:
        raise BadInput({"ends_on": ["The end is not after today."]})
    if ends_on > on + LONGEST:
        raise BadInput({"ends_on": ["A system is approved for a year at most."]})


def _unfit(sentence: str) -> BadInput:
    return BadInput({"networks": [sentence]})
