"""The employees concerned must have the opportunity to present their version (A11)."""

from collections.abc import Collection
from datetime import date

from .due import day_in_words
from .errors import NotReady


def missing_accounts(due: Collection[date]) -> list[str]:
    """What is waited for, as sentences; no name is in them.

    :param due: for each account that is neither given, declined nor out of time, its last day.
    """
    if not due:
        return []
    until = day_in_words(max(due))
    if len(due) == 1:
        return [f"One employee's account is waited for, until {until}."]
    return [f"The accounts of {len(due)} employees are waited for, the last until {until}."]


def check_accounts_settled(due: Collection[date]) -> None:
    """Each account was given or declined, or is out of time.

    :raises NotReady: some are still waited for.
    """
    if missing := missing_accounts(due):
        raise NotReady(" ".join(missing), missing=missing)
