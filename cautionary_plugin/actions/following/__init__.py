"""What follows a decision of the panel: questionnaires, advice, actions, court (B38–B40, B51)."""

from .court import record_offer, record_summons
from .follow_ups import finish_follow_up, note_follow_up, open_follow_up
from .questionnaires import open_questionnaire, record_return
from .specialists import answer_specialist, refer_to_specialist

__all__ = [
    "answer_specialist",
    "finish_follow_up",
    "note_follow_up",
    "open_follow_up",
    "open_questionnaire",
    "record_offer",
    "record_return",
    "record_summons",
    "refer_to_specialist",
]
