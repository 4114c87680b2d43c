"""Training: sessions in which colleagues are briefed, and who is due (A49)."""

from .closing import close_session
from .reminding import remind_of_briefings
from .sessions import call_off_session, expect, plan_session, take_off

__all__ = [
    "call_off_session",
    "close_session",
    "expect",
    "plan_session",
    "remind_of_briefings",
    "take_off",
]
