"""The tasks of the worklist as the screens show them: in words, with the way to the screen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.standing import Standing
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.rules.due import due_in_words, is_overdue
from cautionary_plugin.rules.duties import Duty, Task

# Duty → the name of the screen, and whether its URL takes the key of the task.
SCREENS: dict[Duty, tuple[str, bool]] = {
    Duty.VOTE: ("cautionary_item", True),
    Duty.MEETING: ("cautionary_meeting", True),
    Duty.COUNTERSIGN: ("cautionary_countersign_report", True),
    Duty.DECIDE: ("cautionary_decide_report", True),
    Duty.REFER: ("cautionary_refer_report", True),
    Duty.CONFLICT: ("cautionary_conflict_decide", True),
    Duty.PLAN_MEETING: ("cautionary_meeting_plan", True),
    Duty.AGENDA: ("cautionary_meeting", True),
    Duty.RELEASE: ("cautionary_meeting", True),
    Duty.PAPERS: ("cautionary_panel_papers", True),
    Duty.BRIEFING: ("cautionary_meeting", True),
    Duty.FROM_PANEL: ("cautionary_referral", True),
    Duty.SIGN_OFF: ("cautionary_register_modeladmin_inspect", True),
    Duty.BULLETIN: ("cautionary_bulletin", True),
    Duty.LETTER: ("cautionary_letter", True),
    Duty.SCHEDULE_LETTER: ("cautionary_letter", True),
    Duty.LEGAL_LETTER: ("cautionary_letter", True),
    Duty.DIVERT: ("cautionary_divert", True),
    Duty.SWITCH: ("cautionary_mail_rule", True),
    Duty.FOLLOW_UP: ("cautionary_follow_up_done", True),
    Duty.ASK_SPECIALIST: ("cautionary_questionnaire_specialist", True),
    Duty.QUESTIONNAIRE: ("cautionary_questionnaire_return", True),
    Duty.EXEMPTION: ("cautionary_exemption", True),
    Duty.CERTIFICATE: ("cautionary_certificate_approve", True),
    Duty.AUTHORITY: ("cautionary_authorities", False),
    Duty.WITHDRAWAL: ("cautionary_partners_modeladmin_inspect", True),
    Duty.RENEW_PARTNER: ("cautionary_partners_modeladmin_inspect", True),
    Duty.SYSTEM: ("cautionary_systems_modeladmin_inspect", True),
    Duty.RENEW_SYSTEM: ("cautionary_systems_modeladmin_inspect", True),
    Duty.CLOSE_SESSION: ("cautionary_session", True),
    Duty.ACCESS_REQUEST: ("cautionary_access_request", True),
    Duty.BRIEF: ("cautionary_training", False),
    Duty.GO_LIVE: ("cautionary_governance", False),
    Duty.FILL_IN: ("cautionary_register_settings", True),
    Duty.NAME_HEARERS: ("cautionary_appeals_modeladmin_inspect", True),
    Duty.HEAR: ("cautionary_hearings_modeladmin_inspect", True),
    Duty.ACKNOWLEDGE: ("cautionary_complaints_modeladmin_inspect", True),
    Duty.ANSWER: ("cautionary_complaints_modeladmin_inspect", True),
    Duty.REVIEW: ("cautionary_lapsing", False),
    Duty.SIGN_REVIEW: ("cautionary_reviews_modeladmin_inspect", True),
    Duty.CLOSE_REVIEW: ("cautionary_reviews_modeladmin_inspect", True),
    Duty.QUARTER: ("cautionary_quarter", True),
    Duty.WHO_LOOKED: ("cautionary_who_looked", False),
    Duty.HOLD_ENDS: ("cautionary_holds_modeladmin_inspect", True),
}

# Where on the screen it waits, if not at its top.
ANCHORS: dict[Duty, str] = {Duty.VOTE: "#votes", Duty.AGENDA: "#agenda", Duty.BRIEFING: "#room"}


@dataclass(frozen=True)
class Line:
    """One task on the screen: what to do, on which reference, by when."""

    what: str
    reference: str
    url: str
    due: str
    late: bool
    note: str


def lines_for(standing: Standing) -> list[Line]:
    """What waits for somebody, the earliest day first."""
    today = timezone.localdate(standing.at)
    return [_line(task, today) for task in what_waits(standing)]


def _line(task: Task, today: date) -> Line:
    name, takes_key = SCREENS[task.duty]
    arguments: list[Any] = [task.key] if takes_key else []
    return Line(
        what=task.duty.label,
        reference=task.reference,
        url=reverse(name, args=arguments) + ANCHORS.get(task.duty, ""),
        due=due_in_words(task.due_on, today=today) if task.due_on else "",
        late=task.due_on is not None and is_overdue(task.due_on, today=today),
        note=task.note,
    )
