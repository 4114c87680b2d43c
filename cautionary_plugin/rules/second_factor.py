"""When a second factor that was given still counts, and why one is taken away."""

from datetime import datetime, timedelta

from .errors import SecondFactorMissing
from .vocabulary import Vocabulary


class ResetReason(Vocabulary):
    """Why a second factor is reset. A closed list: free text would collect names."""

    LOST = "lost", "The phone is lost or broken"
    REPLACED = "replaced", "There is a new phone"
    COMPROMISED = "compromised", "Somebody else may have the phone or the codes"
    LEFT = "left", "The person has left the job"


def check_age(
    verified_at: datetime,
    *,
    seen_at: datetime | None,
    at: datetime,
    idle: timedelta,
    whole: timedelta,
) -> None:
    """A verified session ends after so long without a request, and after so long in any case.

    :param seen_at: the last request to the register in this session, if there was one.
    :raises SecondFactorMissing: too old, unused for too long, or said to be from the future.
    """
    if verified_at > at or at - verified_at >= whole:
        raise SecondFactorMissing("The second factor was given too long ago.")
    if seen_at is not None and at - max(seen_at, verified_at) >= idle:
        raise SecondFactorMissing("The register was not used for a while.")


def check_recent(verified_at: datetime, *, at: datetime, within: timedelta) -> None:
    """What cannot be undone asks for the second factor again when the last one is not recent.

    :raises SecondFactorMissing: it is older than that.
    """
    if at - verified_at > within:
        raise SecondFactorMissing("This step asks for your second factor again.")
