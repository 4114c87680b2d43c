"""Appeals: lodged, heard by members of CMT who took no part, settled with effect (A24–A26)."""

from .hearing import name_hearers
from .lodging import lodge_appeal, withdraw_appeal
from .outcome import propose_outcome, send_back_outcome, sign_outcome
from .papers import Papers, open_appeal, open_hearing, open_papers

__all__ = [
    "Papers",
    "lodge_appeal",
    "name_hearers",
    "open_appeal",
    "open_hearing",
    "open_papers",
    "propose_outcome",
    "send_back_outcome",
    "sign_outcome",
    "withdraw_appeal",
]
