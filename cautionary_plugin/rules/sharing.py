"""What is shared with whom, and what must stand before it is (A41–A46, L1, L14)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from .errors import BadInput, NoContact, NotReady, gather
from .grants import check_reason
from .vocabulary import Risk, Route

WARN_BEFORE = (30, 7)  # days
REFUSAL = (
    "This partner neither comes into contact with the individuals nor enters their premises, so "
    "nothing is shared with it."
)
ENDED = "The partnership has ended."
NO_AGREEMENT = (
    "There is no agreement in force in which the partner follows our policy and indemnifies us."
)
NO_CERTIFICATE = "None of its contacts has an approved certificate that is valid now."
NO_WARNING = (
    "At low risk an entry on the schedule is no warning of violence: no partner is told of it."
)


def why_kept_from_partners(*, route: str, risk: str) -> str:
    """Why no partner is ever told of an entry; empty where the owner may choose some.

    The panel's low risk is annoyance (B18). Partners are warned of violence and injury (A41).
    """
    return NO_WARNING if route == Route.PANEL and risk == Risk.LOW else ""


def check_contact(*, has_contact: bool) -> None:
    """The partner's staff come into contact with the individuals, or enter their premises (A43).

    :raises NoContact: they do not.
    """
    if not has_contact:
        raise NoContact(REFUSAL)


def missing_of(*, ended: bool, agreement: bool, certificate: bool) -> list[str]:
    """What stands between a partner and what might be shared with it, in sentences."""
    found = {
        ENDED: ended,
        NO_AGREEMENT: not agreement,
        NO_CERTIFICATE: not certificate,
    }
    return [sentence for sentence, is_so in found.items() if is_so]


def check_nothing_missing(missing: list[str]) -> None:
    """Nothing stands in the way of sharing (A45, A46).

    :raises NotReady: with what does.
    """
    if missing:
        raise NotReady(" ".join(missing), missing=missing)


def check_terms(*, follows_policy: bool, indemnifies: bool) -> None:
    """The agreement has both terms (A45).

    :raises BadInput: under the one that is not in it.
    """
    terms = {
        "follows_policy": (follows_policy, "The partner must agree to follow our policy."),
        "indemnifies": (
            indemnifies,
            "The partner must indemnify the council against claims, proceedings, fines, damages "
            "and legal fees in the event of misuse.",
        ),
    }
    if lacking := {name: [words] for name, (given, words) in terms.items() if not given}:
        raise BadInput(lacking)


def check_agreement_period(*, signed_on: date, starts_on: date, ends_on: date, on: date) -> None:
    """It is signed, and ends after it starts and after today.

    :raises BadInput: under the day that cannot be.
    """
    problems: dict[str, list[str]] = {}
    if signed_on > on:
        problems["signed_on"] = ["This day is still to come. Record it once it is signed."]
    if ends_on <= starts_on:
        problems["ends_on"] = ["The end date is not after the start date."]
    elif ends_on <= on:
        problems["ends_on"] = ["This agreement is over already."]
    if problems:
        raise BadInput(problems)


def check_audience(reasons: Mapping[Any, str], *, slugs: Mapping[Any, str]) -> None:
    """The entry is for at least one service, each with a reason (L1).

    :param reasons: service → why it needs the entry.
    :param slugs: service → its short name, under which a fault stands.
    :raises BadInput: under the empty string, or under the service.
    """
    if not reasons:
        raise BadInput({"": ["Say for at least one service why it needs the entry."]})
    gather(*(_reason_check(slugs[each], why) for each, why in reasons.items()))


def warning_due(ends_on: date, *, on: date, warned: int | None) -> int | None:
    """Which warning is due now: 30 or 7 days before the end, each once; None where none is."""
    left = (ends_on - on).days
    due = [days for days in WARN_BEFORE if left <= days]
    if not due or left < 0:
        return None
    return None if warned is not None and warned <= min(due) else min(due)


def acknowledged_by(on: date, *, days: int) -> date:
    """The day by which a partner says that it has deleted what was withdrawn (L14)."""
    return on + timedelta(days=days)


def check_acknowledged_on(day: date, *, told_on: date, on: date) -> None:
    """A partner deletes after it was told, and says so before it is recorded.

    :raises BadInput: under ``acknowledged_on``.
    """
    if day > on:
        raise BadInput({"acknowledged_on": ["This day is still to come."]})
    if day < told_on:
        raise BadInput({"acknowledged_on": ["This is before the partner was told."]})


def check_chosen(chosen: Collection[Any], *, field: str, sentence: str) -> None:
    """Something was chosen.

    :raises BadInput: under ``field``.
    """
    if not chosen:
        raise BadInput({field: [sentence]})


def _reason_check(slug: str, why: str) -> Any:
    return lambda: check_reason(why, field=slug)
