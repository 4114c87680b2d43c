"""Fact and not hearsay (A3): somebody saw it, or something shows it."""

from .errors import NotReady


def check_first_hand(*, seen: str, accounts: int, evidence: int) -> None:
    """Something in a report is more than what somebody was told.

    :param seen: what the reporter saw or heard themselves; may be empty.
    :param accounts: how many employees have given their own account.
    :param evidence: how many files came with the report.
    :raises NotReady: it is hearsay alone.
    """
    if seen.strip() or accounts or evidence:
        return
    sentence = (
        "So far this is hearsay alone: nobody who saw or heard it has given an account, and there "
        "is no evidence. Send the report back, or wait for an account."
    )
    raise NotReady(sentence, missing=[sentence])
